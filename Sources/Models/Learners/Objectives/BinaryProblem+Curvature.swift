import LinearAlgebra

extension BinaryProblem {
    /// Of the rows, the share that is taken to lie within the margin, where alone the squared hinge loss curves. It decides how
    /// soon a minimisation ends, not where.
    private static let shareWithinMargin = 0.1

    /// About how much the mean squared hinge loss and its penalty curve along each parameter: the diagonal of the Hessian,
    /// 2 Σ weight x² / Σ weight + the strength of the penalty, if so many rows of each kind lay within the margin.
    ///
    /// Columns of X, and the intercept's ones, differ by orders of magnitude in Σ x², and so do the curvatures.
    /// - Parameter X: Shape: [N, D].
    /// - Returns: Positive, unless strength or squares are beyond what a Double holds. Shape: [D + 1].
    func squaredHingeCurvatures(_ X: SparseMatrix) -> [Double] {
        let rowWeights = rowWeights
        let sums = X.squareSums(0..<X.rowCount) { rowWeights[$0] }
        return objective.curvatures(ofLosses: scaled(sums, by: 2 * BinaryProblem.shareWithinMargin))
    }
}

extension SparseMatrix {
    /// Σ weight x² of some rows along each column, and Σ weight along the ones behind them.
    /// - Returns: Shape: [D + 1].
    @inline(__always)
    func squareSums(_ rows: some Sequence<Int>, weight: (_ row: Int) -> Double) -> [Double] {
        var all = 0.0
        var sums = [Double](repeating: 0, count: columnCount + 1)
        sums.withUnsafeMutableBufferPointer { sums in
            columns.withUnsafeBufferPointer { columns in
                values.withUnsafeBufferPointer { values in
                    for row in rows {
                        let weight = weight(row)
                        all += weight
                        for i in rowOffsets[row]..<rowOffsets[row + 1] {
                            sums[Int(columns[i])] += weight * values[i] * values[i]
                        }
                    }
                }
            }
        }
        sums[columnCount] = all
        return sums
    }
}
