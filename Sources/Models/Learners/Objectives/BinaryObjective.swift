import Foundation
import LinearAlgebra

/// The binary problems of labels, each against its absence, evaluated together in one pass over sparse or dense features.
package struct BinaryObjective<Pass: FeaturePass>: LinearProblems {
    package let pass: Pass
    let problems: [BinaryProblem]
    private let loss: BinaryLoss

    package init(_ pass: Pass, problems: [BinaryProblem], loss: BinaryLoss = .logistic) {
        self.pass = pass
        self.problems = problems
        self.loss = loss
    }

    package var problemCount: Int { problems.count }
    /// D + 1.
    package var parameterCount: Int { pass.width }

    package func evaluate(
        _ active: [Int], at points: [[Double]],
        receive: @Sendable (_ place: Int, _ value: Double, _ gradient: [Double]) -> Void
    ) {
        let problems = active.map { self.problems[$0] }
        pass.run(parameters: points) { [loss] tile in
            loss.respond(to: tile, problems)
        } receive: { model, loss, products in
            let (value, gradient) = problems[model].objective.valueAndGradient(
                at: points[model][...], lossSum: loss, gradientSum: products)
            receive(model, value, gradient)
        }
    }
}

/// Of the logistic loss.
extension BinaryObjective: CurvedProblems where Pass == DensePass {
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

    /// Σ weight p (1 - p) a aᵀ / Σ weight, and the penalty.
    package func hessian(of problem: Int, at point: [Double]) -> Matrix<Double> {
        let scores = pass.scores(Matrix(rowCount: 1, columnCount: pass.width, values: point))
        let weights = zip(problems[problem].rowWeights, scores.values).map { weight, z in
            let e = exp(-abs(z))
            return weight * e / ((1 + e) * (1 + e))
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
