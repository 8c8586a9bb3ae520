/// Where the compound score of a text makes it negative, neutral or positive.
public struct PolarityThresholds: Equatable, Codable, Sendable {
    /// The three classes, in the order of their indices.
    public static let labels = ["negative", "neutral", "positive"]

    /// A compound of at most this is negative.
    public let negative: Double
    /// A compound of at least this is positive.
    public let positive: Double

    /// By default the thresholds that VADER's authors recommend.
    /// - Precondition: `negative` < `positive`.
    public init(negative: Double = -0.05, positive: Double = 0.05) {
        precondition(negative < positive)
        self.negative = negative
        self.positive = positive
    }

    /// The index in `labels` of what the compound score, as rounded, makes a text.
    public func label(of polarity: Polarity) -> Int {
        polarity.compound >= positive ? 2 : polarity.compound <= negative ? 0 : 1
    }
}
