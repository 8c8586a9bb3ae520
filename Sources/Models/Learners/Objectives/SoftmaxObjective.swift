import Foundation
import Labels
import LinearAlgebra

/// One softmax over K classes, over sparse or dense features. Parameters: [K, D + 1], row-major, the intercepts last.
package struct SoftmaxObjective<Pass: FeaturePass>: LinearProblems {
    /// One whose tiles have the scores of all classes.
    package let pass: Pass
    /// The class of each row. Shape: [N].
    let labels: [Int]
    /// What a row of each class counts. Shape: [K].
    let weights: [Double]
    /// The weighted share of each class. Shape: [K].
    let shares: [Double]
    let objective: LinearObjective

    /// - Parameters:
    ///   - labels: Each of the K classes occurs. Shape: [N].
    ///   - weights: What a row of each class counts. Shape: [K].
    package init(_ pass: Pass, labels: [Int], weights: [Double], options: LogisticOptions) {
        self.pass = pass
        self.labels = labels
        self.weights = weights
        let counts = labels.reduce(into: weights.map { _ in 0 }) { $0[$1] += 1 }
        let weightSum = zip(weights, counts).reduce(0) { $0 + $1.0 * Double($1.1) }
        shares = zip(weights, counts).map { $0 * Double($1) / weightSum }
        objective = LinearObjective(C: options.C, weightSum: weightSum, fitIntercept: options.fitIntercept)
    }

    package let problemCount = 1
    /// K.
    fileprivate var K: Int { weights.count }
    /// K (D + 1).
    package var parameterCount: Int { K * pass.width }

    package func evaluate(
        _ active: [Int], at points: [[Double]],
        receive: @Sendable (_ place: Int, _ value: Double, _ gradient: [Double]) -> Void
    ) {
        for (place, point) in points.enumerated() {
            let (value, gradient) = evaluate(at: point)
            receive(place, value, gradient)
        }
    }

    package func evaluate(at point: [Double]) -> (value: Double, gradient: [Double]) {
        let parameters = (0..<K).map { Array(point[$0 * pass.width..<($0 + 1) * pass.width]) }
        let parts = pass.run(parameters: parameters) { respond(to: $0) }
        var value = 0.0
        var gradient: [Double] = []
        for (parameters, part) in zip(parameters, parts) {
            let own = objective.valueAndGradient(
                at: parameters[...], lossSum: part.loss, gradientSum: part.products)
            value += own.value
            gradient += own.gradient
        }
        return (value, gradient)
    }

    /// The rows' losses, which are those of all classes together, are added to those of class 0.
    private func respond(to tile: ScoreTile) {
        precondition(tile.models == 0..<K)
        var logits = [Double](repeating: 0, count: K)
        var sum = 0.0
        for row in tile.rows {
            for k in 0..<K { logits[k] = tile[row, k] }
            let weight = weights[labels[row]]
            sum += weight * MultinomialLoss.gradient(logits: &logits, label: labels[row])
            for k in 0..<K { tile[row, k] = weight * logits[k] }
        }
        tile.addLoss(sum, ofModel: 0)
    }
}

extension SoftmaxObjective: CurvedProblems where Pass == DensePass {
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

    package func hessian(of problem: Int, at point: [Double]) -> Matrix<Double> {
        let scores = pass.scores(Matrix(rowCount: K, columnCount: pass.width, values: point))
        let p = Logits(labelCount: K, values: scores.values).softmax()
        return assembled { k, l in
            let rowWeights = labels.indices.map { weights[labels[$0]] * p[$0, k] * p[$0, l] }
            return (pass.gram(weights: rowWeights), 1 / objective.weightSum)
        }
    }

    /// The Hessian by its blocks [D + 1, D + 1] of two classes: Σ weight p_k (δ_kl - p_l) a aᵀ / Σ weight, and the penalty.
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
