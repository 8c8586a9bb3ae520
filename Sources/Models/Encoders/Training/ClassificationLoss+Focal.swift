import Foundation
import Labels
import LinearAlgebra

extension ClassificationLoss {
    /// With p = softmax(logits), r = 1 - p[i, yᵢ] and u = w[yᵢ] / Σᵢ w[yᵢ], a row's loss is -u r^γ log p[i, yᵢ] and
    /// dLogits[i, k] = u (r^γ - γ r^(γ - 1) p[i, yᵢ] log p[i, yᵢ]) (p[i, k] - (k = yᵢ)).
    ///
    /// r is the sum of the other classes' probabilities, which keeps its digits where p[i, yᵢ] is near 1. Where r is 0 so are
    /// the loss and, for γ > 0, the gradient.
    func focal(
        _ logits: FloatRows, _ classes: [Int], _ weights: [Double], gamma: Double, _ scale: Double,
        _ dLogits: FloatRows
    ) -> Double {
        let K = logits.columns
        let whole = classes.reduce(0) { $0 + weights[$1] }
        var loss = 0.0
        for (row, label) in classes.enumerated() {
            let z = (0..<K).map { Double(logits[row][$0]) }
            let logSum = logSumExp(z)
            let p = z.map { exp($0 - logSum) }
            let rest = (0..<K).reduce(0) { $1 == label ? $0 : $0 + p[$1] }
            // Near 1 the probability is known best from what is missing, elsewhere from the logit.
            let logProbability = rest < 0.5 ? log1p(-rest) : z[label] - logSum
            let share = weights[label] / whole
            let focus = pow(rest, gamma)
            loss -= share * focus * logProbability
            // p -log p / r has the limit 1 where r goes to 0.
            let ratio = rest > 0 ? -p[label] * logProbability / rest : 1
            let slope = scale * share * focus * (1 + gamma * ratio)
            for k in 0..<K { dLogits[row][k] = Float(slope * (k == label ? -rest : p[k])) }
        }
        return loss
    }

    /// The mean over all N x K cells.
    /// - Parameter cell: The loss of a label's cells.
    func cells(
        _ logits: FloatRows, _ sets: IndicatorMatrix, _ scale: Double, _ dLogits: FloatRows,
        _ cell: (_ label: Int) -> FocusedCellLoss
    ) -> Double {
        let (B, K) = (logits.rows, logits.columns)
        let share = 1 / Double(B * K)
        let labels = (0..<K).map(cell)
        var loss = 0.0
        for row in 0..<B {
            for k in 0..<K {
                let (value, slope) = labels[k](Double(logits[row][k]), isPresent: sets[row, k])
                loss += value * share
                dLogits[row][k] = Float(scale * slope * share)
            }
        }
        return loss
    }
}
