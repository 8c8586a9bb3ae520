/// A sparse matrix in compressed rows (CSR). Shape: [rowCount, columnCount].
///
/// Row `r` holds `values[i]` in column `columns[i]` for each `i` of `rowOffsets[r]..<rowOffsets[r + 1]`;
/// the columns of a row ascend strictly.
public struct SparseMatrix: Equatable, Sendable {
    public let columnCount: Int
    /// Where each row starts, and where the last one ends. Shape: [rowCount + 1].
    public let rowOffsets: [Int]
    /// Shape: [nonZeroCount].
    public let columns: [Int32]
    /// Shape: [nonZeroCount].
    public let values: [Double]

    public var rowCount: Int { rowOffsets.count - 1 }
    /// How many values a row has.
    package func valueCount(ofRow row: Int) -> Int { rowOffsets[row + 1] - rowOffsets[row] }
    /// Some rows, from those with the fewest values to those with the most.
    package func byValueCount(_ rows: Range<Int>) -> [Int] {
        rows.sorted { (valueCount(ofRow: $0), $0) < (valueCount(ofRow: $1), $1) }
    }
    /// How many values are stored.
    public var nonZeroCount: Int { values.count }

    /// - Precondition: The offsets ascend from 0 to the number of values, and the columns of each row ascend
    ///   strictly within 0..<columnCount.
    public init(columnCount: Int, rowOffsets: [Int], columns: [Int32], values: [Double]) {
        precondition(rowOffsets.first == 0 && rowOffsets.last == values.count)
        precondition(columns.count == values.count)
        for row in 1..<rowOffsets.count {
            precondition(rowOffsets[row - 1] <= rowOffsets[row])
            var last: Int32 = -1
            for column in columns[rowOffsets[row - 1]..<rowOffsets[row]] {
                precondition(column > last)
                last = column
            }
            precondition(last < columnCount)
        }
        self.columnCount = columnCount
        self.rowOffsets = rowOffsets
        self.columns = columns
        self.values = values
    }

    /// The non-zeros of a dense matrix.
    public init(_ dense: Matrix<Double>) {
        var offsets = [0]
        var columns: [Int32] = []
        var values: [Double] = []
        for row in 0..<dense.rowCount {
            for (column, value) in dense.row(row).enumerated() where value != 0 {
                columns.append(Int32(column))
                values.append(value)
            }
            offsets.append(values.count)
        }
        self.init(columnCount: dense.columnCount, rowOffsets: offsets, columns: columns, values: values)
    }

    /// The same values with the zeros spelled out.
    public func dense() -> Matrix<Double> {
        var out = Matrix<Double>(rowCount: rowCount, columnCount: columnCount)
        for row in 0..<rowCount {
            for i in rowOffsets[row]..<rowOffsets[row + 1] { out[row, Int(columns[i])] = values[i] }
        }
        return out
    }

    /// Other values in the same places.
    package func withValues(_ values: [Double]) -> SparseMatrix {
        SparseMatrix(columnCount: columnCount, rowOffsets: rowOffsets, columns: columns, values: values)
    }

    /// The rows with the given indices, in the given order.
    public func selecting(_ rows: [Int]) -> SparseMatrix {
        var offsets = [0]
        var newColumns: [Int32] = []
        var newValues: [Double] = []
        for row in rows {
            let range = rowOffsets[row]..<rowOffsets[row + 1]
            newColumns += columns[range]
            newValues += values[range]
            offsets.append(newValues.count)
        }
        return SparseMatrix(
            columnCount: columnCount, rowOffsets: offsets, columns: newColumns, values: newValues)
    }

    /// The same with the columns in the order in which the rows first use them.
    ///
    /// What is used often is then near the beginning, and what is used once where its row is: a pass over the rows goes through
    /// memory nearly in order.
    /// - Returns: The matrix, and where each of its columns stood. Shape: [columnCount].
    package func columnsByFirstUse() -> (matrix: SparseMatrix, order: [Int]) {
        var places = [Int32](repeating: -1, count: columnCount)
        var order: [Int] = []
        for column in columns where places[Int(column)] < 0 {
            places[Int(column)] = Int32(order.count)
            order.append(Int(column))
        }
        order += places.indices.filter { places[$0] < 0 }
        var (columns, values) = (columns.map { places[Int($0)] }, values)
        columns.withUnsafeMutableBufferPointer { columns in
            values.withUnsafeMutableBufferPointer { values in
                var start = 0
                for end in rowOffsets.dropFirst() {
                    // By insertion, as rows are short.
                    for i in start..<end {
                        let (column, value) = (columns[i], values[i])
                        var j = i
                        while j > start && columns[j - 1] > column {
                            (columns[j], values[j]) = (columns[j - 1], values[j - 1])
                            j -= 1
                        }
                        (columns[j], values[j]) = (column, value)
                    }
                    start = end
                }
            }
        }
        return (
            SparseMatrix(columnCount: columnCount, rowOffsets: rowOffsets, columns: columns, values: values),
            order
        )
    }

    /// The same with one more column behind the others, of which zeros are not stored. Shape: [rowCount, columnCount + 1].
    public func appendingColumn(_ column: [Double]) -> SparseMatrix {
        precondition(column.count == rowCount)
        var offsets = [0]
        var newColumns: [Int32] = []
        var newValues: [Double] = []
        for row in 0..<rowCount {
            let range = rowOffsets[row]..<rowOffsets[row + 1]
            newColumns += columns[range]
            newValues += values[range]
            if column[row] != 0 {
                newColumns.append(Int32(columnCount))
                newValues.append(column[row])
            }
            offsets.append(newValues.count)
        }
        return SparseMatrix(
            columnCount: columnCount + 1, rowOffsets: offsets, columns: newColumns, values: newValues)
    }
}
