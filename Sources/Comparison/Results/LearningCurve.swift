import Corpora
import Evaluation

/// Scores on test against the train rows that contestants were fitted on, by the ranking's metric.
///
/// Its points are the sizes of the samples, ascending, and then the whole train part where that was fitted on (P points, R
/// samples of a size). Curves, crossings and laws are of scores that better ones have more of: where less of the metric is
/// better, `laws` are of the negative metric.
public struct LearningCurve: Codable, Equatable, Sendable {
    public var plan: SamplePlan
    public var metric: MetricName
    /// Scores of which the report was asked how many rows they take.
    public var reach: [Double]
    /// SHA-256 of `samples.csv`.
    public var samplesSHA256: String
    /// The rows at each point, the mean over its samples. Shape: [P].
    public var rows: [Double]
    /// By contestant; null where undefined. Shape: [P][R], of the whole train part [1].
    public var scores: [String: [[Double?]]]
    /// By contestant; null for a single sample and where a score is undefined. Shape: [P].
    public var bands: [String: [CurvePoint?]]
    /// How bands were made; nil in results of earlier versions, where it was `CurveBand.satterthwaite`.
    public var bandMethod: CurveBand?
    /// Where two contestants that are no baselines change places.
    public var crossings: [Crossing]
    /// By contestant.
    public var laws: [String: PowerLaw]
    /// Why a contestant has no law.
    public var lawless: [String: String]
    public var needed: [Needed]

    private enum CodingKeys: String, CodingKey {
        case plan, metric, reach, rows, scores, bands, crossings, laws, needed
        case samplesSHA256 = "samples_sha256"
        case bandMethod = "band_method"
        case lawless = "no_law"
    }

    /// Two contestants, and where one overtakes the other.
    public struct Crossing: Codable, Equatable, Sendable {
        public var first: String
        public var second: String
        public var crossing: CurveCrossing
    }

    /// The rows that a contestant needs for a score.
    public struct Needed: Codable, Equatable, Sendable {
        /// How the number of rows is known.
        public enum Kind: String, Codable, Sendable {
            /// Between points.
            case measured
            /// By the power law, beyond the last point.
            case extrapolated
            /// By the power law no number of rows has the score.
            case never
            /// It was not reached, and no law says where it would be.
            case unknown
        }

        public var contestant: String
        public var score: Double
        public var kind: Kind
        /// Nil for `never` and `unknown`.
        public var rows: Double?
    }

    /// Resamples of the test rows: enough for two digits of a standard error.
    package static let draws = 1000

    /// The last point.
    public var mostRows: Double { rows.last ?? 0 }

    /// The score at each point, the mean over its samples; nil where one of them is undefined. Shape: [P].
    public func means(of contestant: String) -> [Double?] { (scores[contestant] ?? []).map(mean) }

    /// Whether bands hold what other test rows would change; else they are of samples alone.
    public var hasTestVariance: Bool { metric.isResampled }
}
