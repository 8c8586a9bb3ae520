import Encoders
import Foundation
import Labels
import SettingKeys
import TextClassifiers

/// `model: zero-shot`: labels by how similar a text is to a description of each, as an encoder sees both.
struct ZeroShotContestant: Contestant {
    static let model = "zero-shot"
    static let otherNames = ["zeroshot", "zero", "descriptions", "label-descriptions"]
    static let purpose =
        "Labels by the similarity of a text and a description of each, as an encoder sees both; it learns nothing."
    static var settingKeys: KeyReference { keys.reference }

    private struct Keys: Sendable {
        var encoder = EncoderDescription.Keys()
        var descriptions: [String: String] = [:]
        var template = ZeroShotClassifier.defaultTemplate
        var scale = ZeroShotClassifier.defaultScale
        var threshold = ZeroShotClassifier.defaultThreshold
    }

    private static let keys = KeyTable(Keys()) {
        EncoderDescription.keys.lifted(to: \.encoder)
        SettingKey(
            "descriptions", \.descriptions, .textByLabel,
            "The text that stands for a label; a label without one stands for itself.")
        SettingKey(
            "template", \.template, .text("text with {}"),
            "What the name of a label without a description is put in, in the place of `{}`.")
        SettingKey(
            "scale", \.scale, .positive,
            "What cosines are multiplied by before they become probabilities.")
        SettingKey(
            "threshold", \.threshold,
            .number("a number from -1 to 1", where: { (-1...1).contains($0) }),
            "Several labels a row: the cosine from which a label is assigned.")
    }

    private let entry: FeatureEncoder
    private let options: Keys
    private let saysThreshold: Bool

    init(settings: SettingsMapping, folder: URL) throws {
        let keys = try ZeroShotContestant.keys.readOwn(settings)
        if let normalize = keys.setting(\.encoder.normalize), keys.encoder.normalize == false {
            throw normalize.badValue(expected: "true: cosines are compared")
        }
        if let template = keys.setting(\.template), !keys.template.contains("{}") {
            throw template.badValue(expected: "text with {}, where the label's name goes")
        }
        let others = settings.entries.map(\.key).filter { !EncoderDescription.keys.names.contains($0) }
        entry = FeatureEncoder(
            description: try EncoderDescription(settings.removing(others)), folder: folder)
        options = keys.values
        saysThreshold = keys.setting(\.threshold) != nil
    }

    var summary: String { "\(entry.description.summary), cosine with descriptions of the labels" }

    func classifier(_ resources: ContestantResources) throws -> any TextClassifier {
        var classifier = ZeroShotClassifier(
            try entry.featurizer(resources, normalize: true), descriptions: options.descriptions)
        (classifier.template, classifier.scale, classifier.threshold) =
            (options.template, options.scale, options.threshold)
        return classifier
    }

    func check(_ labelSpace: LabelSpace, _ resources: ContestantResources) throws {
        if saysThreshold, labelSpace.kind != .multilabel {
            throw TextClassifierError.uselessOption("threshold", kind: labelSpace.kind)
        }
        try entry.check(resources)
        try ZeroShotClassifier.check(descriptions: options.descriptions, labelSpace)
    }

    func check(_ tasks: [TrainingTask], _ resources: ContestantResources) {}

    func fingerprint(_ resources: ContestantResources) throws -> String {
        try entry.fingerprint(resources) + entry.description.precision.fingerprint
    }

    static func load(from folder: URL, labelSpace: LabelSpace) throws -> any FittedTextClassifier {
        try FeatureEntry.load(from: folder, labelSpace: labelSpace)
    }
}

extension ValueForm<[String: String]> {
    /// A text for each of some labels.
    fileprivate static var textByLabel: ValueForm {
        ValueForm("a mapping {LABEL: text, ...}", spell: { _ in "none" }) {
            (setting) throws(SettingsError) in
            var texts: [String: String] = [:]
            for (label, text) in try setting.mappingWithAnyKeys().entries {
                let description = try text.string()
                if description.allSatisfy(\.isWhitespace) {
                    throw text.badValue(expected: "a text that stands for the label")
                }
                texts[label] = description
            }
            return texts
        }
    }
}
