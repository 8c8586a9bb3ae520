/// Student's t distribution.
package struct StudentT: Sendable {
    package let degreesOfFreedom: Double

    /// From so many degrees of freedom on it is taken for the normal distribution: the tails differ by less than 1e-7.
    private static let normalFrom = 1e7

    /// - Precondition: `degreesOfFreedom` > 0; it may be infinite.
    package init(degreesOfFreedom: Double) {
        precondition(degreesOfFreedom > 0)
        self.degreesOfFreedom = degreesOfFreedom
    }

    /// The chance of a value further from 0 than `t`.
    package func twoSidedTail(_ t: Double) -> Double {
        if degreesOfFreedom >= StudentT.normalFrom { return normalTwoSidedTail(t) }
        let (v, square) = (degreesOfFreedom, t * t)
        if !square.isFinite { return 0 }
        return regularizedBeta(v / (v + square), complement: square / (v + square), v / 2, 0.5)
    }

    /// The value that is exceeded, on both sides together, with the chance `level`.
    package func critical(level: Double) -> Double { criticalValue(of: level, twoSidedTail) }
}
