import DeterministicWork
import Labels
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

    private func problems(_ count: Int, rowCount N: Int, intercept: Bool = true) -> [BinaryProblem] {
        (0..<count).map { model in
            let positives = (0..<N).filter { ($0 * 31 + model * 17) % (model + 2) == 0 }
            return BinaryProblem(
                positives: positives, rowCount: N,
                weights: BinaryWeights(.balanced, positiveCount: positives.count, rowCount: N), C: 0.5,
                fitIntercept: intercept, interceptScaling: 2)
        }
    }

    /// Row by row against the lanes of a pass, in another order too; and products with the Hessian against differences of the
    /// gradient, which between kinks is linear.
    @Test(arguments: [false, true]) func rowsAgreeWithLanes(intercept: Bool) {
        let (N, D) = (331, 9)
        let X = SparseMatrix(randomMatrix(N, D, density: 0.7, seed: 11))
        var random = RandomStream(seed: 12)
        func vector(_ size: Double) -> [Double] {
            (0...D).map { $0 == D && !intercept ? 0 : (random.nextUniform() * 2 - 1) * size }
        }
        let order = (0..<N).sorted { ($0 * 7 % 11, $0) < ($1 * 7 % 11, $1) }
        for problem in problems(4, rowCount: N, intercept: intercept) {
            let (point, step) = (vector(1), vector(1e-7))
            let lanes = BinaryObjective(
                LanePass(X, modelCount: 1), problems: [problem], loss: .squaredHinge)
            let wanted = lanes.evaluate([0], at: [point])[0]
            for (X, problem) in [(X, problem), (X.selecting(order), problem.ordered(order))] {
                var rows = SquaredHingeRows(X, problem)
                let after = rows.evaluate(at: sum(point, 1, step))
                let before = rows.evaluate(at: point)
                #expect(abs(before.value - wanted.value) <= 1e-13)
                #expect(maxAbs(sum(before.gradient, -1, wanted.gradient)) <= 1e-13)
                let product = rows.multiply(by: step)
                #expect(maxAbs(sum(product, -1, sum(after.gradient, -1, before.gradient))) <= 1e-11)
                #expect(maxAbs(product) > 1e-9)
                let diagonal = (0..<D).map { column in
                    rows.multiply(by: (0...D).map { $0 == column ? 1 : 0 })[column]
                }
                #expect(maxAbs(sum(Array(rows.curvatures().dropLast()), -1, diagonal)) <= 1e-13)
            }
        }
    }

    /// Rows in several blocks, and in one.
    @Test(arguments: [(2001, 11, 0.5), (401, 2003, 0.01)])
    func bitsDoNotDependOnThreads(N: Int, D: Int, density: Double) {
        let X = SparseMatrix(randomMatrix(N, D, density: density, seed: 3))
        let problem = problems(1, rowCount: N)[0]
        let (point, vector) = (randomMatrix(1, D + 1, seed: 20), randomMatrix(1, D + 1, seed: 21))
        let threads = Threads.count
        defer { Threads.count = threads }
        let found = [1, 3].map { count in
            Threads.count = count
            var rows = SquaredHingeRows(X, problem)
            let (value, gradient) = rows.evaluate(at: point.values)
            return [value] + gradient + rows.multiply(by: vector.values) + rows.curvatures()
        }
        #expect(found[0] == found[1])
    }

    /// Columns in which nothing stands change the way, and not its end.
    @Test func wideFeaturesHaveTheSameEnd() throws {
        let X = SparseMatrix(randomMatrix(211, 30, density: 0.3, seed: 7))
        let wide = SparseMatrix(
            columnCount: 20_000, rowOffsets: X.rowOffsets, columns: X.columns.map { $0 * 600 },
            values: X.values)
        let labels = try LabelSpace(kind: .multiclass, names: ["a", "b", "c", "d"])
        let targets = Targets.classes((0..<211).map { $0 * 13 % 17 % 4 })
        for learner in [
            svm { ($0.C, $0.tolerance) = (3, 1e-9) },
            svm { ($0.tolerance, $0.fitIntercept, $0.classWeight) = (1e-9, false, .balanced) },
        ] {
            let models = try [X, wide].map {
                try learner.fitted($0, targets, labels)
            }
            for label in 0..<4 {
                for column in 0..<30 {
                    let (narrow, wide) = (
                        models[0].coefficients[label, column], models[1].coefficients[label, 600 * column]
                    )
                    #expect(abs(narrow - wide) <= 1e-5)
                }
                #expect(models[1].coefficients[label, 1] == 0)
                #expect(abs(models[0].intercepts[label] - models[1].intercepts[label]) <= 1e-5)
            }
            #expect(models[1].log.allSatisfy { $0.isConverged && $0.gradientNorm <= 1e-7 })
        }
    }
}
