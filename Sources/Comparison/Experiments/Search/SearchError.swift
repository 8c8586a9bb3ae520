import Labels
import SettingKeys

/// Why settings cannot be searched on these tasks.
enum SearchError: Error, Equatable {
    /// There are no rows to choose on.
    case noValidation(task: String?)
    /// A metric that these labels do not have.
    case unsuitableMetric(String, LabelSpace)
    /// A third of the train rows is no row.
    case tooFewRows(rows: Int)
}

extension SearchError: CustomStringConvertible {
    var description: String {
        switch self {
        case .noValidation(let task):
            "'search' chooses on validation, and the split\(task.map { " of task \($0)" } ?? "") has no validation part; "
                + "give it a share, or leave 'search' out"
        case .unsuitableMetric(let metric, let labelSpace):
            "'search' by \(metric): \(labelSpace.kind.rawValue) labels (\(listed(labelSpace.names))) do not have this metric"
        case .tooFewRows(let rows):
            "'search' by halving begins on a third of the train rows, and there \(rows == 1 ? "is" : "are") \(rows); "
                + "expected 3 at least"
        }
    }
}
