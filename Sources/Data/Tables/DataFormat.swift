/// The form of a data file.
public enum DataFormat: Equatable, Sendable {
    case table(TableDialect)
    /// One JSON object a line, or an array of objects; their keys are the columns.
    case jsonLines
    case parquet

    /// Whether columns have numbers and no names.
    package var hasNumberedColumns: Bool {
        if case .table(let dialect) = self { !dialect.hasHeader } else { false }
    }
}
