import Foundation

/// The loss of one row by its logit z and whether it is positive: log(1 + exp(z)) - y z.
package enum LogisticLoss {
    /// Without overflow or cancellation at any z.
    package static func value(logit z: Double, isPositive: Bool) -> Double {
        // log(1 + exp(z)) - z = log(1 + exp(-z))
        let t = isPositive ? -z : z
        return max(t, 0) + log1p(exp(-abs(t)))
    }

    /// The derivative by z: 1 / (1 + exp(-z)) - y.
    package static func gradient(logit z: Double, isPositive: Bool) -> Double {
        let t = isPositive ? -z : z
        let e = exp(-abs(t))
        let p = t >= 0 ? 1 / (1 + e) : e / (1 + e)
        return isPositive ? -p : p
    }
}

/// The loss of one row by its logits z of K classes and its class y: log Σ exp(z) - z_y.
enum MultinomialLoss {
    /// Turns logits into the loss's gradient by them, softmax(z) - onehot(y), and returns the loss.
    static func gradient(logits z: inout [Double], label: Int) -> Double {
        let top = z.max() ?? 0
        let logit = z[label]
        var sum = 0.0
        for k in z.indices {
            z[k] = exp(z[k] - top)
            sum += z[k]
        }
        for k in z.indices { z[k] /= sum }
        z[label] -= 1
        return log(sum) + top - logit
    }
}
