import Labels

/// The loss of one row by its logits z of K classes and its class y: log Σ exp(z) - z_y.
enum MultinomialLoss {
    /// Turns logits into the loss's gradient by them, softmax(z) - onehot(y), and returns the loss.
    static func gradient(logits z: inout [Double], label: Int) -> Double {
        let logit = z[label]
        let logSum = z.withUnsafeMutableBufferPointer { applySoftmax(to: $0) }
        z[label] -= 1
        return logSum - logit
    }
}
