import Foundation
import LinearAlgebra

/// The binary problems of labels, each against its absence. Parameters: [H + 1], the intercept last.
package struct SigmoidObjective: CurvedProblems {
    /// One label.
    package struct Problem: Sendable {
        /// Whether each row carries the label. Shape: [N].
        let isPositive: [Bool]
        let weights: BinaryWeights
        let objective: LinearObjective
        /// The weighted share of positive rows.
        let share: Double

        /// - Parameter weights: What rows count, by default what `options` say.
        /// - Precondition: Some rows are positive, and some are not.
        package init(isPositive: [Bool], weights: BinaryWeights? = nil, options: LogisticOptions) {
            let (count, positives) = (isPositive.count, isPositive.count { $0 })
            precondition(0 < positives && positives < count)
            let weights =
                weights ?? BinaryWeights(options.classWeight, positiveCount: positives, rowCount: count)
            self.isPositive = isPositive
            self.weights = weights
            let weightSum = weights.sum(positiveCount: positives, rowCount: count)
            share = weights.positive * Double(positives) / weightSum
            objective = LinearObjective(
                C: options.C, weightSum: weightSum, fitIntercept: options.fitIntercept)
        }

        func weight(_ row: Int) -> Double { isPositive[row] ? weights.positive : weights.negative }
    }

    let pass: DensePass
    let problems: [Problem]

    package init(_ pass: DensePass, problems: [Problem]) {
        self.pass = pass
        self.problems = problems
    }

    package var problemCount: Int { problems.count }
    package var parameterCount: Int { pass.width }

    package func strength(of problem: Int) -> Double { problems[problem].objective.strength }

    package func start(of problem: Int) -> [Double] {
        var point = [Double](repeating: 0, count: pass.width)
        if pass.hasIntercept {
            let share = problems[problem].share
            point[pass.width - 1] = log(share / (1 - share))
        }
        return point
    }

    package func startHessian(of problem: Int, gram: Matrix<Double>) -> Matrix<Double> {
        let p = pass.hasIntercept ? problems[problem].share : 0.5
        return penalised(gram, factor: p * (1 - p), problem)
    }

    package func evaluate(
        _ active: [Int], at points: [[Double]],
        receive: @Sendable (_ place: Int, _ value: Double, _ gradient: [Double]) -> Void
    ) {
        let problems = active.map { self.problems[$0] }
        let M = problems.count
        let W = Matrix(rowCount: M, columnCount: pass.width, values: points.flatMap { $0 })
        let (losses, products) = pass.run(W) { rows, scores in
            var losses = [Double](repeating: 0, count: M)
            var residuals = scores
            for (m, problem) in problems.enumerated() {
                for (place, row) in rows.enumerated() {
                    let z = scores[place * M + m]
                    let isPositive = problem.isPositive[row]
                    let weight = problem.weight(row)
                    losses[m] += weight * LogisticLoss.value(logit: z, isPositive: isPositive)
                    residuals[place * M + m] =
                        weight * LogisticLoss.gradient(logit: z, isPositive: isPositive)
                }
            }
            return DensePass.Response(losses: losses, residuals: residuals)
        }
        for (m, problem) in problems.enumerated() {
            let (value, gradient) = problem.objective.valueAndGradient(
                at: points[m][...], lossSum: losses[m], gradientSum: Array(products.row(m)))
            receive(m, value, gradient)
        }
    }

    /// Σ weight p (1 - p) a aᵀ / Σ weight, and the penalty.
    package func hessian(of problem: Int, at point: [Double]) -> Matrix<Double> {
        let scores = pass.scores(Matrix(rowCount: 1, columnCount: pass.width, values: point))
        let weights = scores.values.enumerated().map { row, z in
            let e = exp(-abs(z))
            return problems[problem].weight(row) * e / ((1 + e) * (1 + e))
        }
        return penalised(
            pass.gram(weights: weights), factor: 1 / problems[problem].objective.weightSum, problem)
    }

    private func penalised(_ matrix: Matrix<Double>, factor: Double, _ problem: Int) -> Matrix<Double> {
        var out = matrix
        for i in out.values.indices { out.values[i] *= factor }
        out.addPenalty(strength(of: problem), from: 0, width: pass.width, hasIntercept: pass.hasIntercept)
        return out
    }
}
