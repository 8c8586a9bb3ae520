import Corpora
import Evaluation

/// Contestants over the folds of cross-validation, by the ranking's metric: means with an error that heeds that folds share
/// train rows, and the corrected resampled t-test of every pair (`CorrectedMean`).
///
/// Dummies take no part in pairs. A contestant whose score is undefined on a fold takes part in nothing.
public struct FoldTests: Codable, Equatable, Sendable {
    /// Two contestants on the same folds.
    public struct Pair: Codable, Equatable, Sendable {
        /// The one with the better mean.
        public var first: String
        public var second: String
        /// First minus second.
        public var difference: CorrectedMean
        /// Of the corrected resampled t-test, two-sided; nil where the difference is the same on every fold.
        public var pValue: Double?
        /// The same, corrected by Holm for all pairs.
        public var adjustedPValue: Double?

        private enum CodingKeys: String, CodingKey {
            case first, second, difference
            case pValue = "p_value"
            case adjustedPValue = "adjusted_p_value"
        }
    }

    public var metric: MetricName
    /// q: the rows tested divided by the rows trained on, the mean over the folds.
    public var testToTrain: Double
    /// By contestant.
    public var means: [String: CorrectedMean]
    public var pairs: [Pair]

    private enum CodingKeys: String, CodingKey {
        case metric, means, pairs
        case testToTrain = "test_to_train"
    }

    /// - Parameters:
    ///   - folds: The results of each fold.
    ///   - scores: Of each contestant that is in all of them.
    /// - Returns: Nil where a fold has no train or no test rows, or there are fewer than two folds.
    init?(_ folds: [ExperimentResults], _ scores: ReplicateScores) {
        guard let first = folds.first, folds.count >= 2 else { return nil }
        let ratios = folds.compactMap { fold -> Double? in
            guard let test = fold.split[.test]?.rowCount, let train = fold.split[.train]?.rowCount, test > 0,
                train > 0
            else { return nil }
            return Double(test) / Double(train)
        }
        if ratios.count < folds.count { return nil }
        let testToTrain = ratios.reduce(0, +) / Double(ratios.count)
        let metric = first.experiment.rankBy
        var values: [String: [Double]] = [:]
        for (id, scores) in scores {
            let own = scores[metric] ?? []
            let defined = own.compactMap(\.self)
            if defined.count == folds.count { values[id] = defined }
        }
        let means = values.compactMapValues { CorrectedMean($0, testToTrain: testToTrain) }
        let compared = ranked(
            first.contestants.filter { means[$0.id] != nil && !first.isBaseline($0) }.map(\.id), by: metric
        ) { means[$0]?.mean }
        pairs = FoldComparison.all(compared.compactMap { values[$0] }, testToTrain: testToTrain).map { pair in
            Pair(
                first: compared[pair.first], second: compared[pair.second], difference: pair.difference,
                pValue: pair.difference.pValue, adjustedPValue: pair.adjustedPValue)
        }
        (self.metric, self.testToTrain, self.means) = (metric, testToTrain, means)
    }
}
