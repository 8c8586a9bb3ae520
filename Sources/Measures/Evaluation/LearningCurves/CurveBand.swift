/// How the band of a learning curve's point follows from the variances of its mean.
///
/// With s^2 / R the part of the samples, estimated with R - 1 degrees of freedom, and v the part of the test rows, known well, the
/// share of the samples is l = (s^2 / R) / (s^2 / R + v). The mean is divided by its standard error, and the quotient's critical
/// value lies between z_0.975, where l is 0, and t_0.975 of R - 1 degrees of freedom, where l is 1.
public enum CurveBand: String, Codable, Sendable {
    /// t_0.975 of Satterthwaite's degrees of freedom, (R - 1) / l^2, and a band as wide above the mean as below it.
    ///
    /// An estimated share is low just where s^2 happens to be too small, so that of few samples it covers too seldom: in 88 to 96%
    /// of simulations where it should in 95%. Runs have it whose results do not say how bands were made.
    case satterthwaite
    /// The squared critical value goes from z^2 to t^2 as 3 l^2 - 2 l^3 goes from 0 to 1, and the band is Wilson's within the range
    /// of the metric.
    ///
    /// No simple critical value covers in 95% whatever the true share is. That which is right to first order has l^2 in place of
    /// this polynomial (B. L. Welch, The generalization of Student's problem when several different population variances are
    /// involved, Biometrika 34, 1947), and covers too seldom for few samples; that which has l never does for normal scores, and
    /// covers in up to 98% (W. G. Howe, Approximate confidence limits on the mean of X + Y where X and Y are two tabled independent
    /// random variables, JASA 69, 1974). This one was chosen by simulation (Tests/Oracles/Evaluation/simulate_curve_bands.py). It
    /// begins as a square, as Welch's, and comes to t^2 sooner than Howe's, as is needed where there is little but the luck of
    /// samples, whose scores are skewed. For normal scores of three samples or more it covers in 95 to 96.6%.
    ///
    /// Wilson's interval for a share (Probable inference, the law of succession, and statistical inference, JASA 22, 1927) has every
    /// value from which the mean is no further than critical by the variance that the mean would have at that value. A score is taken
    /// for a share of its range: its variance falls towards both ends of the range as p (1 - p).
    case wilson

    /// - Parameters:
    ///   - ofSamples: s^2 / R.
    ///   - R: Number of samples, at least 2.
    ///   - ofTest: v.
    ///   - range: Of the scores.
    /// - Returns: A 95% interval; of no width where both variances are 0.
    func interval(
        mean: Double, ofSamples: Double, _ R: Int, ofTest: Double, in range: ClosedRange<Double>
    ) -> (low: Double, high: Double) {
        let (variance, degrees) = (ofSamples + ofTest, Double(R - 1))
        func critical(_ degrees: Double) -> Double {
            StudentT(degreesOfFreedom: degrees).critical(level: 0.05)
        }
        switch self {
        case .satterthwaite:
            let own = ofSamples > 0 ? variance * variance * degrees / (ofSamples * ofSamples) : .infinity
            let reach = critical(own) * variance.squareRoot()
            return (mean - reach, mean + reach)
        case .wilson:
            let share = variance > 0 ? ofSamples / variance : 0
            let (least, most) = (critical(.infinity), critical(degrees))
            let squared = least * least + (most * most - least * least) * share * share * (3 - 2 * share)
            return wilsonInterval(mean, squaredReach: squared * variance, in: range)
        }
    }

    /// Of the test rows alone.
    func interval(mean: Double, ofTest variance: Double, in range: ClosedRange<Double>) -> (
        low: Double, high: Double
    ) {
        interval(mean: mean, ofSamples: 0, 2, ofTest: variance, in: range)
    }
}

/// Every value within the range whose distance from the mean is at most the reach that the mean would have if it were that value,
/// where reach^2 grows as (x - range.lowerBound) (range.upperBound - x); of an unbounded range mean -+ reach.
private func wilsonInterval(
    _ mean: Double, squaredReach: Double, in range: ClosedRange<Double>
) -> (low: Double, high: Double) {
    let (below, above) = (mean - range.lowerBound, range.upperBound - mean)
    let reach = squaredReach.squareRoot()
    let isBounded = [range.lowerBound, range.upperBound].allSatisfy { abs($0) < .greatestFiniteMagnitude }
    guard isBounded, below > 0, above > 0 else { return (mean - reach, mean + reach) }
    // (x - mean)^2 = q (x - lower) (upper - x), with q the squared reach over the same product at the mean; in d = x - mean:
    // (1 + q) d^2 - q (above - below) d - squaredReach = 0.
    let q = squaredReach / (below * above)
    let middle = q * (above - below) / 2
    let root = (middle * middle + (1 + q) * squaredReach).squareRoot()
    return (
        max(range.lowerBound, mean + (middle - root) / (1 + q)),
        min(range.upperBound, mean + (middle + root) / (1 + q))
    )
}
