import Foundation
import Labels
import SettingKeys
import TextClassifiers

/// `model: multi-task`: one BERT trained on all tasks, which take turns or share every step, with a head for each.
struct MultiTaskContestant: Contestant {
    static let model = "multi-task"
    static let otherNames = [
        "mtl", "multitask-learning",
    ]
    static let purpose = "One BERT that is trained on all tasks, with a head for each."
    static var settingKeys: KeyReference { FineTuning.settingKeys }

    private let tuning: FineTuning

    init(settings: SettingsMapping, folder: URL) throws {
        tuning = try FineTuning(settings: settings, folder: folder, sharesTasks: true)
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
