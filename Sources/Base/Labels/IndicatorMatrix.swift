/// Which of K labels each of N rows carries. Shape: [N, K], row-major.
public struct IndicatorMatrix: Equatable, Sendable {
    /// N.
    public let rowCount: Int
    /// K.
    public let labelCount: Int
    /// N x K truth values, row-major.
    public private(set) var values: [Bool]

    /// All false.
    public init(rowCount: Int, labelCount: Int) {
        self.init(
            rowCount: rowCount, labelCount: labelCount,
            values: Array(repeating: false, count: rowCount * labelCount))
    }

    /// - Precondition: `values` holds `values.count / labelCount` whole rows.
    public init(labelCount: Int, values: [Bool]) {
        precondition(labelCount > 0 && values.count.isMultiple(of: labelCount))
        self.init(rowCount: values.count / labelCount, labelCount: labelCount, values: values)
    }

    private init(rowCount: Int, labelCount: Int, values: [Bool]) {
        (self.rowCount, self.labelCount, self.values) = (rowCount, labelCount, values)
    }

    /// One row for each list of label indices.
    public init(labelCount: Int, rows: [[Int]]) {
        self.init(rowCount: rows.count, labelCount: labelCount)
        for (row, labels) in rows.enumerated() {
            for label in labels { self[row, label] = true }
        }
    }

    public subscript(row: Int, label: Int) -> Bool {
        get { values[row * labelCount + label] }
        set { values[row * labelCount + label] = newValue }
    }

    /// The indices of the labels that `row` carries, ascending.
    public func labels(ofRow row: Int) -> [Int] {
        let start = row * labelCount
        return values.withUnsafeBufferPointer { values in (0..<labelCount).filter { values[start + $0] } }
    }

    /// Calls `body` with each row and label that it carries, row by row, labels ascending.
    package func forEachLabel(_ body: (_ row: Int, _ label: Int) -> Void) {
        values.withUnsafeBufferPointer { values in
            for row in 0..<rowCount {
                for label in 0..<labelCount where values[row * labelCount + label] { body(row, label) }
            }
        }
    }

    /// How many rows carry each label. Shape: [K].
    public var columnCounts: [Int] {
        values.withUnsafeBufferPointer { values in
            var counts = Array(repeating: 0, count: labelCount)
            for row in 0..<rowCount {
                for label in 0..<labelCount { counts[label] += values[row * labelCount + label] ? 1 : 0 }
            }
            return counts
        }
    }

    /// The rows with the given indices, in the given order.
    public func selecting(_ rows: [Int]) -> IndicatorMatrix {
        var selected: [Bool] = []
        selected.reserveCapacity(rows.count * labelCount)
        for row in rows { selected += values[row * labelCount..<(row + 1) * labelCount] }
        return IndicatorMatrix(rowCount: rows.count, labelCount: labelCount, values: selected)
    }
}
