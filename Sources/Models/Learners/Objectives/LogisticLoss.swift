import Labels

/// The loss of one row by its logit z and whether it is positive: log(1 + exp(z)) - y z.
package enum LogisticLoss {
    /// Without overflow or cancellation at any z.
    package static func value(logit z: Double, isPositive: Bool) -> Double {
        // log(1 + exp(z)) - z = log(1 + exp(-z))
        softplus(isPositive ? -z : z)
    }

    /// The derivative by z: 1 / (1 + exp(-z)) - y.
    package static func gradient(logit z: Double, isPositive: Bool) -> Double {
        isPositive ? -sigmoid(-z) : sigmoid(z)
    }
}
