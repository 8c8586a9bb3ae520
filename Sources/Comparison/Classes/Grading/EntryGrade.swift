import Evaluation
import Foundation
import Results

/// What an entry is worth: what is wrong with it, or its scores, paired tests against every baseline, and its points.
public struct EntryGrade: Encodable, Equatable, Sendable {
    /// As it was named.
    public let entry: String
    public let isValid: Bool
    public let faults: [EntryFault]
    /// What is worth knowing and keeps nothing from being scored.
    public let notices: [String]
    /// The test rows that are scored, and how many they are.
    public let rows: ScoredRows
    public let rowCount: Int
    public let metric: MetricName
    /// By the class's metric; nil for an entry with faults, or where it is undefined.
    public let score: Double?
    public let interval: Interval?
    /// Every metric.
    public let scores: Scorecard?
    /// Against each baseline, in their order, the better of the two first; corrected for all of them.
    public let comparisons: [AgainstBaseline]
    /// What the entry claims to score.
    public let claim: Double?
    public let points: [RubricPoints]

    /// The entry beside a baseline.
    public struct AgainstBaseline: Encodable, Equatable, Sendable {
        public let baseline: String
        public let baselineScore: Double?
        /// The entry's score minus the baseline's.
        public let difference: Double?
        public let interval: Interval?
        /// Of approximate randomization, corrected by Holm for all baselines; of McNemar's test for a metric that has none.
        public let adjustedPValue: Double
        public let verdict: Verdict

        private enum CodingKeys: String, CodingKey {
            case baseline, difference, interval, verdict
            case baselineScore = "baseline_score"
            case adjustedPValue = "adjusted_p_value"
        }
    }

    /// How the entry does beside a baseline.
    public enum Verdict: String, Codable, Sendable {
        /// By more than chance.
        case better, worse
        case perhapsBetter = "perhaps-better"
        case perhapsWorse = "perhaps-worse"
        case same
    }

    public var total: Double { points.reduce(0) { $0 + $1.points } }
    public var maxTotal: Double { points.reduce(0) { $0 + $1.maxPoints } }

    private enum CodingKeys: String, CodingKey {
        case entry, faults, notices, rows, metric, score, interval, scores, comparisons, points, total, claim
        case isValid = "valid"
        case rowCount = "row_count"
        case maxTotal = "max_total"
    }

    public func encode(to encoder: any Encoder) throws {
        var object = encoder.container(keyedBy: CodingKeys.self)
        try object.encode(entry, forKey: .entry)
        try object.encode(isValid, forKey: .isValid)
        try object.encode(faults, forKey: .faults)
        try object.encode(notices, forKey: .notices)
        try object.encode(rows, forKey: .rows)
        try object.encode(rowCount, forKey: .rowCount)
        try object.encode(metric, forKey: .metric)
        try object.encode(score, forKey: .score)
        try object.encode(interval, forKey: .interval)
        try object.encode(scores, forKey: .scores)
        try object.encode(comparisons, forKey: .comparisons)
        try object.encode(claim, forKey: .claim)
        try object.encode(points, forKey: .points)
        try object.encode(total, forKey: .total)
        try object.encode(maxTotal, forKey: .maxTotal)
    }
}

/// What an entry gets for one item of the rubric.
public struct RubricPoints: Encodable, Equatable, Sendable {
    public let name: String
    public let points: Double
    public let maxPoints: Double
    /// Why it is so many, in a sentence.
    public let reason: String
    /// Whether students may see it at once: it says nothing of the secret labels.
    public let isOpen: Bool

    private enum CodingKeys: String, CodingKey {
        case name, points, reason
        case maxPoints = "max_points"
        case isOpen = "open"
    }
}
