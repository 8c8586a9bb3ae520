import Corpora
import Evaluation

/// How far the raters of the test rows agree, and how well one of them does beside the contestants.
///
/// A function of `raters.csv`, the stored predictions, the seed, and the bins of the labels or, where rows are ratings, the votes
/// that decide a label.
public struct RaterScores: Codable, Equatable, Sendable {
    /// SHA-256 of `raters.csv`.
    public var sha256: String
    /// The bins by which ratings, and their means, become labels; empty where rows are ratings.
    public var edges: [Double]
    public var names: [String]
    /// Ratings of all test rows together, and of the row, or the text, with the fewest and the most.
    public var ratingCount: Int
    public var fewestRatings: Int
    public var mostRatings: Int
    /// Test rows whose label is another than the bin of the mean of all their ratings, as where a dataset rounds; where rows are
    /// ratings, those that say otherwise than all raters of their text decide.
    public var otherLabelCount: Int
    /// How far raters agree on the numbers, and on the labels that each number alone would be.
    public var agreement: [Agreement]
    /// By what the human and the contestants are scored: the ranking's metric, or where that needs probabilities, which a human
    /// does not give, the first of the ranking's table that does not.
    public var metric: MetricName
    /// How many raters are left out in turn: as many as each row with two ratings or more has; where rows are ratings, the
    /// people who made those that are judged.
    public var judgedRaterCount: Int
    /// The mean over the raters of their scores, each by the labels that all others together give; where rows are ratings, the
    /// score of all that are judged together.
    public var human: Score
    /// One for each contestant, the best of the ranking first: the mean over the same labels.
    public var contestants: [Contestant]
    /// Where the test rows are ratings: how many say what, and how far raters agree on each label.
    public var rows: RatedRows?

    private enum CodingKeys: String, CodingKey {
        case sha256, edges, names, agreement, metric, human, contestants, rows
        case ratingCount = "rating_count"
        case fewestRatings = "fewest_ratings"
        case mostRatings = "most_ratings"
        case otherLabelCount = "other_label_count"
        case judgedRaterCount = "judged_rater_count"
    }

    /// Krippendorff's alpha.
    public struct Agreement: Codable, Equatable, Sendable {
        /// What raters agree on.
        public enum Subject: String, Codable, Sendable {
            case ratings, labels
            /// The mean over the labels of the alphas of whether a rater gave them.
            case labelMean = "label_mean"
        }

        public var subject: Subject
        public var level: KrippendorffAlpha.Level
        /// Absent where no two ratings differ, or no row has two.
        public var alpha: Double?
        /// 95%, by resampling the rows.
        public var interval: Interval?
    }

    public struct Score: Codable, Equatable, Sendable {
        /// The mean over seeds; absent where it is undefined.
        public var value: Double?
        /// 95%, by resampling the rows.
        public var interval: Interval?
    }

    public struct Contestant: Codable, Equatable, Sendable {
        public var id: String
        public var score: Score
        /// The contestant's score minus the human's.
        public var difference: Score
    }
}

extension RaterScores {
    /// The bins of the labels.
    package var bins: Bins? {
        let isAscending = zip(edges, edges.dropFirst()).allSatisfy(<)
        return edges.isEmpty || names.count != edges.count + 1 || !isAscending
            ? nil : Bins(edges: edges, names: names)
    }

    /// The contestants and the human, whose id is nil, from best to worst; undefined last, the human behind equals.
    package var places: [(id: String?, score: Score)] {
        let all = contestants.map { (id: Optional($0.id), score: $0.score) } + [(id: nil, score: human)]
        return ranked(all, by: metric) { $0.score.value }
    }
}
