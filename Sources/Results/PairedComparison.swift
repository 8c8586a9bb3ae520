import Evaluation

/// Two contestants on the same test rows.
public struct PairedComparison: Codable, Equatable, Sendable {
    /// The better ranked of the two.
    public var first: String
    public var second: String
    /// The ranking's metric, first minus second.
    public var difference: Double?
    /// Of that difference, from the same resamples for both.
    public var interval: Interval?
    /// Approximate randomization of that difference; absent where the metric is not to be had from resamples.
    public var pValue: Double?
    /// The same, corrected by Holm for all pairs of the comparison.
    public var adjustedPValue: Double?
    /// Rows that only one of them has exactly right.
    public var onlyFirstRight: Int
    public var onlySecondRight: Int
    /// McNemar's exact test of these.
    public var mcNemar: Double
    /// The same, corrected by Holm.
    public var adjustedMcNemar: Double

    private enum CodingKeys: String, CodingKey {
        case first, second, difference, interval
        case pValue = "p_value"
        case adjustedPValue = "adjusted_p_value"
        case onlyFirstRight = "only_first_right"
        case onlySecondRight = "only_second_right"
        case mcNemar = "mcnemar_p_value"
        case adjustedMcNemar = "adjusted_mcnemar_p_value"
    }

    /// Below this chance of a false positive, in all pairs together, two contestants are told apart.
    public static let level = 0.05

    /// Whether they differ by more than chance: in the ranking's metric, or where that has no test in accuracy.
    public var areApart: Bool { (adjustedPValue ?? adjustedMcNemar) < PairedComparison.level }
}
