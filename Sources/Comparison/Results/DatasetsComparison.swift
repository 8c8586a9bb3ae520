import Evaluation
import Foundation

/// The same contestants on several datasets: who is better in general.
///
/// Each dataset counts once, whatever its size. A function of the runs' results and stored predictions alone.
public struct DatasetsComparison: Codable, Equatable, Sendable {
    /// One dataset, with the runs on its test rows.
    public struct Dataset: Codable, Equatable, Sendable {
        /// Of the first of its runs.
        public var name: String
        public var metric: MetricName
        public var testRows: Int
        /// On test, in the order of `contestants`; under several seeds or on several folds the mean.
        public var scores: [Double]

        private enum CodingKeys: String, CodingKey {
            case name, metric, scores
            case testRows = "test_rows"
        }
    }

    /// One contestant over all datasets.
    public struct Contestant: Codable, Equatable, Sendable {
        public var id: String
        /// 1 for the best on a dataset; equals share the mean of their ranks.
        public var averageRank: Double
        /// The mean of its scores, each normalised so that the worst contestant on that dataset has 0 and the best 1. Datasets on
        /// which all have the same score are left out; nil where there are no others.
        public var normalizedScore: Double?
        /// Its pairs on all datasets by each dataset's own test.
        public var outcomes: Outcomes

        private enum CodingKeys: String, CodingKey {
            case id, outcomes
            case averageRank = "average_rank"
            case normalizedScore = "normalized_score"
        }
    }

    /// How often one was better than another by more than chance, neither was, or it was worse.
    public struct Outcomes: Codable, Equatable, Sendable {
        public var wins = 0
        public var ties = 0
        public var losses = 0
    }

    /// Two contestants over all datasets.
    public struct Pair: Codable, Equatable, Sendable {
        /// The one with the better average rank.
        public var first: String
        public var second: String
        /// The mean over datasets, first minus second.
        public var meanDifference: Double
        /// Of the differences; nil where they are all 0.
        public var wilcoxon: WilcoxonSignedRank?
        /// Its p, corrected by Holm for all pairs.
        public var adjustedPValue: Double?
        /// Nemenyi's; nil for fewer than three contestants.
        public var nemenyiPValue: Double?
        /// Of the first, dataset by dataset.
        public var outcomes: Outcomes

        private enum CodingKeys: String, CodingKey {
            case first, second, wilcoxon, outcomes
            case meanDifference = "mean_difference"
            case adjustedPValue = "adjusted_p_value"
            case nemenyiPValue = "nemenyi_p_value"
        }
    }

    /// The best average rank first.
    public var contestants: [Contestant]
    public var datasets: [Dataset]
    /// Nil for fewer than three contestants, and where all are equal everywhere.
    public var friedman: FriedmanTest?
    /// Average ranks that differ by as much are told apart, by Nemenyi's test; nil where there is no Friedman's.
    public var criticalDifference: Double?
    /// All pairs, in the order of `contestants`.
    public var pairs: [Pair]
    /// Who or what was left out, and what does not compare.
    public var notices: [String]

    private enum CodingKeys: String, CodingKey {
        case contestants, datasets, friedman, pairs, notices
        case criticalDifference = "critical_difference"
    }

    /// Whether the datasets are scored by different metrics, so that their differences are of different kinds.
    public var hasSeveralMetrics: Bool { Set(datasets.map(\.metric)).count > 1 }

    /// Neighbours by average rank that Nemenyi's test does not tell apart, as ranges of places from 0.
    package var groups: [ClosedRange<Int>] {
        guard let criticalDifference else { return [] }
        return tieGroups(count: contestants.count) {
            contestants[$1].averageRank - contestants[$0].averageRank >= criticalDifference
        }
    }
}

