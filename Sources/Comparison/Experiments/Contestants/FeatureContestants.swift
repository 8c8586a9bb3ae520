import Foundation
import Labels
import Learners
import SettingKeys
import TextClassifiers

/// A family whose contestants are features and a learner: one says how its entry is read, the rest is here.
protocol FeatureContestant: Contestant {
    static func settings(_ entry: SettingsMapping) throws -> FeatureSettings

    var entry: FeatureEntry { get }
    init(entry: FeatureEntry)
}

extension FeatureContestant {
    init(settings: SettingsMapping, folder: URL) throws {
        self.init(
            entry: try FeatureEntry(
                Self.settings(settings), search: settings[SearchKey.name], folder: folder))
    }

    var summary: String { entry.summary }

    func classifier(_ resources: ContestantResources) throws -> any TextClassifier {
        try entry.classifier(resources)
    }

    func check(_ labelSpace: LabelSpace, _ resources: ContestantResources) throws {
        try entry.check(labelSpace, resources)
    }

    func check(_ tasks: [TrainingTask], _ resources: ContestantResources) throws { try entry.check(tasks) }

    func fingerprint(_ resources: ContestantResources) throws -> String { try entry.fingerprint(resources) }

    static func load(from folder: URL, labelSpace: LabelSpace) throws -> any FittedTextClassifier {
        try FeatureEntry.load(from: folder, labelSpace: labelSpace)
    }
}

/// The key of a search, which all these families have.
private struct SearchKey: Sendable {
    static let name = "search"
    var search: Setting?

    static let keys = KeyTable(SearchKey()) {
        SettingKey(
            name, \.search, .later("a mapping {KEY: [value, ...], ..., metric: METRIC}"), absent: "none",
            "A grid search over options of features and learner; `metric` on validation chooses, f1-macro by default."
        )
    }
}

/// `model: features`: any features with any learner: `features: {tfidf: {...}}` or `features: {encoder: ..., pooling: ...}`,
/// and `learner: {logistic: {...}}`, `{svm: {...}}` or `{naive-bayes: {...}}`.
struct FeaturesContestant: FeatureContestant {
    static let model = "features"
    static let purpose = "Any features with any learner; `model` may be left out."
    /// The key by which an entry is of this family without a `model:`.
    static let featuresKey = "features"

    private struct Keys: Sendable {
        var features: Setting?
        var learner: Setting?
        var search = SearchKey()
    }

    private static let keys = KeyTable(Keys()) {
        SettingKey(
            required: featuresKey, \.features,
            .later("tfidf, or a mapping of it or of an encoder", keys: { featureKeys }),
            "The features of the texts.")
        SettingKey(
            "learner", \.learner,
            .later("logistic, svm or naive-bayes, or a mapping of one of them", keys: { learnerKeys }),
            absent: LearnerKind.logistic.rawValue, "The learner.")
        SearchKey.keys.lifted(to: \.search)
    }

    private struct TfidfKey: Sendable {
        var tfidf: Setting?

        static let keys = KeyTable(TfidfKey()) {
            SettingKey(
                FeatureKind.tfidf.rawValue, \.tfidf, .later("a mapping", keys: { FeatureKind.tfidf.keys }),
                absent: nil,
                "TF-IDF features; the other keys are those of an encoder, which stand in its place.")
        }
    }

    private struct LearnerKey: Sendable {
        var learner: Setting?
    }

    private static var featureKeys: KeyReference {
        // An encoder is required only where there is no TF-IDF.
        let encoder = FeatureKind.encoder.keys.entries.map { entry in
            var entry = entry
            entry.isRequired = false
            return entry
        }
        return KeyReference(TfidfKey.keys.reference.entries + encoder)
    }

    private static var learnerKeys: KeyReference {
        KeyReference(
            LearnerKind.named.flatMap { kind in
                KeyTable(LearnerKey()) {
                    SettingKey(
                        kind.rawValue, \.learner, .later("a mapping", keys: { kind.keys }), absent: nil,
                        "The options of \(kind.rawValue).")
                }.reference.entries
            })
    }

