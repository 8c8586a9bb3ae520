import Foundation

// What logits become, in probabilities and in losses, exact and without overflow at any size.

/// 1 / (1 + exp(-z)).
package func sigmoid(_ z: Double) -> Double {
    let e = exp(-abs(z))
    return z >= 0 ? 1 / (1 + e) : e / (1 + e)
}

/// log(1 + exp(z)), without cancellation either.
package func softplus(_ z: Double) -> Double { max(z, 0) + log1p(exp(-abs(z))) }

/// log Σ exp(z) of the logits of a row.
package func logSumExp(_ z: [Double]) -> Double {
    let top = z.max() ?? 0
    return top + log(z.reduce(0) { $0 + exp($1 - top) })
}

/// Turns the logits of a row into their softmax, exp(z) / Σ exp(z).
/// - Returns: log Σ exp(z).
package func applySoftmax(to z: UnsafeMutableBufferPointer<Double>) -> Double {
    let top = z.max() ?? 0
    var sum = 0.0
    for k in z.indices {
        z[k] = exp(z[k] - top)
        sum += z[k]
    }
    for k in z.indices { z[k] /= sum }
    return log(sum) + top
}
