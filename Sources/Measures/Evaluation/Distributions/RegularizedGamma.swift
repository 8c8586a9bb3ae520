import Foundation

/// The regularized upper incomplete gamma function Q(a, x): the chance that a gamma variable of shape a exceeds x.
///
/// By its series below the mean (DLMF 8.11.4), by its continued fraction above it (DLMF 8.9.2). For a up to some thousands
/// its absolute error is below 1e-12.
///
/// - Precondition: `a` > 0, `x` >= 0.
func upperGamma(_ a: Double, _ x: Double) -> Double {
    precondition(a > 0 && x >= 0)
    if x == 0 { return 1 }
    // x^a e^-x / Gamma(a)
    let front = exp(a * log(x) - x - logGamma(a))
    if x < a + 1 {
        var (term, sum) = (1 / a, 1 / a)
        var n = 1.0
        while term > sum * 0x1p-53 {
            term *= x / (a + n)
            sum += term
            n += 1
        }
        return max(0, 1 - front * sum)
    }
    return front
        * continuedFraction { n in
            let n = Double(n)
            return (n == 1 ? 1 : -(n - 1) * (n - 1 - a), x + 2 * n - 1 - a)
        }
}

/// The chance that a chi-squared variable exceeds `x`.
///
/// - Precondition: `degreesOfFreedom` > 0, `x` >= 0.
package func chiSquaredTail(_ x: Double, degreesOfFreedom: Double) -> Double {
    upperGamma(degreesOfFreedom / 2, x / 2)
}
