import Foundation

/// A score of a row's logits, which says how much speaks for a label, with its derivative by each logit.
///
/// Where the label has a probability p, the score is its log-odds log(p / (1 - p)).
package enum LogitScore: Sendable {
    /// z of the label: the log-odds where p = sigmoid(z).
    case logit(Int)
    /// -z: the log-odds of the other label of two where p = sigmoid(z).
    case opposite(Int)
    /// z - log Σ exp(z) of the other labels: the log-odds where p is the softmax of all.
    case againstOthers(Int)
    /// log sigmoid(z) - log Σ sigmoid(z) of the other labels: the log-odds where p is sigmoid(z) divided by the sum over all.
    case amongSigmoids(Int)

    /// That of a network's logits, of a kind of labels.
    package static func logOdds(of label: Int, _ kind: LabelKind) -> LogitScore {
        kind == .multilabel ? .logit(label) : .againstOthers(label)
    }

    /// The score of a row, and its derivatives. Shapes: [K] to [K].
    package func of(_ z: [Double]) -> (value: Double, derivative: [Double]) {
        var derivative = [Double](repeating: 0, count: z.count)
        switch self {
        case .logit(let k):
            derivative[k] = 1
            return (z[k], derivative)
        case .opposite(let k):
            derivative[k] = -1
            return (-z[k], derivative)
        case .againstOthers(let k):
            let others = logSumExp(z.indices.filter { $0 != k }.map { z[$0] })
            for j in z.indices { derivative[j] = j == k ? 1 : -exp(z[j] - others) }
            return (z[k] - others, derivative)
        case .amongSigmoids(let k):
            // log sigmoid(z) = -softplus(-z), whose derivative is sigmoid(-z).
            let logs = z.map { -softplus(-$0) }
            let others = logSumExp(z.indices.filter { $0 != k }.map { logs[$0] })
            for j in z.indices {
                derivative[j] = j == k ? sigmoid(-z[k]) : -exp(logs[j] - others) * sigmoid(-z[j])
            }
            return (logs[k] - others, derivative)
        }
    }
}
