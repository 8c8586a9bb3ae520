import Encoders
import Foundation
import Labels
import SettingKeys
import TextClassifiers

/// An encoder whose weights are all trained, with a head for each task: what `fine-tuned`, `multi-task` and
/// `static-embedding` with `training:` have in common.
struct FineTuning: Sendable {
    /// The values of the keys of a contestant that is trained whole.
    private struct Keys: Sendable {
        var encoder: String?
        var pooling = FineTuningOptions().pooling
        var maxLength: Int?
        var prefix: String?
        var training: Setting?
    }

    private static let keys = KeyTable(Keys()) {
        SettingKey(
            required: "encoder", \.encoder,
            .text("a recipe's name, a folder's path, or ORG/NAME of the Hugging Face hub"),
            "The pretrained encoder.")
        SettingKey("pooling", \.pooling, .choice, "How token vectors are pooled for the head.")
        SettingKey(
            "max-length", \.maxLength, .count(atLeast: 2),
            absent: "\(FineTuningOptions.defaultMaxLength), or the most that the encoder takes",
            "Max number of tokens; longer texts are truncated.")
        EncoderDescription.prefixKey(\.prefix)
        SettingKey(
            "training", \.training, .later("a mapping", keys: { TrainingKeys.keys.reference }), absent: nil,
            "The options of training.")
    }

    static var settingKeys: KeyReference { keys.reference }

    private let encoder: String
    private let folder: URL
    private let options: FineTuningOptions
    /// What `training:` says, where it is there.
    private let stated: ReadSettings<TrainingKeys>?
    /// Whether the encoder is a table of token vectors.
    private let isStatic: Bool

    init(settings: SettingsMapping, folder: URL, sharesTasks: Bool) throws {
        self.folder = folder
        let keys = try FineTuning.keys.readOwn(settings)
        encoder = try keys.required(\.encoder)
        stated = try keys.training.map { try TrainingKeys.read($0) }
        var options = stated?.all ?? FineTuningOptions()
        (options.pooling, options.maxLength) = (keys.pooling, keys.maxLength)
        options.prefix = keys.prefix
        options.sharesTasks = sharesTasks
        self.options = options
        isStatic = false
    }

    /// Static embeddings whose table is trained.
    init(_ embedding: EncoderDescription, training: Setting, folder: URL) throws {
        self.folder = folder
        encoder = embedding.name
        let stated = try TrainingKeys.read(training, TrainingKeys.tableKeys)
        if let freezing = stated.setting(\.options.training.freezing) {
            if case .layers = stated.options.training.freezing {
                throw freezing.badValue(
                    expected: "none, embeddings or encoder: static embeddings have no layers")
            }
        }
        try stated.forbid([\.options.training.precision]) {
            "no '\($0)': static embeddings have no layers that multiply"
        }
        try stated.forbid([
            \.recipe, \.options.training.layerDecay, \.options.reinitializedLayers,
            \.options.training.lowRank,
        ]) {
            "no '\($0)': static embeddings have no layers"
        }
        self.stated = stated
        var options = stated.all
        (options.pooling, options.maxLength) = (.mean, embedding.maxLength)
        options.prefix = embedding.prefix
        options.sharesTasks = false
        self.options = options
        isStatic = true
    }

    var summary: String {
        isStatic
            ? options.tableSummary(name: encoder, maxLength: options.maxLength, prefix: options.prefix)
            : options.summary(encoder: encoder)
    }

    func check(_ labelSpace: LabelSpace, _ resources: ContestantResources) throws {
        if let stated { try TrainingKeys.check(labelSpace, stated) }
        // By the encoder's folder: its kind, and the layers that options need.
        try classifier(resources).check(labelSpace)
    }

    /// What chooses needs rows to choose on, and what is weighed is a task.
    func check(_ tasks: [TrainingTask]) throws {
        if let stated, let weights = stated.setting(\.options.taskWeights) {
            let names = tasks.compactMap(\.name)
            for (name, weight) in try weights.mappingWithAnyKeys().entries where !names.contains(name) {
                throw weight.badValue(
                    expected: names.isEmpty
                        ? "no 'task-weights' where there is one task alone"
                        : "weights of the contestant's tasks: \(names.joined(separator: ", "))")
            }
        }
        for task in tasks {
            let (name, kind) = (task.name, task.labelSpace.kind)
            try options.bestBy.check(
                name, task.labelSpace, tasks: tasks.compactMap(\.name),
                bestBy: stated?.setting(\.options.bestBy),
                greaterIsBetter: stated?.setting(\.greaterIsBetter))
            guard let selection = options.bestBy.selection(of: name, kind) else { continue }
            if let validation = task.validation {
                try selection.check(gold: validation.targets, labelSpace: task.labelSpace)
            } else {
                try stated?.forbid(
                    TrainingKeys.choosing,
                    expected: "a validation part\(name.map { " of task \($0)" } ?? "") to choose on; "
                        + "the split has none")
            }
        }
    }

    func fingerprint(_ resources: ContestantResources) throws -> String {
        let algorithm = isStatic ? FineTunedStaticClassifier.algorithm : FineTunedClassifier.algorithm
        return try "\(algorithm) \(encoderFolder(resources).fingerprint(cache: resources.cache))"
    }

    private func encoderFolder(_ resources: ContestantResources) throws -> EncoderFolder {
        try EncoderFolder(named: encoder, relativeTo: folder, cache: resources.cache)
    }

    func classifier(_ resources: ContestantResources) throws -> any TextClassifier {
        let place = try encoderFolder(resources)
        if isStatic {
            return FineTunedStaticClassifier(
                folder: place.root, name: encoder, options: options, notices: place.notices)
        }
        return FineTunedClassifier(
            encoder: place.root, name: encoder, options: options, notices: place.notices)
    }
}
