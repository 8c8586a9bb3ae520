/// A share of cases, such as of texts whose label changed, with its 95% interval.
///
/// The interval is Wilson's (E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of
/// the American Statistical Association 22, 1927): all shares from which the one that was seen is less than 1.96 standard
/// errors away. Unlike the share plus and minus 1.96 of its own errors it holds for few cases and for shares near 0 and 1, and
/// it never leaves 0 to 1. Cases are taken to be independent of each other.
public struct Proportion: Encodable, Equatable, Sendable {
    public let count: Int
    public let total: Int

    /// - Precondition: 0 <= `count` <= `total`.
    public init(_ count: Int, of total: Int) {
        precondition((0...total).contains(count))
        (self.count, self.total) = (count, total)
    }

    /// Nil where there are no cases.
    public var share: Double? { total == 0 ? nil : Double(count) / Double(total) }

    /// Nil where there are no cases.
    public var interval: ClosedRange<Double>? {
        if total == 0 { return nil }
        let (k, n, z) = (Double(count), Double(total), Proportion.standardErrors)
        let center = k + z * z / 2
        let half = z * (k * (n - k) / n + z * z / 4).squareRoot()
        let low = count == 0 ? 0 : (center - half) / (n + z * z)
        let high = count == total ? 1 : (center + half) / (n + z * z)
        return low...high
    }

    /// Of 95% of a normal distribution: 1.95996.
    private static let standardErrors = criticalValue(of: 0.05, normalTwoSidedTail)

    private enum CodingKeys: String, CodingKey {
        case count, total, share, low, high
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(count, forKey: .count)
        try container.encode(total, forKey: .total)
        try container.encode(share, forKey: .share)
        try container.encode(interval?.lowerBound, forKey: .low)
        try container.encode(interval?.upperBound, forKey: .high)
    }
}
