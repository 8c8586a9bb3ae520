/// A dense matrix. Shape: [rowCount, columnCount], row-major.
///
/// Its members are inlinable so that other modules compile them for their own element type.
public struct Matrix<Element: BinaryFloatingPoint & Sendable>: Equatable, Sendable {
    public let rowCount: Int
    public let columnCount: Int
    /// rowCount x columnCount values, row-major.
    public var values: [Element]

    /// All zero.
    @inlinable
    public init(rowCount: Int, columnCount: Int) {
        self.init(
            rowCount: rowCount, columnCount: columnCount,
            values: Array(repeating: 0, count: rowCount * columnCount))
    }

    /// - Precondition: `values` holds rowCount x columnCount values.
    @inlinable
    public init(rowCount: Int, columnCount: Int, values: [Element]) {
        precondition(values.count == rowCount * columnCount)
        self.rowCount = rowCount
        self.columnCount = columnCount
        self.values = values
    }

    @inlinable
    public subscript(row: Int, column: Int) -> Element {
        get { values[row * columnCount + column] }
        set { values[row * columnCount + column] = newValue }
    }

    /// The values of one row.
    @inlinable
    public func row(_ row: Int) -> ArraySlice<Element> {
        values[row * columnCount..<(row + 1) * columnCount]
    }

    /// Rows become columns. Shape: [columnCount, rowCount].
    @inlinable
    public func transposed() -> Matrix {
        var out = Matrix(rowCount: columnCount, columnCount: rowCount)
        for row in 0..<rowCount {
            for column in 0..<columnCount { out[column, row] = self[row, column] }
        }
        return out
    }
}

extension Matrix<Double> {
    /// Each row divided by its euclidean norm; rows of zeros as they are.
    package func withNormalizedRows() -> Matrix {
        var out = self
        for row in 0..<rowCount {
            let norm = self.row(row).reduce(0) { $0 + $1 * $1 }.squareRoot()
            if norm == 0 { continue }
            for i in row * columnCount..<(row + 1) * columnCount { out.values[i] /= norm }
        }
        return out
    }
}
