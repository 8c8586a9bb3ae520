extension SparseMatrix {
    /// Rows become columns: the same values by column. Shape: [columnCount, rowCount].
    public func transposed() -> SparseMatrix {
        var offsets = [Int](repeating: 0, count: columnCount + 1)
        for column in columns { offsets[Int(column) + 1] += 1 }
        for column in 0..<columnCount { offsets[column + 1] += offsets[column] }
        var next = offsets
        var rows = [Int32](repeating: 0, count: nonZeroCount)
        var transposedValues = [Double](repeating: 0, count: nonZeroCount)
        for row in 0..<rowCount {
            for i in rowOffsets[row]..<rowOffsets[row + 1] {
                let place = next[Int(columns[i])]
                next[Int(columns[i])] += 1
                rows[place] = Int32(row)
                transposedValues[place] = values[i]
            }
        }
        return SparseMatrix(
            columnCount: rowCount, rowOffsets: offsets, columns: rows, values: transposedValues)
    }
}
