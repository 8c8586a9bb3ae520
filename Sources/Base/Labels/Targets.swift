/// What each of N rows is labelled: gold labels, or decisions of a model.
public enum Targets: Equatable, Sendable {
    /// One class index a row (binary and multiclass). Shape: [N].
    case classes([Int])
    /// A set of labels a row (multilabel).
    case sets(IndicatorMatrix)

    /// From the labels of each row, each list ascending.
    /// - Precondition: Exactly one label a row unless the task is multilabel.
    package init(rows: [[Int]], in labelSpace: LabelSpace) {
        if labelSpace.kind == .multilabel {
            self = .sets(IndicatorMatrix(labelCount: labelSpace.count, rows: rows))
        } else {
            precondition(rows.allSatisfy { $0.count == 1 })
            self = .classes(rows.map { $0[0] })
        }
    }

    /// N.
    public var count: Int {
        switch self {
        case .classes(let classes): classes.count
        case .sets(let matrix): matrix.rowCount
        }
    }

    /// The indices of the labels of `row`, ascending.
    public func labels(ofRow row: Int) -> [Int] {
        switch self {
        case .classes(let classes): [classes[row]]
        case .sets(let matrix): matrix.labels(ofRow: row)
        }
    }

    /// The rows with the given indices, in the given order.
    public func selecting(_ rows: [Int]) -> Targets {
        switch self {
        case .classes(let classes): .classes(rows.map { classes[$0] })
        case .sets(let matrix): .sets(matrix.selecting(rows))
        }
    }

    /// The same as an N x K matrix of truth values (one-hot where each row has one class).
    public func indicators(labelCount: Int) -> IndicatorMatrix {
        switch self {
        case .classes(let classes): IndicatorMatrix(labelCount: labelCount, rows: classes.map { [$0] })
        case .sets(let matrix): matrix
        }
    }

    /// How many rows carry each of K labels. Shape: [K].
    public func labelCounts(labelCount: Int) -> [Int] {
        switch self {
        case .classes(let classes):
            var counts = Array(repeating: 0, count: labelCount)
            for label in classes { counts[label] += 1 }
            return counts
        case .sets(let matrix):
            return matrix.columnCounts
        }
    }

    /// The label that most rows carry, of equals the first.
    package func mostFrequentLabel(labelCount: Int) -> Int {
        let counts = labelCounts(labelCount: labelCount)
        return counts.indices.reduce(0) { counts[$1] > counts[$0] ? $1 : $0 }
    }
}
