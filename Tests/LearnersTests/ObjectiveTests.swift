import DeterministicWork
import Foundation
import Learners
import LinearAlgebra
import Testing

/// 41 rows and 13 columns, about a third not zero.
private let X: SparseMatrix = {
    var random = RandomStream(seed: 3)
    return SparseMatrix(
        Matrix(
            rowCount: 41, columnCount: 13,
            values: (0..<41 * 13).map { _ in random.nextUniform() < 0.3 ? random.nextUniform() * 4 - 2 : 0 }))
}()

private func randomPoint(_ count: Int, seed: UInt64) -> [Double] {
    var random = RandomStream(seed: seed)
    return (0..<count).map { _ in random.nextUniform() * 2 - 1 }
}

private func options(_ balanced: Bool, intercept: Bool = true) -> LogisticOptions {
    var options = LogisticOptions()
    options.C = 0.7
    options.classWeight = balanced ? .balanced : .none
    options.fitIntercept = intercept
    return options
}

/// Central differences of `function` against the gradient that it claims.
private func expectGradient(
    at point: [Double], _ function: ([Double]) -> (value: Double, gradient: [Double])
) {
    let step = 1e-5
    let gradient = function(point).gradient
    for i in point.indices {
        var (up, down) = (point, point)
        up[i] += step
        down[i] -= step
        let slope = (function(up).value - function(down).value) / (2 * step)
        // Truncation step²/6 f''' and rounding 1e-16/step: both below 1e-10.
        #expect(abs(slope - gradient[i]) < 1e-9)
    }
}

@Suite struct ObjectiveTests {
    private func binary(_ positives: [Int], _ options: LogisticOptions) -> ([Double]) -> (Double, [Double]) {
        let problem = BinaryProblem(positives: positives, rowCount: X.rowCount, options: options)
        let objective = BinaryObjective(LanePass(X, modelCount: 1), problems: [problem])
        return { objective.evaluate([0], at: [$0])[0] }
    }

    @Test(arguments: [false, true]) func binaryGradient(balanced: Bool) {
        expectGradient(at: randomPoint(14, seed: 5), binary([0, 3, 4, 17, 40], options(balanced)))
    }

    @Test(arguments: [false, true]) func binaryValueIsTheSumOfPointwiseLosses(balanced: Bool) {
        let positives = [1, 2, 30]
        let point = randomPoint(14, seed: 7)
        let weights = balanced ? (positive: 41.0 / 6, negative: 41.0 / 76) : (positive: 1, negative: 1)
        let scores = X.times(Matrix(rowCount: 13, columnCount: 1, values: Array(point.dropLast()))).values
        var expected = 0.0
        for (row, score) in scores.enumerated() {
            let isPositive = positives.contains(row)
            let loss = LogisticLoss.value(logit: score + point[13], isPositive: isPositive)
            expected += (isPositive ? weights.positive : weights.negative) * loss / 41
        }
        expected += point.dropLast().reduce(0) { $0 + $1 * $1 } / (2 * 0.7 * 41)
        #expect(abs(binary(positives, options(balanced))(point).0 - expected) < 1e-14)
    }

    @Test func withoutAnInterceptItsGradientIsZero() {
        let gradient = binary([1, 5], options(false, intercept: false))(Array(repeating: 0, count: 14)).1
        #expect(gradient[13] == 0)
        #expect(gradient[0] != 0)
    }

    @Test(arguments: [false, true]) func multinomialGradient(balanced: Bool) {
        let labels = (0..<41).map { $0 % 7 % 3 }
        let objective = SoftmaxObjective(
            SparsePass(X), labels: labels, classCount: 3, options: options(balanced))
        expectGradient(at: randomPoint(3 * 14, seed: 11), objective.evaluate)
    }

    @Test func theLossIsExactAtLargeLogits() {
        #expect(LogisticLoss.value(logit: 100, isPositive: false) == 100)
        #expect(LogisticLoss.value(logit: -100, isPositive: true) == 100)
        #expect(LogisticLoss.value(logit: 100, isPositive: true) == exp(-100))
        #expect(LogisticLoss.gradient(logit: 100, isPositive: true) == -exp(-100))
        #expect(LogisticLoss.gradient(logit: -100, isPositive: false) == exp(-100))
        #expect(LogisticLoss.gradient(logit: 800, isPositive: false) == 1)
        #expect(LogisticLoss.value(logit: 800, isPositive: false) == 800)
    }

    /// The objectives do not depend on how the features are stored, but for the order in which they are summed.
    @Test(arguments: [false, true], [false, true]) func sparseAndDenseFeaturesAgree(
        balanced: Bool, intercept: Bool
    ) {
        let options = options(balanced, intercept: intercept)
        let dense = DensePass(FeatureMatrix(X.dense()), hasIntercept: intercept)
        func expectEqual(_ a: some LinearProblems, _ b: some LinearProblems, at point: [Double]) {
            let (a, b) = (a.evaluate([0], at: [point])[0], b.evaluate([0], at: [point])[0])
            // 41 terms of size 1.
            #expect(abs(a.value - b.value) < 1e-14)
            #expect(zip(a.gradient, b.gradient).allSatisfy { abs($0 - $1) < 1e-14 })
        }
        let problems = [
            BinaryProblem(positives: [0, 3, 4, 17, 40], rowCount: X.rowCount, options: options)
        ]
        var point = randomPoint(14, seed: 5)
        if !intercept { point[13] = 0 }
        for loss in [BinaryLoss.logistic, .squaredHinge] {
            expectEqual(
                BinaryObjective(LanePass(X, modelCount: 1), problems: problems, loss: loss),
                BinaryObjective(dense, problems: problems, loss: loss), at: point)
        }
        let labels = (0..<41).map { $0 % 7 % 3 }
        var points = randomPoint(3 * 14, seed: 11)
        if !intercept { for k in 0..<3 { points[k * 14 + 13] = 0 } }
        expectEqual(
            SoftmaxObjective(SparsePass(X), labels: labels, classCount: 3, options: options),
            SoftmaxObjective(dense, labels: labels, classCount: 3, options: options), at: points)
    }
}
