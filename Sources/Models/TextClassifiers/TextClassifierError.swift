import Encoders
import Labels
import SettingKeys

/// What can go wrong with text classifiers, whatever they are made of.
public enum TextClassifierError: Error, Equatable, Sendable {
    /// Classifier and label space do not go together, such as VADER and labels that are no sentiments.
    case unsuitableLabels(classifier: String, found: [String], expected: String)
    /// A search chooses on validation, and there are no rows for that.
    case noValidation
    /// An option that these labels have no use for.
    case uselessOption(String, kind: LabelKind)
    /// A metric of probabilities where the classifier decides without.
    case noProbabilities(metric: String)
    /// Features that may be below 0, where only counts will do.
    case featuresBelowZero
    /// A rule's regular expression that is none.
    case badPattern(String)
    /// No word of train is there so often, and there are no n-grams.
    case noWords(minCount: Int)
    /// Vectors of words and n-grams that do not fit into memory.
    case tooManyVectors(Int, dim: Int, availableBytes: Int)
    /// Rows of train that make no pairs of texts with a label in common, or none without.
    case noPairs(alike: Bool)
    /// More rows of train than pairs can be made of.
    case tooManyPairs(rows: Int, limit: Int)
    /// A pooling that sentence-transformers does not have.
    case noSentencePooling(Pooling)
    /// A folder that cannot be one of the classifier's.
    case notAModel(path: String, reason: String)
}

extension TextClassifierError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unsuitableLabels(let classifier, let found, let expected):
            "\(classifier): the labels are \(listed(found)), expected \(expected)"
        case .noValidation:
            "'search' chooses on validation, and the split has no validation part; give it a share, or leave 'search' out"
        case .uselessOption(let option, let kind):
            "\(option) is set, and \(kind.rawValue) labels have no use for it"
        case .noProbabilities(let metric):
            "search by \(metric): this model decides without probabilities; choose a metric of decided labels, such as "
                + "f1-macro"
        case .featuresBelowZero:
            "naive Bayes needs counts or TF-IDF values, and these features may be below 0; choose logistic regression or a "
                + "linear SVM"
        case .badPattern(let pattern):
            "rules: '\(shown(pattern))' is no regular expression"
        case .noWords(let minCount):
            "min-count is \(minCount), and no word of train is there so often; try a lower one"
        case .tooManyVectors(let count, let dim, let available):
            "\(count) vectors of \(dim) numbers do not fit into the \(available >> 20) MiB of memory that are free; try a "
                + "smaller dim or bucket, or a higher min-count"
        case .noPairs(let alike):
            alike
                ? "SetFit: no row of train has a label, so that no two texts are alike; expected some with labels"
                : "SetFit: all rows of train have a label in common, so that no two texts differ; expected rows of two "
                    + "classes at least"
        case .tooManyPairs(let rows, let limit):
            "SetFit: \(rows) rows of train make more than \(limit) pairs of texts; expected few rows, such as 8 to 64 of a "
                + "class, and few iterations"
        case .noSentencePooling(let pooling):
            "SetFit: pooling is \(pooling.rawValue), expected one of \(Pooling.namesWithoutPooler), which "
                + "sentence-transformers has"
        case .notAModel(let path, let reason):
            "\(path): not a fitted model: \(reason)"
        }
    }
}
