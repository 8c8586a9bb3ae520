/// Wilcoxon's signed-rank test: whether two contestants' scores over datasets differ (Wilcoxon 1945).
///
/// Differences of 0 are left out. The others are ranked by their size, equals sharing the mean of their ranks; W+ and W- are
/// the sums of the ranks of positive and negative ones. As SciPy chooses by default, p is exact for up to 50 differences none
/// of which is 0 or equals another in size, and for up to 13 of any kind; otherwise by the normal approximation, with the
/// variance corrected for ties and without a continuity correction.
///
/// Unlike SciPy, there is no p where all differences are 0: SciPy says 1 for up to 13 of them and NaN for more.
public struct WilcoxonSignedRank: Codable, Equatable, Sendable {
    public enum Method: String, Codable, Sendable { case exact, normal }

    /// Differences other than 0.
    public let count: Int
    /// W+.
    public let positiveRanks: Double
    /// W-.
    public let negativeRanks: Double
    public let method: Method
    /// Two-sided.
    public let pValue: Double

    private enum CodingKeys: String, CodingKey {
        case count, method
        case positiveRanks = "positive_ranks"
        case negativeRanks = "negative_ranks"
        case pValue = "p_value"
    }

    /// The smaller of the two sums of ranks, which is what tables list.
    public var statistic: Double { min(positiveRanks, negativeRanks) }

    /// Up to so many differences have an exact p if no two are alike.
    private static let maxExact = 50
    /// Up to so many have one whatever they are.
    private static let maxExactWithTies = 13

    /// - Returns: Nil if no difference is other than 0.
    public init?(differences: [Double]) {
        let d = differences.filter { $0 != 0 }
        if d.isEmpty { return nil }
        let ranks = MidRanks(d.map(abs))
        let positive = zip(d, ranks.doubled).reduce(0) { $0 + ($1.0 > 0 ? $1.1 : 0) }
        let all = d.count * (d.count + 1)
        count = d.count
        positiveRanks = Double(positive) / 2
        negativeRanks = Double(all - positive) / 2
        let areDistinct = d.count == differences.count && ranks.tieSizes.isEmpty
        if differences.count <= (areDistinct ? Self.maxExact : Self.maxExactWithTies) {
            method = .exact
            pValue = Self.exactPValue(positive: positive, doubledRanks: ranks.doubled)
        } else {
            method = .normal
            let n = Double(d.count)
            let variance = (n * (n + 1) * (2 * n + 1) - Double(ranks.tieCorrection) / 2) / 24
            pValue = normalTwoSidedTail((positiveRanks - n * (n + 1) / 4) / variance.squareRoot())
        }
    }

    /// 2 min(P(W+ <= w), P(W+ >= w)), at most 1, every sign being as likely.
    ///
    /// Chances are multiples of 2^-n, so for up to 52 differences every sum of them is exact.
    private static func exactPValue(positive: Int, doubledRanks: [Int]) -> Double {
        var chances = [1.0]
        for rank in doubledRanks {
            var next = Array(repeating: 0.0, count: chances.count + rank)
            for (sum, chance) in chances.enumerated() where chance > 0 {
                next[sum] += chance / 2
                next[sum + rank] += chance / 2
            }
            chances = next
        }
        let below = chances[...positive].reduce(0, +)
        let above = chances[positive...].reduce(0, +)
        return min(1, 2 * min(below, above))
    }
}
