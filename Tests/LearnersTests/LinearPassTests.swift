import DeterministicWork
import Learners
import LinearAlgebra
import TestSupport
import Testing

@Suite(.serialized) struct LinearPassTests {
    /// The response leaves scores as residuals, so a pass is Xᵀ (X W + b).
    private func pass(_ X: SparseMatrix, _ parameters: [[Double]]) -> [(loss: Double, products: [Double])] {
        let results = Results(count: parameters.count)
        LinearPass(X, modelCount: parameters.count).run(parameters: parameters) { tile in
            for row in tile.rows {
                for model in tile.models { tile.addLoss(tile[row, model], ofModel: model) }
            }
        } receive: { model, loss, products in
            results.set(model, loss, products)
        }
        return results.all
    }

    @Test(arguments: [1, 2, 3, 5, 8, 19]) func aPassEqualsItsNaiveTwin(models: Int) {
        let X = randomMatrix(1409, 23, density: 0.25, seed: 5)
        let W = randomMatrix(24, models, seed: 6)
        let parameters = (0..<models).map { model in (0..<24).map { W[$0, model] } }
        var scores = naiveProduct(
            X, Matrix(rowCount: 23, columnCount: models, values: Array(W.values.dropLast(models))))
        for row in 0..<1409 {
            for model in 0..<models { scores[row, model] += W[23, model] }
        }
        let products = naiveProduct(X.transposed(), scores)
        for (model, result) in pass(SparseMatrix(X), parameters).enumerated() {
            let sum = (0..<1409).reduce(0) { $0 + scores[$1, model] }
            let expected = (0..<23).map { products[$0, model] } + [sum]
            // Sums of 1409 values of size 1.
            #expect(largestDifference(result.products, expected) < 1e-10)
            #expect(abs(result.loss - sum) < 1e-10)
        }
    }

    @Test func aPassWithoutRowsGivesZeros() {
        let X = SparseMatrix(Matrix(rowCount: 0, columnCount: 3, values: []))
        for result in pass(X, [[1, 2, 3, 4], [5, 6, 7, 8]]) {
            #expect(result.products == [0, 0, 0, 0])
            #expect(result.loss == 0)
        }
    }

    @Test func aModelsBitsDependNeitherOnOthersNorOnThreads() {
        let X = SparseMatrix(randomMatrix(3001, 17, density: 0.5, seed: 7))
        let W = randomMatrix(11, 18, seed: 8)
        let parameters = (0..<11).map { Array(W.row($0)) }
        let threads = Threads.count
        defer { Threads.count = threads }
        Threads.count = 1
        let together = pass(X, parameters)
        let alone = parameters.map { pass(X, [$0])[0] }
        Threads.count = 3
        let threaded = pass(X, parameters)
        for model in 0..<11 {
            #expect(together[model].products == alone[model].products)
            #expect(together[model].products == threaded[model].products)
            #expect(together[model].loss == alone[model].loss && together[model].loss == threaded[model].loss)
        }
    }
}
