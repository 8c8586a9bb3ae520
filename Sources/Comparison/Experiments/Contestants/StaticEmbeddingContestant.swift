import Foundation
import Labels
import SettingKeys
import TextClassifiers

/// `model: static-embedding`: the mean of a text's token vectors from a table, with a learner on top; or, where there is
/// `training:`, the table and a linear head trained together.
struct StaticEmbeddingContestant: FeatureSearching {
    static let model = "static-embedding"
    static let otherNames = [
        "embedding", "embeddings", "static-embeddings", "static", "model2vec", "word-vectors", "wordllama",
        "potion", "glove",
    ]
    static let purpose =
        "The mean of a text's token vectors from a table (model2vec and the like), frozen with any learner, or trained."
    static var settingKeys: KeyReference { keys.reference }

    private struct Keys: Sendable {
        var embedding = EncoderDescription.Keys()
        var learner: Setting?
        var head: Setting?
        var search = SearchKey()
        var training: Setting?
    }

    private static let keys = KeyTable(Keys()) {
        EncoderDescription.staticKeys.lifted(to: \.embedding)
        NamedLearner.key(\.learner, absent: "a linear head, whose options `head` has")
        SettingKey(
            LearnerKind.head.rawValue, \.head, .later("a mapping", keys: { LearnerKind.head.keys }),
            absent: nil, "The options of the linear head.")
        SearchKey.keys.lifted(to: \.search)
        SettingKey(
            "training", \.training, .later("a mapping", keys: { TrainingKeys.tableKeys.reference }),
            absent: "the table stays as it is",
            "Trains the table together with a linear head, by these options.")
    }

    private let way: Way

    /// What is learnt.
    private enum Way {
        /// A learner on the table's vectors.
        case frozen(FeatureEntry)
        /// The table and a head.
        case trained(FineTuning)
    }

    init(settings: SettingsMapping, folder: URL) throws {
        let keys = try Self.keys.readOwn(settings)
        if let training = keys.training {
            try keys.forbid([\.embedding.normalize, \.learner, \.head, \.search.search]) {
                "no '\($0)' with training, by which the table and a linear head are trained"
            }
            let description = try EncoderDescription(
                Self.embedding(settings), EncoderDescription.staticKeys, isStatic: true)
            way = .trained(try FineTuning(description, training: training, folder: folder))
            return
        }
        way = .frozen(
            try FeatureEntry(
                Self.frozenSettings(keys, settings), search: keys.search.search, folder: folder))
    }

    /// The entry's keys of the table of vectors.
    private static func embedding(_ entry: SettingsMapping) -> SettingsMapping {
        entry.removing(
            entry.entries.map(\.key).filter { !EncoderDescription.staticKeys.names.contains($0) })
    }

    private static func frozenSettings(
        _ keys: ReadSettings<Keys>, _ entry: SettingsMapping
    ) throws -> FeatureSettings {
        if keys.learner != nil { try keys.forbid([\.head], expected: "either 'learner' or 'head'") }
        let learner =
            keys.learner == nil
            ? (LearnerKind.head, try keys.head?.mappingWithAnyKeys() ?? entry.setting.emptyMapping())
            : try NamedLearner.read(keys.learner, in: entry, hasCounts: false)
        return FeatureSettings(
            .staticEmbedding, (FeaturesContestant.featuresKey, embedding(entry)), learner.0,
            (learner.0.rawValue, learner.1))
    }

    /// Nil where the table is trained.
    static func featureSettings(_ entry: SettingsMapping) throws -> FeatureSettings? {
        let keys = try Self.keys.readOwn(entry)
        return keys.training == nil ? try frozenSettings(keys, entry) : nil
    }

    var summary: String {
        switch way {
        case .frozen(let entry): entry.summary
        case .trained(let tuning): tuning.summary
        }
    }

    func classifier(_ resources: ContestantResources) throws -> any TextClassifier {
        switch way {
        case .frozen(let entry): try entry.classifier(resources)
        case .trained(let tuning): try tuning.classifier(resources)
        }
    }

    func check(_ labelSpace: LabelSpace, _ resources: ContestantResources) throws {
        switch way {
        case .frozen(let entry): try entry.check(labelSpace, resources)
        case .trained(let tuning): try tuning.check(labelSpace, resources)
        }
    }

    func check(_ tasks: [TrainingTask], _ resources: ContestantResources) throws {
        switch way {
        case .frozen(let entry): try entry.check(tasks)
        case .trained(let tuning): try tuning.check(tasks)
        }
    }

    func fingerprint(_ resources: ContestantResources) throws -> String {
        switch way {
        case .frozen(let entry): try entry.fingerprint(resources)
        case .trained(let tuning): try tuning.fingerprint(resources)
        }
    }

    static func load(from folder: URL, labelSpace: LabelSpace) throws -> any FittedTextClassifier {
        try EncoderFeaturizer.isSaved(in: folder)
            ? FeatureEntry.load(from: folder, labelSpace: labelSpace)
            : FittedStaticClassifier(from: folder, labelSpace: labelSpace)
    }
}