    static var settingKeys: KeyReference { keys.reference }

    let entry: FeatureEntry

    static func settings(_ entry: SettingsMapping) throws -> FeatureSettings {
        let keys = try Self.keys.readOwn(entry)
        let (kind, features) = try features(keys.required(\.features))
        let (learnerKind, learner) = try learner(keys.learner, in: entry)
        if learnerKind == .naiveBayes && kind == .encoder {
            throw (keys.learner ?? entry.setting).badValue(
                expected:
                    "logistic or svm: naive Bayes needs counts or TF-IDF values, and an encoder's vectors may be below 0"
            )
        }
        return FeatureSettings(
            kind, (kind == .tfidf ? kind.rawValue : featuresKey, features), learnerKind,
            (learnerKind.rawValue, learner))
    }

    /// `tfidf`, `{tfidf: {...}}`, or `{encoder: NAME, ...}`.
    private static func features(_ setting: Setting) throws -> (FeatureKind, SettingsMapping) {
        let tfidf = FeatureKind.tfidf.rawValue
        if case .scalar(tfidf, _) = setting.value { return (.tfidf, try setting.emptyMapping()) }
        let mapping = try setting.mappingWithAnyKeys()
        try featureKeys.check(mapping)
        if let own = mapping[tfidf] {
            try TfidfKey.keys.reference.check(mapping)
            return (.tfidf, try own.mappingWithAnyKeys())
        }
        guard mapping[FeatureKind.encoder.rawValue] != nil else {
            throw setting.badValue(expected: "'tfidf: {...}' or 'encoder: NAME'")
        }
        return (.encoder, mapping)
    }

    /// `svm`, `{svm: {...}}` and the like; logistic regression where there is none.
    private static func learner(
        _ setting: Setting?, in entry: SettingsMapping
    ) throws -> (LearnerKind, SettingsMapping) {
        guard let setting else { return (.logistic, try entry.setting.emptyMapping()) }
        let names = LearnerKind.named.map(\.rawValue)
        if case .scalar(let name, _) = setting.value, names.contains(name),
            let kind = LearnerKind(rawValue: name)
        {
            return (kind, try setting.emptyMapping())
        }
        let mapping = try setting.mappingWithAnyKeys()
        try learnerKeys.check(mapping)
        guard mapping.entries.count == 1, let kind = LearnerKind(rawValue: mapping.entries[0].key) else {
            throw setting.badValue(expected: "one of \(names.joined(separator: ", "))")
        }
        return (kind, try mapping[kind.rawValue]?.mappingWithAnyKeys() ?? setting.emptyMapping())
    }
}

/// A family that is TF-IDF with a learner of one kind: it says which.
protocol TfidfContestant: FeatureContestant {
    static var learner: LearnerKind { get }
}

extension TfidfContestant {
    static var settingKeys: KeyReference { ShorthandKeys.keys(learner).reference }

    static func settings(_ entry: SettingsMapping) throws -> FeatureSettings {
        try ShorthandKeys.settings(entry, learner)
    }
}

/// The keys of TF-IDF with a learner of one kind.
private struct ShorthandKeys: Sendable {
    var tfidf: Setting?
    var learner: Setting?
    var search = SearchKey()

    static func keys(_ learner: LearnerKind) -> KeyTable<ShorthandKeys> {
        KeyTable(ShorthandKeys()) {
            SettingKey(
                FeatureKind.tfidf.rawValue, \.tfidf, .later("a mapping", keys: { FeatureKind.tfidf.keys }),
                absent: nil, "The options of TF-IDF.")
            SettingKey(
                learner.rawValue, \.learner, .later("a mapping", keys: { learner.keys }), absent: nil,
                "The options of the learner.")
            SearchKey.keys.lifted(to: \.search)
        }
    }

