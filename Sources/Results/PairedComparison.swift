import Evaluation
import Labels

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

extension PairedComparison {
    /// Tests each of `pairs`, and corrects for all of them together.
    ///
    /// - Parameter drawn: The ranking's metric on resamples, if it is to be had. Shape: [contestants][draws].
    static func all(
        _ ranked: [ScoredPredictions], metric: MetricName, pairs: [(Int, Int)], resampling: PairedResampling,
        drawn: [[Double]]?
    ) -> [PairedComparison] {
        let pValues = resampling.randomization(metric, pairs: pairs)
        let scores = ranked.map { $0.test.scorecard(isProbabilistic: $0.isProbabilistic)[metric] }
        let isRight = ranked.map { contestant in
            contestant.test.ids.indices.map {
                contestant.test.predicted.labels(ofRow: $0) == contestant.test.gold.labels(ofRow: $0)
            }
        }
        var comparisons = pairs.enumerated().map { index, pair in
            let (a, b) = pair
            let onlyFirst = isRight[a].indices.count { isRight[a][$0] && !isRight[b][$0] }
            let onlySecond = isRight[a].indices.count { !isRight[a][$0] && isRight[b][$0] }
            let difference = scores[a].flatMap { x in scores[b].map { x - $0 } }
            return PairedComparison(
                first: ranked[a].id, second: ranked[b].id, difference: difference,
                interval: drawn.flatMap { drawn in
                    Interval(percentilesOf: zip(drawn[a], drawn[b]).map { $0 - $1 })
                },
                pValue: pValues[index], onlyFirstRight: onlyFirst, onlySecondRight: onlySecond,
                mcNemar: Evaluation.mcNemar(onlyFirstRight: onlyFirst, onlySecondRight: onlySecond),
                adjustedMcNemar: 1)
        }
        let adjusted = holm(pValues)
        let adjustedMcNemar = holm(comparisons.map(\.mcNemar))
        for index in comparisons.indices {
            comparisons[index].adjustedPValue = adjusted[index]
            comparisons[index].adjustedMcNemar = adjustedMcNemar[index] ?? 1
        }
        return comparisons
    }
}
