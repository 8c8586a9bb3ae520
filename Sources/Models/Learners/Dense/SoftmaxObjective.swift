import Foundation
import Labels
import LinearAlgebra

/// One softmax over K classes. Parameters: [K, H + 1], row-major, the intercepts last.
package struct SoftmaxObjective: CurvedProblems {
    let pass: DensePass
    /// The class of each row. Shape: [N].
    let labels: [Int]
    /// What a row of each class counts. Shape: [K].
    let weights: [Double]
    /// The weighted share of each class. Shape: [K].
    let shares: [Double]
    let objective: LinearObjective

    /// - Parameter weights: What a row of each class counts, by default what `options` say. Shape: [K].
    /// - Precondition: Each of the classes 0..<classCount occurs.
    package init(
        _ pass: DensePass, labels: [Int], classCount: Int, weights: [Double]? = nil, options: LogisticOptions
    ) {
        self.pass = pass
        self.labels = labels
        let counts = labels.reduce(into: Array(repeating: 0, count: classCount)) { $0[$1] += 1 }
        let weights = weights ?? options.classWeight.weights(ofCounts: counts)
        let weightSum = zip(weights, counts).reduce(0) { $0 + $1.0 * Double($1.1) }
        self.weights = weights
        shares = zip(weights, counts).map { $0 * Double($1) / weightSum }
        objective = LinearObjective(C: options.C, weightSum: weightSum, fitIntercept: options.fitIntercept)
    }

    package let problemCount = 1
    /// K.
    private var K: Int { weights.count }
    /// K (H + 1).
    package var parameterCount: Int { K * pass.width }

    package func strength(of problem: Int) -> Double { objective.strength }

    /// A shift of all intercepts changes nothing; as in scikit-learn, their sum is 0. It stays so on the way, as the
    /// components of a gradient along them also sum to 0.
    package func start(of problem: Int) -> [Double] {
        var point = [Double](repeating: 0, count: parameterCount)
        if !pass.hasIntercept { return point }
        let logs = shares.map { log($0) }
        let mean = logs.reduce(0, +) / Double(K)
        for k in 0..<K { point[k * pass.width + pass.width - 1] = logs[k] - mean }
        return point
    }

    package func startHessian(of problem: Int, gram: Matrix<Double>) -> Matrix<Double> {
        let p = pass.hasIntercept ? shares : Array(repeating: 1 / Double(K), count: K)
        return assembled { k, l in (gram, p[k] * p[l]) }
    }

    package func evaluate(
        _ active: [Int], at points: [[Double]],
        receive: @Sendable (_ place: Int, _ value: Double, _ gradient: [Double]) -> Void
    ) {
        for (place, point) in points.enumerated() {
            let (value, gradient) = evaluate(at: point)
            receive(place, value, gradient)
        }
    }

    private func evaluate(at point: [Double]) -> (value: Double, gradient: [Double]) {
        let W = Matrix(rowCount: K, columnCount: pass.width, values: point)
        let (losses, products) = pass.run(W) { rows, scores in
            var loss = 0.0
            var residuals = scores
            for (place, row) in rows.enumerated() {
                var logits = Array(scores[place * K..<(place + 1) * K])
                let weight = weights[labels[row]]
                loss += weight * MultinomialLoss.gradient(logits: &logits, label: labels[row])
                for k in 0..<K { residuals[place * K + k] = weight * logits[k] }
            }
            return DensePass.Response(losses: [loss], residuals: residuals)
        }
        var value = 0.0
        var gradient: [Double] = []
        for k in 0..<K {
            let part = objective.valueAndGradient(
                at: W.row(k), lossSum: k == 0 ? losses[0] : 0, gradientSum: Array(products.row(k)))
            value += part.value
            gradient += part.gradient
        }
        return (value, gradient)
    }

    package func hessian(of problem: Int, at point: [Double]) -> Matrix<Double> {
        let scores = pass.scores(Matrix(rowCount: K, columnCount: pass.width, values: point))
        let p = Logits(labelCount: K, values: scores.values).softmax()
        return assembled { k, l in
            let rowWeights = labels.indices.map { weights[labels[$0]] * p[$0, k] * p[$0, l] }
            return (pass.gram(weights: rowWeights), 1 / objective.weightSum)
        }
    }

    /// The Hessian by its blocks [H + 1, H + 1] of two classes: Σ weight p_k (δ_kl - p_l) a aᵀ / Σ weight, and the penalty.
    ///
    /// Those of different classes are computed; those of a class with itself follow, as each row of blocks sums to 0.
    /// - Parameter block: Of classes k < l: a matrix and a factor, whose product is Σ weight p_k p_l a aᵀ / Σ weight.
    private func assembled(
        _ block: (_ k: Int, _ l: Int) -> (matrix: Matrix<Double>, factor: Double)
    ) -> Matrix<Double> {
        let width = pass.width
        var out = Matrix<Double>(rowCount: parameterCount, columnCount: parameterCount)
        for k in 0..<K {
            for l in k + 1..<max(K, k + 1) {
                let (matrix, factor) = block(k, l)
                for i in 0..<width {
                    for j in 0..<width {
                        let value = factor * matrix[i, j]
                        out[k * width + i, k * width + j] += value
                        out[l * width + i, l * width + j] += value
                        out[k * width + i, l * width + j] = -value
                        out[l * width + i, k * width + j] = -value
                    }
                }
            }
        }
        for k in 0..<K {
            out.addPenalty(
                objective.strength, from: k * width, width: width, hasIntercept: pass.hasIntercept)
        }
        if pass.hasIntercept { pinIntercepts(&out) }
        return out
    }

    /// Makes the Hessian positive definite along a common shift of the intercepts, where it is 0 and a gradient is too: no
    /// Newton step changes by it.
    private func pinIntercepts(_ hessian: inout Matrix<Double>) {
        for k in 0..<K {
            for l in 0..<K {
                hessian[k * pass.width + pass.width - 1, l * pass.width + pass.width - 1] += 1 / Double(K)
            }
        }
    }
}