    static func settings(_ entry: SettingsMapping, _ learner: LearnerKind) throws -> FeatureSettings {
        let keys = try Self.keys(learner).readOwn(entry)
        let empty = try entry.setting.emptyMapping()
        return FeatureSettings(
            .tfidf, (FeatureKind.tfidf.rawValue, try keys.tfidf?.mappingWithAnyKeys() ?? empty), learner,
            (learner.rawValue, try keys.learner?.mappingWithAnyKeys() ?? empty))
    }
}

/// `model: tfidf-logreg`: TF-IDF and logistic regression, with scikit-learn's options under its names (`_` is `-`).
struct TfidfLogisticContestant: TfidfContestant {
    static let model = "tfidf-logreg"
    static let otherNames = [
        "tfidf", "tf-idf", "tfidf-lr", "lr", "logreg", "logistic", "logistic-regression",
        "LogisticRegression",
        "tfidf-logistic", "bag-of-words", "linear",
    ]
    static let purpose = "TF-IDF and logistic regression, with scikit-learn's numbers."
    static let learner = LearnerKind.logistic

    let entry: FeatureEntry
}

/// `model: linear-svm`: TF-IDF and a linear support vector machine.
struct LinearSVMContestant: TfidfContestant {
    static let model = "linear-svm"
    static let otherNames = [
        "svm", "svc", "LinearSVC", "tfidf-svm", "tfidf-svc",
    ]
    static let purpose = "TF-IDF and a linear support vector machine."
    static let learner = LearnerKind.svm

    let entry: FeatureEntry
}

/// `model: naive-bayes`: TF-IDF and naive Bayes; for counts, `tfidf: {use-idf: false, norm: none}`.
struct NaiveBayesContestant: TfidfContestant {
    static let model = "naive-bayes"
    static let otherNames = [
        "nb", "bayes", "MultinomialNB", "ComplementNB", "tfidf-nb", "tfidf-naive-bayes",
    ]
    static let purpose = "TF-IDF and naive Bayes; for counts, `tfidf: {use-idf: false, norm: none}`."
    static let learner = LearnerKind.naiveBayes

    let entry: FeatureEntry
}

/// `model: frozen-encoder`: a BERT that is not trained, and a linear head on what it makes of each text.
struct FrozenEncoderContestant: FeatureContestant {
    static let model = "frozen-encoder"
    static let otherNames = [
        "frozen", "encoder", "embedding", "embeddings", "sentence-transformer", "sentence-transformers",
        "setfit", "minilm",
    ]
    static let purpose = "A BERT that is not trained, with a linear head on its vectors of the texts."
    static var settingKeys: KeyReference { keys.reference }

    private struct Keys: Sendable {
        var encoder = EncoderDescription.Keys()
        var head: Setting?
        var search = SearchKey()
    }

    private static let keys = KeyTable(Keys()) {
        EncoderDescription.keys.lifted(to: \.encoder)
        SettingKey(
            LearnerKind.head.rawValue, \.head, .later("a mapping", keys: { LearnerKind.head.keys }),
            absent: nil, "The options of the linear head.")
        SearchKey.keys.lifted(to: \.search)
    }

    let entry: FeatureEntry

    static func settings(_ entry: SettingsMapping) throws -> FeatureSettings {
        let keys = try Self.keys.readOwn(entry)
        let others = entry.entries.map(\.key).filter { !EncoderDescription.keys.names.contains($0) }
        return FeatureSettings(
            .encoder, (FeaturesContestant.featuresKey, entry.removing(others)), .head,
            (
                LearnerKind.head.rawValue,
                try keys.head?.mappingWithAnyKeys() ?? entry.setting.emptyMapping()
            ))
    }
}

extension Setting {
    /// A mapping without entries in its place.
    fileprivate func emptyMapping() throws(SettingsError) -> SettingsMapping {
        try Setting(key: key, place: place, value: .mapping([])).mappingWithAnyKeys()
    }
}
