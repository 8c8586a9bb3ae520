import DeterministicWork

extension SparseMatrix {
    /// X W for a dense W of K columns. Shapes: X [N, D], W [D, K], result [N, K].
    ///
    /// Each result is summed in the order of its row's columns, so it does not depend on the number of threads.
    public func times(_ W: Matrix<Double>) -> Matrix<Double> {
        precondition(W.rowCount == columnCount)
        let K = W.columnCount
        var product = Matrix<Double>(rowCount: rowCount, columnCount: K)
        product.values.withUnsafeMutableBufferPointer { out in
            let out = SharedBuffer(out)
            parallelBlocks(of: rowCount, blockSize: 1024) { rows in
                W.values.withUnsafeBufferPointer { W in
                    for row in rows {
                        for i in rowOffsets[row]..<rowOffsets[row + 1] {
                            let (from, value) = (Int(columns[i]) * K, values[i])
                            for k in 0..<K { out[row * K + k] += value * W[from + k] }
                        }
                    }
                }
            }
        }
        return product
    }

    /// Xᵀ R for a dense R of K columns. Shapes: X [N, D], R [N, K], result [D, K].
    ///
    /// Rows are summed in fixed blocks and the blocks in order, so the bits do not depend on the number of threads.
    public func transposedTimes(_ R: Matrix<Double>) -> Matrix<Double> {
        precondition(R.rowCount == rowCount)
        let (D, K) = (columnCount, R.columnCount)
        let blockSize = rowsPerSummationBlock
        let partial = parallelMap((rowCount + blockSize - 1) / blockSize, blockSize: 1) { block in
            var sum = [Double](repeating: 0, count: D * K)
            sum.withUnsafeMutableBufferPointer { sum in
                R.values.withUnsafeBufferPointer { R in
                    for row in block * blockSize..<min(rowCount, (block + 1) * blockSize) {
                        for i in rowOffsets[row]..<rowOffsets[row + 1] {
                            let (to, value) = (Int(columns[i]) * K, values[i])
                            for k in 0..<K { sum[to + k] += value * R[row * K + k] }
                        }
                    }
                }
            }
            return sum
        }
        var total = Matrix<Double>(rowCount: D, columnCount: K)
        for sum in partial {
            for i in sum.indices { total.values[i] += sum[i] }
        }
        return total
    }

    /// How many rows one partial sum over rows takes: few enough to give several threads work, many enough that
    /// clearing and adding D sums is little beside the rows' own work. A function of the shape alone.
    package var rowsPerSummationBlock: Int {
        let leastNonZerosPerColumn = 16
        let mostBlocks = 16
        let blocks = min(mostBlocks, max(1, nonZeroCount / max(1, leastNonZerosPerColumn * columnCount)))
        return max(1, (rowCount + blocks - 1) / blocks)
    }
}
