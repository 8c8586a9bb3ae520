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

    /// The rows with the given indices, in the given order.
    @inlinable
    public func selecting(_ rows: [Int]) -> Matrix {
        Matrix(rowCount: rows.count, columnCount: columnCount, values: rows.flatMap { row($0) })
    }

    /// The same with one more column behind the others. Shape: [rowCount, columnCount + 1].
    @inlinable
    public func appendingColumn(_ column: [Element]) -> Matrix {
        precondition(column.count == rowCount)
        var out = Matrix(rowCount: rowCount, columnCount: columnCount + 1)
        for row in 0..<rowCount {
            let start = row * out.columnCount
            out.values.replaceSubrange(start..<start + columnCount, with: self.row(row))
            out[row, columnCount] = column[row]
        }
        return out
    }

    /// Rows become columns. Shape: [columnCount, rowCount].
    @inlinable
    public func transposed() -> Matrix {
        Matrix(
            rowCount: columnCount, columnCount: rowCount,
            values: [Element](unsafeUninitializedCapacity: values.count) { out, count in
                values.withUnsafeBufferPointer { values in
                    for column in 0..<columnCount {
                        for row in 0..<rowCount {
                            out.initializeElement(
                                at: column * rowCount + row, to: values[row * columnCount + column])
                        }
                    }
                }
                count = values.count
            })
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
