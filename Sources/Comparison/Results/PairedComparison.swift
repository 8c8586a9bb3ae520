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

    /// Whether the ranking's metric has a test; where it has none, the rows that are exactly right decide.
    public var isTestedByMetric: Bool { adjustedPValue != nil }

    /// Whether they differ by more than chance: in the ranking's metric, or where that has no test in exactly right rows.
    public var areApart: Bool { (adjustedPValue ?? adjustedMcNemar) < PairedComparison.level }

    /// Whether McNemar's test of the exactly right rows says otherwise than the test of the ranking's metric.
    public var testsDisagree: Bool {
        isTestedByMetric && areApart != (adjustedMcNemar < PairedComparison.level)
    }
}

/// Paired tests of contestants that are ranked by a metric.
struct PairedTests {
    private let ids: [String]
    private let metric: MetricName
    private let resampling: PairedResampling
    /// The ranking's metric on resamples, where it is to be had. Shape: [contestants][draws].
    private let drawn: [[Double]]?
    /// The mean over seeds; nil where it is undefined under one of them.
    private let scores: [Double?]
    /// Which rows are exactly right; under several seeds those that are by more than half of them. Shape: [contestants][N].
    private let isRight: [[Bool]]

    init(
        _ ranked: [ScoredPredictions], metric: MetricName, resampling: PairedResampling, drawn: [[Double]]?
    ) {
        ids = ranked.map(\.id)
        self.metric = metric
        self.resampling = resampling
        self.drawn = drawn
        scores = ranked.map { $0.mean(metric) }
        isRight = ranked.map { contestant in
            let seeds = contestant.seeds
            return contestant.test.ids.indices.map { row in
                2 * seeds.count { $0.predicted.labels(ofRow: row) == $0.gold.labels(ofRow: row) }
                    > seeds.count
            }
        }
    }

    /// The pairs of a family, and each contestant that is no baseline against the best ranked baseline; nil without one.
    func comparisons(
        of family: ComparisonFamily, _ ranked: [ScoredPredictions]
    ) -> ([PairedComparison], [PairedComparison]?) {
        let compared = ranked.indices.filter { !ranked[$0].isBaseline }
        let all = eachPair(of: compared)
        let baseline = ranked.indices.first { ranked[$0].isBaseline && scores[$0] != nil }
        var own = all
        if let reference = family.reference, family.chosenOn != .test {
            own =
                ranked.indices.first { ids[$0] == reference }.map { reference in
                    compared.filter { $0 != reference }.map { (min($0, reference), max($0, reference)) }
                } ?? []
        }
        let againstBaseline = baseline.map { baseline in
            compared.map { (min($0, baseline), max($0, baseline)) }
        }
        // One pass over the draws serves both.
        let tested = comparisons(of: own + (againstBaseline ?? []), families: [own.count])
        var first = Array(tested.prefix(own.count))
        if let reference = family.reference {
            first = first.filter { $0.first == reference || $0.second == reference }
        }
        return (first, againstBaseline.map { _ in Array(tested.dropFirst(own.count)) })
    }

    /// Tests each of `pairs`, the better ranked of each first.
    ///
    /// - Parameter families: Where a family of tests ends that is corrected by itself; the end of all is one.
    func comparisons(of pairs: [(Int, Int)], families: [Int] = []) -> [PairedComparison] {
        let pValues = resampling.randomization(metric, pairs: pairs)
        var comparisons = pairs.enumerated().map { index, pair in
            let (a, b) = pair
            let onlyFirst = isRight[a].indices.count { isRight[a][$0] && !isRight[b][$0] }
            let onlySecond = isRight[a].indices.count { !isRight[a][$0] && isRight[b][$0] }
            let difference = scores[a].flatMap { x in scores[b].map { x - $0 } }
            return PairedComparison(
                first: ids[a], second: ids[b], difference: difference,
                interval: drawn.flatMap { drawn in
                    Interval(percentilesOf: zip(drawn[a], drawn[b]).map { $0 - $1 })
                },
                pValue: pValues[index], onlyFirstRight: onlyFirst, onlySecondRight: onlySecond,
                mcNemar: Evaluation.mcNemar(onlyFirstRight: onlyFirst, onlySecondRight: onlySecond),
                adjustedMcNemar: 1)
        }
        var start = 0
        for end in families + [pairs.count] {
            let adjusted = holm(Array(pValues[start..<end]))
            let adjustedMcNemar = holm(comparisons[start..<end].map(\.mcNemar))
            for index in start..<end {
                comparisons[index].adjustedPValue = adjusted[index - start]
                comparisons[index].adjustedMcNemar = adjustedMcNemar[index - start] ?? 1
            }
            start = end
        }
        return comparisons
    }
}

/// Each two of the contestants, the better ranked first.
func eachPair(of contestants: [Int]) -> [(Int, Int)] {
    contestants.flatMap { i in contestants.filter { $0 > i }.map { (i, $0) } }
}

extension ScoredPredictions {
    /// The mean over seeds; nil where it is undefined under one of them.
    func mean(_ metric: MetricName) -> Double? {
        Results.mean(seeds.map { $0.scorecard(isProbabilistic: isProbabilistic)[metric] })
    }
}

/// The mean of values that are all defined.
func mean(_ values: [Double?]) -> Double? {
    let defined = values.compactMap(\.self)
    if defined.isEmpty || defined.count < values.count { return nil }
    return defined.reduce(0, +) / Double(defined.count)
}
