import DeterministicWork
import LinearAlgebra

/// Passes over dense features for several linear models together: Z = [X 1] Wᵀ; a response turns the scores Z into
/// residuals R; then Rᵀ [X 1], from which gradients are made. And the weighted sums of x xᵀ that Hessians are made of.
///
/// Rows are summed in blocks that N alone decides, so results do not depend on the number of threads.
package struct DensePass: Sendable {
    let X: FeatureMatrix
    /// Whether the last column of [X 1] is 1; without, it is 0.
    package let hasIntercept: Bool
    /// Rows that are multiplied together: with their features of some hundred columns they fit a core's cache.
    private static let blockSize = 512
    /// Into how many parts the rows are cut for sums of x xᵀ, each of which needs a matrix of its own.
    private static let stripeCount = 8

    /// N.
    package var rowCount: Int { X.rowCount }
    /// H + 1: the features and the intercept, last.
    package var width: Int { X.columnCount + 1 }

    package init(_ X: FeatureMatrix, hasIntercept: Bool) {
        self.X = X
        self.hasIntercept = hasIntercept
    }

    private var blockCount: Int { (rowCount + DensePass.blockSize - 1) / DensePass.blockSize }

    private func rows(ofBlock block: Int) -> Range<Int> {
        block * DensePass.blockSize..<min(rowCount, (block + 1) * DensePass.blockSize)
    }

    private func emptyBlock() -> DenseBlock {
        DenseBlock(
            capacity: min(rowCount, DensePass.blockSize), columnCount: X.columnCount,
            hasIntercept: hasIntercept)
    }

    /// [X 1] Wᵀ. Shape: [N, M].
    /// - Parameter W: Shape: [M, H + 1].
    package func scores(_ W: Matrix<Double>) -> Matrix<Double> {
        let parts = parallelMap(blockCount, blockSize: 1) { index in
            let block = emptyBlock()
            block.load(X, rows(ofBlock: index))
            return block.scores(W.values)
        }
        return Matrix(rowCount: rowCount, columnCount: W.rowCount, values: parts.flatMap { $0 })
    }

    /// What a response makes of a block of rows.
    package struct Response: Sendable {
        /// What each model loses on these rows. Shape: [M].
        package var losses: [Double]
        /// The derivatives of the losses by the scores. Shape: [rows, M], row-major.
        package var residuals: [Double]

        package init(losses: [Double], residuals: [Double]) {
            self.losses = losses
            self.residuals = residuals
        }
    }

    /// - Parameters:
    ///   - W: Shape: [M, H + 1].
    ///   - respond: Takes rows and their scores, shape [rows, M]. Called for several blocks at once.
    /// - Returns: The losses, shape [as the responses'], and Rᵀ [X 1], shape [M, H + 1], both summed over all rows.
    package func run(
        _ W: Matrix<Double>, respond: @Sendable (_ rows: Range<Int>, _ scores: [Double]) -> Response
    ) -> (losses: [Double], products: Matrix<Double>) {
        let parts = parallelMap(blockCount, blockSize: 1) { index in
            let block = emptyBlock()
            block.load(X, rows(ofBlock: index))
            let response = respond(rows(ofBlock: index), block.scores(W.values))
            return (response.losses, block.products(response.residuals, modelCount: W.rowCount))
        }
        var losses = [Double](repeating: 0, count: parts.first?.0.count ?? W.rowCount)
        var products = Matrix<Double>(rowCount: W.rowCount, columnCount: width)
        for (loss, product) in parts {
            for m in losses.indices { losses[m] += loss[m] }
            add(1, product, to: &products.values)
        }
        return (losses, products)
    }

    /// Σ weight a aᵀ over the rows a of [X 1]. Shape: [H + 1, H + 1].
    /// - Parameter weights: Not negative. Shape: [N].
    package func gram(weights: [Double]) -> Matrix<Double> {
        precondition(weights.count == rowCount)
        let stripes = min(DensePass.stripeCount, blockCount)
        let parts = parallelMap(stripes, blockSize: 1) { stripe in
            let sum = AlignedDoubles(count: width * width)
            let block = emptyBlock()
            for index in blockCount * stripe / stripes..<blockCount * (stripe + 1) / stripes {
                let rows = rows(ofBlock: index)
                block.load(X, rows)
                block.addGram(weights: weights[rows], to: sum)
            }
            return sum
        }
        var out = Matrix<Double>(rowCount: width, columnCount: width)
        out.values.withUnsafeMutableBufferPointer { out in
            for i in 0..<width {
                for part in parts {
                    for j in 0...i { out[i * width + j] += part.base[i * width + j] }
                }
                for j in 0..<i { out[j * width + i] = out[i * width + j] }
            }
        }
        return out
    }
}