extension DatasetsComparison {
    /// Compares what runs on different datasets share.
    ///
    /// - Parameter metric: That all are scored by; nil for each dataset's own, by which its first run is ranked.
    /// - Returns: Nil unless two datasets or more share two contestants or more, baselines aside.
    /// - Throws: `ResultsError.noSuchMetric` for a metric that a dataset does not have; what reading stored predictions throws.
    public init?(_ runs: [ComparedRun], metric: MetricName? = nil) throws {
        let (tests, otherSplits) = SharedTest.onePerDataset(runs, metric: metric)
        if tests.count < 2 { return nil }
        for test in tests { try test.checkMetric() }
        let shared = SharedContestants(tests)
        let (ids, count) = (shared.ids, tests.count)
        if ids.count < 2 { return nil }
        // Shape: [datasets][contestants], the higher the better.
        let table = zip(tests, shared.scores).map { test, scores in scores.map(test.metric.direction.score) }
        let outcomes = try tests.map { try $0.outcomes(ids) }
        let normalizedByDataset = table.map(Self.normalized)
        let normalized = normalizedByDataset.compactMap(\.self)
        let ranks = averageRanks(table)
        let order = ids.indices.sorted { (ranks[$0], $0) < (ranks[$1], $1) }
        datasets = zip(tests, shared.scores).map { test, scores in
            Dataset(
                name: test.name, metric: test.metric, testRows: test.testRows,
                scores: order.map { scores[$0] })
        }
        contestants = order.map { place in
            Contestant(
                id: ids[place], averageRank: ranks[place],
                normalizedScore: normalized.isEmpty
                    ? nil : normalized.reduce(0) { $0 + $1[place] } / Double(normalized.count),
                outcomes: ids.indices.reduce(into: Outcomes()) { sum, other in
                    for dataset in outcomes where other != place { sum.add(dataset[place][other]) }
                })
        }
        friedman = FriedmanTest(scores: table)
        let nemenyi = friedman.map { NemenyiTest(contestants: $0.contestants, datasets: $0.datasets) }
        criticalDifference = nemenyi?.criticalDifference(level: PairedComparison.level)
        pairs = order.indices.flatMap { place in
            order[(place + 1)...].map { second in
                let first = order[place]
                let differences = table.map { Self.difference($0[first], $0[second]) }
                return Pair(
                    first: ids[first], second: ids[second],
                    meanDifference: zip(tests, shared.scores).reduce(0) { sum, dataset in
                        sum + dataset.1[first] - dataset.1[second]
                    } / Double(count),
                    wilcoxon: WilcoxonSignedRank(differences: differences),
                    nemenyiPValue: nemenyi?.pValue(rankDifference: ranks[first] - ranks[second]),
                    outcomes: outcomes.reduce(into: Outcomes()) { $0.add($1[first][second]) })
            }
        }
        let adjusted = holm(pairs.map { $0.wilcoxon?.pValue })
        for index in pairs.indices { pairs[index].adjustedPValue = adjusted[index] }
        let equal = zip(tests, normalizedByDataset).filter { $1 == nil }.map(\.0.name)
        let equalNotice =
            equal.isEmpty
            ? []
            : ["Normalised scores leave out \(equal.joined(separator: ", ")), where all have the same score."]
        notices = otherSplits + shared.notices + equalNotice
    }

    /// Scores from 0 for the worst of a dataset to 1 for the best; nil where all are equal.
    private static func normalized(_ scores: [Double]) -> [Double]? {
        guard let worst = scores.min(), let best = scores.max(), worst < best else { return nil }
        return scores.map { ($0 - worst) / (best - worst) }
    }

    /// Without the last bits, in which equal differences of different scores differ.
    private static func difference(_ first: Double, _ second: Double) -> Double {
        ((first - second) * 1e12).rounded() / 1e12
    }
}

extension DatasetsComparison.Outcomes {
    /// - Parameter outcome: Above 0 for a win, below for a loss, 0 for neither.
    fileprivate mutating func add(_ outcome: Int) {
        if outcome > 0 { wins += 1 } else if outcome < 0 { losses += 1 } else { ties += 1 }
    }
}

/// The contestants that all datasets have, in the order of the first.
private struct SharedContestants {
    var ids: [String] = []
    /// Shape: [datasets][contestants].
    var scores: [[Double]]
    var notices: [String] = []

    init(_ tests: [SharedTest]) {
        scores = tests.map { _ in [] }
        for test in tests {
            for id in test.ids where test.entries.count(where: { $0.contestant.id == id }) > 1 {
                notices.append(
                    "\(id) is in several runs on the test rows of \(test.name): that of the first counts.")
            }
        }
        let sameData = Dictionary(grouping: tests) { $0.runs[0].results.dataset.sha256 }
        for first in tests {
            let group = sameData[first.runs[0].results.dataset.sha256] ?? []
            if group.count > 1, group[0].name == first.name {
                notices.append(
                    "\(group.map(\.name).joined(separator: ", ")) are labels of the same data: the tests take datasets for independent."
                )
            }
        }
        if Set(tests.map(\.metric)).count > 1 {
            notices.append(
                "Datasets are scored by different metrics ("
                    + tests.map { "\($0.name): \($0.metric.readableName)" }.joined(separator: ", ")
                    + "), so that mean differences mix them.")
        }
        for id in tests[0].ids {
            let entries = tests.map { $0[id] }
            let missing = zip(tests, entries).filter { $0.1 == nil }.map(\.0.name)
            if !missing.isEmpty {
                notices.append("\(id) is left out, as it is not on \(missing.joined(separator: ", ")).")
                continue
            }
            let values = zip(tests, entries).map { test, entry in entry.flatMap { test.score(of: $0) } }
            let undefined = zip(tests, values).filter { $0.1 == nil }.map(\.0.name)
            if !undefined.isEmpty {
                notices.append(
                    "\(id) is left out, as it has no score on \(undefined.joined(separator: ", ")).")
                continue
            }
            let models = entries.compactMap { $0?.contestant.model }
            if Set(models).count > 1 {
                notices.append(
                    "\(id) is not the same model everywhere: "
                        + zip(tests, models).map { "\($1) on \($0.name)" }.joined(separator: ", ") + ".")
            } else if Set(entries.compactMap { $0?.contestant.settingsSHA256 }).count > 1 {
                notices.append(
                    "The settings of \(id) are not written alike everywhere: "
                        + zip(tests, entries).map { "\($1?.contestant.summary ?? "") on \($0.name)" }
                        .joined(separator: "; ") + ".")
            }
            ids.append(id)
            for (place, value) in values.enumerated() { scores[place].append(value ?? 0) }
        }
        let others = Set(tests.dropFirst().flatMap(\.ids)).subtracting(tests[0].ids).sorted()
        for id in others {
            let missing = tests.filter { $0[id] == nil }.map(\.name)
            notices.append("\(id) is left out, as it is not on \(missing.joined(separator: ", ")).")
        }
    }
}
