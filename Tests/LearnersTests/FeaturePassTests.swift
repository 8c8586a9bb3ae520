import DeterministicWork
import Learners
import LinearAlgebra
import TestSupport
import Testing

@Suite(.serialized) struct FeaturePassTests {
    /// The response leaves scores as residuals, so a pass is Xᵀ (X W + b).
    private func run(_ pass: some FeaturePass, _ parameters: [[Double]]) -> [(
        loss: Double, products: [Double]
    )] {
        pass.run(parameters: parameters) { tile in
            for row in tile.rows {
                for model in tile.models { tile.addLoss(tile[row, model], ofModel: model) }
            }
        }
    }

    private static let kinds: [@Sendable (SparseMatrix, Int) -> any FeaturePass] = [
        { LanePass($0, modelCount: $1) },
        { X, _ in SparsePass(X) },
        { X, _ in DensePass(FeatureMatrix(X), hasIntercept: true) },
        { X, _ in DensePass(FeatureMatrix(X.dense()), hasIntercept: true) },
    ]

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
        for kind in Self.kinds {
            for (model, result) in run(kind(SparseMatrix(X), models), parameters).enumerated() {
                let sum = (0..<1409).reduce(0) { $0 + scores[$1, model] }
                let expected = (0..<23).map { products[$0, model] } + [sum]
                // Sums of 1409 values of size 1.
                #expect(largestDifference(result.products, expected) < 1e-10)
                #expect(abs(result.loss - sum) < 1e-10)
            }
        }
    }

    @Test func aPassWithoutRowsGivesZeros() {
        let X = SparseMatrix(Matrix(rowCount: 0, columnCount: 3, values: []))
        for kind in Self.kinds {
            let results = run(kind(X, 2), [[1, 2, 3, 4], [5, 6, 7, 8]])
            #expect(results.count == 2)
            for result in results {
                #expect(result.products == [0, 0, 0, 0])
                #expect(result.loss == 0)
            }
        }
    }

    /// Rows in many blocks, and a wide matrix whose rows are one.
    @Test(arguments: [(3001, 17, 0.5), (701, 2003, 0.004)])
    func aModelsBitsDependNeitherOnOthersNorOnThreads(rows: Int, columns: Int, density: Double) {
        let X = SparseMatrix(randomMatrix(rows, columns, density: density, seed: 7))
        let W = randomMatrix(11, columns + 1, seed: 8)
        let parameters = (0..<11).map { Array(W.row($0)) }
        let threads = Threads.count
        defer { Threads.count = threads }
        Threads.count = 1
        let together = run(LanePass(X, modelCount: 11), parameters)
        let alone = parameters.map { run(LanePass(X, modelCount: 1), [$0])[0] }
        Threads.count = 3
        let threaded = run(LanePass(X, modelCount: 11), parameters)
        for model in 0..<11 {
            #expect(together[model].products == alone[model].products)
            #expect(together[model].products == threaded[model].products)
            #expect(together[model].loss == alone[model].loss && together[model].loss == threaded[model].loss)
        }
    }

    @Test func bitsDoNotDependOnThreads() {
        let X = SparseMatrix(randomMatrix(3001, 17, density: 0.5, seed: 7))
        let W = randomMatrix(11, 18, seed: 8)
        let parameters = (0..<11).map { Array(W.row($0)) }
        let threads = Threads.count
        defer { Threads.count = threads }
        for kind in Self.kinds {
            let results = [1, 3].map {
                Threads.count = $0
                return run(kind(X, 11), parameters)
            }
            #expect(results[0].map(\.loss) == results[1].map(\.loss))
            #expect(results[0].map(\.products) == results[1].map(\.products))
        }
    }
}
