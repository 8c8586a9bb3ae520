import Foundation
import Labels
import SettingKeys

/// `model: fine-tuned`: a BERT trained whole, on each task by itself.
struct FineTunedContestant: Contestant {
    static let model = "fine-tuned"
    static let otherNames = [
        "fine-tune", "fine-tuning", "finetuned", "bert", "distilbert", "roberta", "transformer",
        "transformers",
    ]
    static let settingKeys = FineTuning.settingKeys
    static var deeperKeys: KeyValuePairs<String, [String]> { FineTuning.deeperKeys }

    private let tuning: FineTuning

    init(settings: SettingsMapping, folder: URL) throws {
        tuning = try FineTuning(settings: settings, folder: folder)
    }

    var summary: String { tuning.summary }

    func check(_ labelSpace: LabelSpace, cache: URL) throws { try tuning.check(labelSpace, cache: cache) }

    func check(_ tasks: [TrainingTask]) throws { try tuning.check(tasks) }

    func fingerprint(cache: URL) throws -> String { try tuning.fingerprint(cache: cache) }

    func fit(_ task: TrainingTask) throws -> any FittedContestant { try tuning.fit([task])[0] }

    static func load(from folder: URL, labelSpace: LabelSpace) throws -> any FittedContestant {
        try FittedClassifier(folder: folder, labelSpace: labelSpace)
    }
}
