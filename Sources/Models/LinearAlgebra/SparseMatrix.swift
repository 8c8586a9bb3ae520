import DeterministicWork

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
    /// Some rows, from those with the fewest values to those with the most; of as many, in their order.
    package func byValueCount(_ rows: Range<Int>) -> [Int] {
        // Sorted by counting, as there are many rows of few lengths.
        let most = rows.reduce(0) { max($0, valueCount(ofRow: $1)) }
        var places = [Int](repeating: 0, count: most + 2)
        for row in rows { places[valueCount(ofRow: row) + 1] += 1 }
        for length in 0...most { places[length + 1] += places[length] }
        var sorted = [Int](repeating: 0, count: rows.count)
        for row in rows {
            sorted[places[valueCount(ofRow: row)]] = row
            places[valueCount(ofRow: row)] += 1
        }
        return sorted
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
        (self.columnCount, self.rowOffsets) = (columnCount, rowOffsets)
        (self.columns, self.values) = (columns, values)
    }

    /// Values and columns written by blocks of rows, several at once, into places of their own.
    /// - Parameter write: Writes those of some rows, whose columns ascend as they must.
    private init(
        columnCount: Int, rowOffsets: [Int],
        _ write: @Sendable (Range<Int>, SharedBuffer<Int32>, SharedBuffer<Double>) -> Void
    ) {
        let count = rowOffsets[rowOffsets.count - 1]
        var columns = [Int32](repeating: 0, count: count)
        var values = [Double](repeating: 0, count: count)
        columns.withUnsafeMutableBufferPointer { columns in
            values.withUnsafeMutableBufferPointer { values in
                let (columns, values) = (SharedBuffer(columns), SharedBuffer(values))
                parallelBlocks(of: rowOffsets.count - 1, blockSize: 2048) { write($0, columns, values) }
            }
        }
        (self.columnCount, self.rowOffsets) = (columnCount, rowOffsets)
        (self.columns, self.values) = (columns, values)
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
        offsets.reserveCapacity(rows.count + 1)
        for row in rows { offsets.append(offsets[offsets.count - 1] + valueCount(ofRow: row)) }
        return SparseMatrix(columnCount: columnCount, rowOffsets: offsets) {
            [columns, values, offsets] places, newColumns, newValues in
            for place in places {
                var to = offsets[place]
                for from in rowOffsets[rows[place]]..<rowOffsets[rows[place] + 1] {
                    (newColumns[to], newValues[to]) = (columns[from], values[from])
                    to += 1
                }
            }
        }
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
        let matrix = SparseMatrix(columnCount: columnCount, rowOffsets: rowOffsets) {
            [columns, values, places] rows, newColumns, newValues in
            for row in rows {
                let start = rowOffsets[row]
                // By insertion, as rows are short.
                for i in start..<rowOffsets[row + 1] {
                    let column = places[Int(columns[i])]
                    var j = i
                    while j > start && newColumns[j - 1] > column {
                        (newColumns[j], newValues[j]) = (newColumns[j - 1], newValues[j - 1])
                        j -= 1
                    }
                    (newColumns[j], newValues[j]) = (column, values[i])
                }
            }
        }
        return (matrix, order)
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
