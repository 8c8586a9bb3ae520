import DeterministicWork
import LinearAlgebra

/// A pass over a sparse X whose tiles have the scores of all models, as a softmax needs them. It holds all scores, N x M.
///
/// Rows are summed in blocks that the shape of X alone decides.
package struct SparsePass: FeaturePass {
    let X: SparseMatrix
    /// Rows of a tile.
    private static let blockSize = 1024

    package init(_ X: SparseMatrix) { self.X = X }

    package var width: Int { X.columnCount + 1 }

    package func run(
        parameters: [[Double]], respond: @Sendable (ScoreTile) -> Void,
        receive: @Sendable (_ model: Int, _ loss: Double, _ products: [Double]) -> Void
    ) {
        let (D, M) = (X.columnCount, parameters.count)
        let W = Matrix(rowCount: M, columnCount: D, values: parameters.flatMap { $0[..<D] })
        var scores = X.times(W.transposed())
        scores.addToRows(parameters.map { $0[D] })
        let sums = apply(respond, to: &scores)
        let products = X.transposedTimes(scores)
        for m in 0..<M {
            receive(m, sums.losses[m], (0..<D).map { products[$0, m] } + [sums.residuals[m]])
        }
    }

    /// Turns all scores into residuals.
    /// - Parameter scores: Shape: [N, M].
    /// - Returns: Sums over the rows, block by block. Shape of each: [M].
    private func apply(
        _ respond: @Sendable (ScoreTile) -> Void, to scores: inout Matrix<Double>
    ) -> (losses: [Double], residuals: [Double]) {
        let (N, M) = (scores.rowCount, scores.columnCount)
        var (losses, residuals) = ([Double](repeating: 0, count: M), [Double](repeating: 0, count: M))
        scores.values.withUnsafeMutableBufferPointer { scores in
            guard let base = scores.baseAddress else { return }
            nonisolated(unsafe) let scores = base
            let blocks = parallelMap((N + SparsePass.blockSize - 1) / SparsePass.blockSize, blockSize: 1) {
                let rows = $0 * SparsePass.blockSize..<min(N, ($0 + 1) * SparsePass.blockSize)
                let first = scores + rows.lowerBound * M
                let losses = ScoreTile.losses(of: rows, modelCount: M, scores: first, respond)
                var residuals = [Double](repeating: 0, count: M)
                for i in 0..<rows.count * M { residuals[i % M] += first[i] }
                return (losses: losses, residuals: residuals)
            }
            for block in blocks {
                add(1, block.losses, to: &losses)
                add(1, block.residuals, to: &residuals)
            }
        }
        return (losses, residuals)
    }
}
