import Labels

/// The losses that notebooks train a linear layer with, from its logits.
package enum HeadLoss: Sendable {
    /// PyTorch's `cross_entropy`: Σ weight[y] (log Σ exp(z) - z_y) / Σ weight[y] over the rows of a batch.
    /// The class of each row, shape [N]; weights of shape [K].
    case crossEntropy(labels: [Int], weights: [Double])
    /// PyTorch's `binary_cross_entropy_with_logits`: the mean over rows and labels of log(1 + exp(z)) - y z, times
    /// posWeight for y = 1. Weights of shape [K].
    case binaryCrossEntropy(targets: IndicatorMatrix, posWeights: [Double])

    package init(_ targets: Targets, labelSpace: LabelSpace, options: LogisticOptions) {
        let counts = targets.labelCounts(labelCount: labelSpace.count)
        let own = labelSpace.names.map { options.labelWeights[$0] ?? 1 }
        switch targets {
        case .classes(let labels):
            let weights = options.classWeight.weights(ofCounts: counts)
            self = .crossEntropy(labels: labels, weights: zip(weights, own).map(*))
        case .sets(let matrix):
            let weights = options.adamw.posWeight.weights(ofCounts: counts, rowCount: targets.count)
            self = .binaryCrossEntropy(targets: matrix, posWeights: zip(weights, own).map(*))
        }
    }

    /// K.
    package var labelCount: Int {
        switch self {
        case .crossEntropy(_, let weights): weights.count
        case .binaryCrossEntropy(_, let weights): weights.count
        }
    }

    /// The loss of a batch and its derivatives by the logits.
    /// - Parameters:
    ///   - logits: Shape: [rows, K], row-major.
    ///   - rows: Which rows they belong to.
    package func valueAndGradient(
        logits: [Double], rows: ArraySlice<Int>
    ) -> (value: Double, gradient: [Double]) {
        let K = labelCount
        var value = 0.0
        var gradient = logits
        var weightSum = 0.0
        switch self {
        case .crossEntropy(let labels, let weights):
            var z = [Double](repeating: 0, count: K)
            for (place, row) in rows.enumerated() {
                for k in 0..<K { z[k] = logits[place * K + k] }
                let weight = weights[labels[row]]
                weightSum += weight
                value += weight * MultinomialLoss.gradient(logits: &z, label: labels[row])
                for k in 0..<K { gradient[place * K + k] = weight * z[k] }
            }
        case .binaryCrossEntropy(let targets, let posWeights):
            weightSum = Double(logits.count)
            for (place, row) in rows.enumerated() {
                for k in 0..<K {
                    let z = logits[place * K + k]
                    let isPositive = targets[row, k]
                    let weight = isPositive ? posWeights[k] : 1
                    value += weight * LogisticLoss.value(logit: z, isPositive: isPositive)
                    gradient[place * K + k] = weight * LogisticLoss.gradient(logit: z, isPositive: isPositive)
                }
            }
        }
        for i in gradient.indices { gradient[i] /= weightSum }
        return (value / weightSum, gradient)
    }
}
