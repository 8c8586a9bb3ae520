import Encoders
import Foundation
import Labels
import SettingKeys
import TextClassifiers

/// `model: setfit`: an encoder that is trained on pairs of texts, and a linear head on its vectors, for few rows.
struct SetFitContestant: Contestant {
    static let model = "setfit"
    static let otherNames = ["set-fit", "few-shot", "fewshot", "contrastive"]
    static let purpose =
        "An encoder that is trained on pairs of texts, with a linear head on its vectors: for 8 to 64 rows of a class."
    static var settingKeys: KeyReference { keys.reference }

    private struct Keys: Sendable {
        var encoder = EncoderDescription.Keys()
        var training: Setting?
        var head: Setting?
    }

    private static let keys = KeyTable(Keys()) {
        EncoderDescription.trainedKeys.lifted(to: \.encoder)
        SettingKey(
            "training", \.training, .later("a mapping", keys: { trainingKeys.reference }), absent: nil,
            "The options of the encoder's training, with the names of the setfit package.")
        SettingKey(
            LearnerKind.head.rawValue, \.head, .later("a mapping", keys: { LearnerKind.head.keys }),
            absent: nil, "The options of the linear head.")
    }

    /// The keys of `training:`.
    private static let trainingKeys = KeyTable(SetFitOptions()) {
        SettingKey(
            "sampling-strategy", \.samplingStrategy, .choice,
            "The pairs of texts with a label in common, and without: as many of either kind as of the more frequent one, as many as of the rarer one, or each pair once."
        )
        SettingKey(
            "num-iterations", \.numIterations, .count(atLeast: 1),
            absent: "as sampling-strategy says",
            "For N rows of train, N times this many pairs of either kind.")
        SettingKey(
            "max-steps", \.maxSteps, .count(atLeast: 1), absent: "as num-epochs says",
            "The number of steps; no more pairs are drawn than they take.")
        SettingKey("num-epochs", \.numEpochs, .count(atLeast: 1), "The number of epochs over all pairs.")
        SettingKey("batch-size", \.batchSize, .count(atLeast: 1), "The number of pairs in a batch.")
        SettingKey(
            "body-learning-rate", \.bodyLearningRate, .positive,
            "AdamW's peak learning rate, which then falls linearly to 0.")
        SettingKey(
            "warmup-proportion", \.warmupProportion,
            .number("a number from 0 to 1", where: { (0...1).contains($0) }),
            "The share of the steps in which the learning rate rises from 0.")
        SettingKey("l2-weight", \.l2Weight, .nonNegative, "AdamW's weight decay.")
        SettingKey(
            "precision", \.precision, .choice,
            "How linear layers multiply in training: in bf16 faster, and a little less exactly; the model stays in float32."
        )
    }

    private let encoder: String
    private let folder: URL
    private let options: SetFitOptions

    init(settings: SettingsMapping, folder: URL) throws {
        self.folder = folder
        let keys = try SetFitContestant.keys.readOwn(settings)
        encoder = try keys.required(\.encoder.encoder)
        var options = SetFitOptions()
        if let training = keys.training {
            let stated = try SetFitContestant.trainingKeys.read(training)
            if stated.numIterations != nil {
                try stated.forbid(
                    [\.samplingStrategy],
                    expected:
                        "either 'sampling-strategy' or 'num-iterations', which says how many pairs there are")
            }
            if stated.maxSteps != nil {
                try stated.forbid(
                    [\.numEpochs],
                    expected: "either 'num-epochs' or 'max-steps', which says how long training is")
            }
            options = stated.values
        }
        if let pooling = keys.setting(\.encoder.pooling), keys.encoder.pooling == .pooler {
            throw pooling.badValue(
                expected: "one of \(Pooling.namesWithoutPooler), which sentence-transformers has")
        }
        (options.pooling, options.normalize) = (keys.encoder.pooling, keys.encoder.normalize)
        (options.maxLength, options.prefix) = (keys.encoder.maxLength, keys.encoder.prefix)
        options.head = try LearnerKind.head.learner(
            keys.head?.mappingWithAnyKeys() ?? settings.setting.emptyMapping())
        self.options = options
    }

    var summary: String { options.summary(encoder: encoder) }

    func classifier(_ resources: ContestantResources) throws -> any TextClassifier {
        let place = try encoderFolder(resources)
        return SetFitClassifier(
            encoder: place.root, name: encoder, options: options, notices: place.notices)
    }

    func fingerprint(_ resources: ContestantResources) throws -> String {
        try encoderFolder(resources).fingerprint(cache: resources.cache)
    }

    private func encoderFolder(_ resources: ContestantResources) throws -> EncoderFolder {
        try EncoderFolder(named: encoder, relativeTo: folder, cache: resources.cache)
    }

    static func load(from folder: URL, labelSpace: LabelSpace) throws -> any FittedTextClassifier {
        try FittedSetFit(from: folder, labelSpace: labelSpace)
    }
}
