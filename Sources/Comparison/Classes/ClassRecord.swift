import Evaluation
import Labels

/// What a class is, as `class.json` holds it.
package struct ClassRecord: Codable, Equatable, Sendable {
    /// Version of this form.
    package var format = 1
    package var bakeoffVersion: String
    /// The experiment's.
    package var name: String
    package var labelSpace: LabelSpace
    /// The metric that entries are scored by.
    package var metric: MetricName
    /// Of all resamples.
    package var seed: UInt64
    /// How many standard errors an entry must be ahead of the best before it to be shown.
    package var step: Double
    /// In the order of the experiment file.
    package var baselines: [Baseline]
    /// SHA-256 of `gold.csv`.
    package var goldSHA256: String

    /// A contestant of the experiment, whose stored predictions stand in `baselines/`.
    package struct Baseline: Codable, Equatable, Sendable {
        package var id: String
        /// Its family, such as `tfidf-logreg`.
        package var model: String
        /// Whether it reads no text.
        package var isDummy: Bool
        package var isProbabilistic: Bool

        private enum CodingKeys: String, CodingKey {
            case id, model
            case isDummy = "dummy"
            case isProbabilistic = "probabilistic"
        }
    }

    private enum CodingKeys: String, CodingKey {
        case format, name, metric, seed, step, baselines
        case bakeoffVersion = "bakeoff_version"
        case labelSpace = "label_space"
        case goldSHA256 = "gold_sha256"
    }
}
