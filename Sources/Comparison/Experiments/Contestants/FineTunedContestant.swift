import Foundation
import Labels
import SettingKeys
import TextClassifiers

/// `model: fine-tuned`: a BERT trained whole, on each task by itself.
struct FineTunedContestant: Contestant {
    static let model = "fine-tuned"
    static let otherNames = [
        "fine-tune", "fine-tuning", "finetuned", "bert", "distilbert", "roberta", "transformer",
        "transformers",
    ]
    static let purpose = "A BERT that is trained whole, on each task by itself."
    static var settingKeys: KeyReference { FineTuning.settingKeys }

    private let tuning: FineTuning

    init(settings: SettingsMapping, folder: URL) throws {
        tuning = try FineTuning(settings: settings, folder: folder, sharesTasks: false)
    }

    var summary: String { tuning.summary }

    func classifier(_ resources: ContestantResources) throws -> any TextClassifier {
        try tuning.classifier(resources)
    }

    func check(_ labelSpace: LabelSpace, _ resources: ContestantResources) throws {
        try tuning.check(labelSpace, resources)
    }

    func fingerprint(_ resources: ContestantResources) throws -> String { try tuning.fingerprint(resources) }

    static func load(from folder: URL, labelSpace: LabelSpace) throws -> any FittedTextClassifier {
        try FittedFineTunedClassifier(from: folder, labelSpace: labelSpace)
    }
}
