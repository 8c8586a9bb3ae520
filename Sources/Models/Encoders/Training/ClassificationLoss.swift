import Foundation
import Labels
import LinearAlgebra

/// The loss of a batch's logits, as PyTorch computes it, and its gradient. Stable at any logit.
public enum ClassificationLoss: Equatable, Sendable {
    /// Of one class a row: with weights w and label smoothing s,
    /// ((1 - s) Σᵢ -w[yᵢ] log p[i, yᵢ] + s / K Σᵢ Σₖ -w[k] log p[i, k]) / Σᵢ w[yᵢ], where p = softmax(logits).
    ///
    /// PyTorch's `CrossEntropyLoss`. Shape of the weights: [K].
    case crossEntropy(classWeights: [Double], smoothing: Double)
    /// Of a set of labels a row: the mean over all N x K cells of -(w[k] y log σ(z) + (1 - y) log (1 - σ(z))).
    ///
    /// PyTorch's `BCEWithLogitsLoss` with `pos_weight` w. Shape of the weights: [K].
    case binaryCrossEntropy(positiveWeights: [Double])
    /// The focal loss (Lin et al. 2017) of one class a row: Σᵢ -w[yᵢ] (1 - p[i, yᵢ])^γ log p[i, yᵢ] / Σᵢ w[yᵢ], where
    /// p = softmax(logits).
    ///
    /// Divided as cross-entropy is, which it equals at γ = 0. Shape of the weights: [K].
    case focal(classWeights: [Double], gamma: Double)
    /// The focal loss of a set of labels a row: the mean over all N x K cells of
    /// -(w[k] y (1 - σ(z))^γ log σ(z) + (1 - y) σ(z)^γ log (1 - σ(z))).
    ///
    /// Binary cross-entropy at γ = 0. Shape of the weights: [K].
    case binaryFocal(positiveWeights: [Double], gamma: Double)
    /// The asymmetric loss (Ridnik et al. 2021) of a set of labels a row: the mean over all N x K cells of
    /// -(y (1 - p)^γ+ log p + (1 - y) pₘ^γ- log (1 - pₘ)), where p = σ(z) and pₘ = max(p - m, 0).
    ///
    /// The published code sums where this takes the mean, so that the learning rate and the limit of the gradient norm mean
    /// what they do for the other losses. It also takes no logarithm of less than 1e-8; here there is no such bound.
    case asymmetric(AsymmetricFocusing)

    /// - Parameters:
    ///   - logits: Shape: [B, K].
    ///   - targets: Classes for a loss of one class a row, sets for the others; B rows.
    ///   - scale: The gradient is multiplied by it, the loss is not.
    ///   - dLogits: Overwritten. Shape: [B, K].
    public func value(
        _ logits: FloatRows, _ targets: Targets, scale: Double = 1, gradient dLogits: FloatRows
    ) -> Double {
        precondition(targets.count == logits.rows && dLogits.rows == logits.rows)
        precondition(dLogits.columns == logits.columns)
        switch (self, targets) {
        case (.crossEntropy(let weights, let smoothing), .classes(let classes)):
            return crossEntropy(logits, classes, weights, smoothing, scale, dLogits)
        case (.binaryCrossEntropy(let weights), .sets(let sets)):
            return binaryCrossEntropy(logits, sets, weights, scale, dLogits)
        case (.focal(let weights, let gamma), .classes(let classes)):
            return focal(logits, classes, weights, gamma: gamma, scale, dLogits)
        case (.binaryFocal(let weights, let gamma), .sets(let sets)):
            return cells(logits, sets, scale, dLogits) { FocusedCellLoss(gamma: gamma, weight: weights[$0]) }
        case (.asymmetric(let focusing), .sets(let sets)):
            return cells(logits, sets, scale, dLogits) { _ in FocusedCellLoss(focusing) }
        case (.crossEntropy, .sets), (.focal, .sets), (.binaryCrossEntropy, .classes),
            (.binaryFocal, .classes), (.asymmetric, .classes):
            preconditionFailure("a loss of another kind of labels")
        }
    }

    /// The loss of logits that are not trained on.
    public func value(_ logits: Logits, _ targets: Targets) -> Double {
        let (rows, K) = (logits.rowCount, logits.labelCount)
        let z = FloatBuffer(logits.values.map { Float($0) })
        let dZ = FloatBuffer(count: rows * K)
        return withExtendedLifetime((z, dZ)) {
            value(
                FloatRows(z.pointer, rows: rows, columns: K, stride: K), targets,
                gradient: FloatRows(dZ.pointer, rows: rows, columns: K, stride: K))
        }
    }

    /// With t[i, k] = (1 - s) w[k] (k = yᵢ) + s w[k] / K, the loss is Σ -t log p / W and
    /// dLogits[i, k] = (p[i, k] Σⱼ t[i, j] - t[i, k]) / W.
    private func crossEntropy(
        _ logits: FloatRows, _ classes: [Int], _ weights: [Double], _ smoothing: Double, _ scale: Double,
        _ dLogits: FloatRows
    ) -> Double {
        let K = logits.columns
        let whole = classes.reduce(0) { $0 + weights[$1] }
        let smooth = weights.map { smoothing * $0 / Double(K) }
        var loss = 0.0
        for (row, label) in classes.enumerated() {
            let z = (0..<K).map { Double(logits[row][$0]) }
            let logSum = logSumExp(z)
            var shares = smooth
            shares[label] += (1 - smoothing) * weights[label]
            let sum = shares.reduce(0, +)
            for k in 0..<K {
                let logProbability = z[k] - logSum
                loss -= shares[k] * logProbability / whole
                dLogits[row][k] = Float(scale * (exp(logProbability) * sum - shares[k]) / whole)
            }
        }
        return loss
    }

    /// dLogits = (σ(z) (1 + (w - 1) y) - w y) / (B K).
    private func binaryCrossEntropy(
        _ logits: FloatRows, _ sets: IndicatorMatrix, _ weights: [Double], _ scale: Double,
        _ dLogits: FloatRows
    ) -> Double {
        let (B, K) = (logits.rows, logits.columns)
        let share = 1 / Double(B * K)
        var loss = 0.0
        for row in 0..<B {
            for k in 0..<K {
                let z = Double(logits[row][k])
                if sets[row, k] {
                    loss += weights[k] * softplus(-z) * share
                    dLogits[row][k] = Float(scale * weights[k] * (sigmoid(z) - 1) * share)
                } else {
                    loss += softplus(z) * share
                    dLogits[row][k] = Float(scale * sigmoid(z) * share)
                }
            }
        }
        return loss
    }
}
