/// The `share`-quantile of ascending values, linear between two of them (NumPy's default); nil without values.
package func quantile(_ share: Double, ofSorted values: [Double]) -> Double? {
    guard let last = values.indices.last else { return nil }
    let place = share * Double(last)
    let below = Int(place)
    if below >= last { return values[last] }
    let (low, high) = (values[below], values[below + 1])
    let t = place - Double(below)
    // NumPy's own way to interpolate, exact at both ends.
    return t < 0.5 ? low + (high - low) * t : high - (high - low) * (1 - t)
}

/// Where a number could be, as resamples of the test set tell it.
public struct Interval: Codable, Equatable, Sendable {
    /// The 2.5th percentile of the resamples.
    public let low: Double
    /// The 97.5th percentile.
    public let high: Double
    /// Their standard deviation.
    public let standardError: Double

    private enum CodingKeys: String, CodingKey {
        case low, high
        case standardError = "standard_error"
    }

    /// 95% of the values lie inside; those that are NaN, because the number was undefined, are left out. Nil if all
    /// are.
    package init?(percentilesOf values: [Double]) {
        let defined = values.filter { !$0.isNaN }.sorted()
        guard let low = quantile(0.025, ofSorted: defined), let high = quantile(0.975, ofSorted: defined)
        else { return nil }
        self.low = low
        self.high = high
        let mean = defined.reduce(0, +) / Double(defined.count)
        let squares = defined.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        standardError = (squares / Double(max(1, defined.count - 1))).squareRoot()
    }

    private init(low: Double, high: Double, standardError: Double) {
        (self.low, self.high, self.standardError) = (low, high, standardError)
    }

    /// Where the number with the other sign could be.
    package var negated: Interval { Interval(low: -high, high: -low, standardError: standardError) }
}
