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
        let D = X.columnCount
        let rowWeights = rowWeights
        var sums = [Double](repeating: 0, count: D + 1)
        for row in 0..<X.rowCount {
            let weight = rowWeights[row]
            for i in X.rowOffsets[row]..<X.rowOffsets[row + 1] {
                sums[Int(X.columns[i])] += weight * X.values[i] * X.values[i]
            }
            sums[D] += weight
        }
        let factor = 2 * BinaryProblem.shareWithinMargin / objective.weightSum
        for d in 0..<D { sums[d] = factor * sums[d] + objective.strength }
        sums[D] = factor * sums[D] + objective.interceptStrength
        return sums
    }
}
