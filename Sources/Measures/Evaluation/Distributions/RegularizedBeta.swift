import Foundation

/// The regularized incomplete beta function I_x(a, b): the chance that a beta variable is at most x.
///
/// By its continued fraction (DLMF 8.17.22), on that side of the mean where it converges quickly. For a, b up to some
/// thousands its absolute error is below 1e-12.
///
/// - Parameter complement: 1 - x, apart, so that neither of the two loses digits.
/// - Precondition: `a`, `b` > 0; x and its complement are in 0...1.
func regularizedBeta(_ x: Double, complement: Double, _ a: Double, _ b: Double) -> Double {
    precondition(a > 0 && b > 0 && (0...1).contains(x) && (0...1).contains(complement))
    if x == 0 { return 0 }
    if complement == 0 { return 1 }
    let isAboveMean = x > (a + 1) / (a + b + 2)
    let value =
        isAboveMean
        ? 1 - betaFraction(complement, complement: x, b, a) : betaFraction(x, complement: complement, a, b)
    return min(1, max(0, value))
}

/// I_x(a, b) for x up to about the mean.
private func betaFraction(_ x: Double, complement y: Double, _ a: Double, _ b: Double) -> Double {
    let logX = x > 0.5 ? log1p(-y) : log(x)
    let logY = y > 0.5 ? log1p(-x) : log(y)
    let front = exp(a * logX + b * logY + logGamma(a + b) - logGamma(a) - logGamma(b)) / a
    return front
        * continuedFraction { n in
            if n == 1 { return (1, 1) }
            let m = Double((n - 1) / 2)
            if n.isMultiple(of: 2) {
                return (-(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)), 1)
            }
            return (m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)), 1)
        }
}

/// The chance that an F variable exceeds `f`.
///
/// - Precondition: Both degrees of freedom > 0, `f` >= 0 and finite.
package func fTail(_ f: Double, _ numerator: Double, _ denominator: Double) -> Double {
    precondition(f >= 0 && f.isFinite)
    let sum = denominator + numerator * f
    return regularizedBeta(
        denominator / sum, complement: numerator * f / sum, denominator / 2, numerator / 2)
}
