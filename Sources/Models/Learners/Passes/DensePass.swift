import DeterministicWork
import LinearAlgebra

/// A pass over dense features whose tiles have the scores of all models; and the weighted sums of x xᵀ that Hessians are
/// made of.
///
/// Rows are summed in blocks that N alone decides.
package struct DensePass: FeaturePass {
    let X: FeatureMatrix
    /// Whether the last column of [X 1] is 1; without, it is 0.
    package let hasIntercept: Bool
    /// Rows that are multiplied together: with their features of some hundred columns they fit a core's cache.
    private static let blockSize = 512
    /// Into how many parts the rows are cut for sums of x xᵀ, each of which needs a matrix of its own.
    private static let stripeCount = 8

    /// N.
    package var rowCount: Int { X.rowCount }
    /// H + 1.
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

    package func run(
        parameters: [[Double]], respond: @Sendable (ScoreTile) -> Void,
        receive: @Sendable (_ model: Int, _ loss: Double, _ products: [Double]) -> Void
    ) {
        let M = parameters.count
        let W = parameters.flatMap { $0 }
        let parts = parallelMap(blockCount, blockSize: 1) { index in
            let rows = rows(ofBlock: index)
            let block = emptyBlock()
            block.load(X, rows)
            var scores = block.scores(W)
            let losses = scores.withUnsafeMutableBufferPointer { scores in
                scores.baseAddress.map {
                    ScoreTile.losses(of: rows, modelCount: M, scores: $0, respond)
                } ?? []
            }
            return (losses: losses, products: block.products(scores, modelCount: M))
        }
        var losses = [Double](repeating: 0, count: M)
        var products = [Double](repeating: 0, count: M * width)
        for part in parts {
            add(1, part.losses, to: &losses)
            add(1, part.products, to: &products)
        }
        for m in 0..<M { receive(m, losses[m], Array(products[m * width..<(m + 1) * width])) }
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
