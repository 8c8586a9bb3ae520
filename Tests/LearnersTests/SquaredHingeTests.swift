import DeterministicWork
import Learners
import LinearAlgebra
import TestSupport
import Testing

@Suite struct SquaredHingeTests {
    /// The squared hinge loss in lanes and one row at a time: the same problem once in the lanes of a sparse pass, once
    /// in a pass whose tiles have none.
    @Test(arguments: [1, 2, 3, 5, 8, 11]) func lanesAgreeWithRows(modelCount M: Int) {
        let (N, D) = (613, 7)
        let values = (0..<N * D).map { Double(($0 * 7919 + 13) % 401 - 200) / 50 }
        let X = Matrix(rowCount: N, columnCount: D, values: values)
        let problems = (0..<M).map { model in
            let positives = (0..<N).filter { ($0 * 31 + model * 17) % (model + 2) == 0 }
            let weights = BinaryWeights(
                model % 2 == 0 ? ClassWeight.none : .balanced, positiveCount: positives.count, rowCount: N)
            return BinaryProblem(
                positives: positives, rowCount: N, weights: weights, C: 1, fitIntercept: true)
        }
        var random = RandomStream(seed: 5)
        let parameters = problems.map { _ in (0...D).map { _ in random.nextUniform() * 2 - 1 } }
        let lanes = BinaryObjective(
            LanePass(SparseMatrix(X), modelCount: M), problems: problems, loss: .squaredHinge)
        let rows = BinaryObjective(SparsePass(SparseMatrix(X)), problems: problems, loss: .squaredHinge)
        let fast = lanes.evaluate(Array(0..<M), at: parameters)
        let plain = rows.evaluate(Array(0..<M), at: parameters)
        for (fast, plain) in zip(fast, plain) {
            #expect(plain.value > 0)
            #expect(abs(fast.value - plain.value) <= 1e-13 * plain.value)
            for (a, b) in zip(fast.gradient, plain.gradient) {
                #expect(abs(a - b) <= 1e-12 * max(1, abs(b)))
            }
        }
    }

    /// One column for each row, so that a row's residual is its own column's sum.
    @Test func aNegativeRowLosesTheSquareOfWhatItIsBeyond() {
        let scores = [-7.0, -1, -1 + 0x1p-52, -0.5, 0, 2, 1e150, .nan]
        let X = SparseMatrix(
            columnCount: scores.count, rowOffsets: Array(0...scores.count),
            columns: scores.indices.map(Int32.init), values: Array(repeating: 1, count: scores.count))
        let result = LanePass(X, modelCount: 1).run(parameters: [scores + [0]]) {
            $0.applySquaredHinge(weights: [3])
        }[0]
        #expect(Array(result.products.prefix(6)) == [0, 0, 6 * 0x1p-52, 3, 6, 18])
        #expect(abs(result.products[6] / 6e150 - 1) < 1e-15 && result.products[7].isNaN && result.loss.isNaN)
    }

    /// Products with the Hessian against differences of the gradient, which between kinks is linear.
    @Test(arguments: [1, 3, 9], [false, true]) func productsAreThoseOfTheHessian(
        modelCount M: Int, intercept: Bool
    ) {
        let (N, D) = (331, 9)
        var random = RandomStream(seed: 11)
        let X = SparseMatrix(
            Matrix(
                rowCount: N, columnCount: D,
                values: (0..<N * D).map { $0 % 3 == 0 ? 0 : random.nextUniform() * 2 - 1 }))
        let problems = (0..<M).map { model in
            let positives = (0..<N).filter { ($0 * 31 + model * 17) % (model + 2) == 0 }
            return BinaryProblem(
                positives: positives, rowCount: N,
                weights: BinaryWeights(.balanced, positiveCount: positives.count, rowCount: N), C: 0.5,
                fitIntercept: intercept, interceptScaling: 2)
        }
        let all = Array(0..<M)
        func vectors(_ size: Double) -> [[Double]] {
            problems.map { _ in
                (0...D).map { $0 == D && !intercept ? 0 : (random.nextUniform() * 2 - 1) * size }
            }
        }
        let (points, steps) = (vectors(1), vectors(1e-7))
        let moved = zip(points, steps).map { sum($0, 1, $1) }
        func expectProducts(_ objective: some MultipliedProblems) -> [[Double]] {
            let after = objective.evaluate(all, at: moved)
            let before = objective.evaluate(all, at: points)
            let products = objective.multiply(all, by: steps)
            for model in all {
                for d in 0...D {
                    let difference = after[model].gradient[d] - before[model].gradient[d]
                    #expect(abs(products[model][d] - difference) <= 1e-11)
                }
                #expect(maxAbs(products[model]) > 1e-9)
            }
            return products + before.map { $0.gradient + [$0.value] }
        }
        let lanes = expectProducts(SquaredHingeLanes(X, problems: problems))
        let rows = expectProducts(SquaredHingeRows(X, problems: problems))
        for (a, b) in zip(lanes, rows) { #expect(maxAbs(sum(a, -1, b)) <= 1e-13) }
    }

    /// Rows in several blocks and in one, at different numbers of threads.
    @Test(arguments: [(2001, 11, 0.5), (401, 2003, 0.01)])
    func bitsDoNotDependOnThreads(N: Int, D: Int, density: Double) {
        let X = SparseMatrix(randomMatrix(N, D, density: density, seed: 3))
        let problems = (0..<5).map { model in
            let positives = (0..<N).filter { ($0 * 31 + model * 17) % (model + 2) == 0 }
            return BinaryProblem(
                positives: positives, rowCount: N,
                weights: BinaryWeights(.none, positiveCount: positives.count, rowCount: N), C: 2,
                fitIntercept: true)
        }
        let points = problems.indices.map { Array(randomMatrix(1, D + 1, seed: 20 + UInt64($0)).row(0)) }
        let threads = Threads.count
        defer { Threads.count = threads }
        let found = [1, 3].map { count in
            Threads.count = count
            let rows = SquaredHingeRows(X, problems: problems)
            let values = rows.evaluate(Array(0..<5), at: points)
            return values.map { $0.gradient + [$0.value] }
                + rows.multiply([4, 1], by: [points[0], points[3]])
        }
        #expect(found[0] == found[1])
    }
}
