import Foundation
import Labels
import SettingKeys
import TextClassifiers

/// A family whose contestants are encoders trained whole: one says whether tasks share an encoder, the rest is here.
protocol TrainedContestant: Contestant {
    var tuning: FineTuning { get }
    init(tuning: FineTuning)
}

extension TrainedContestant {
    static var settingKeys: KeyReference { FineTuning.settingKeys }

    init(settings: SettingsMapping, folder: URL) throws {
        self.init(
            tuning: try FineTuning(settings: settings, folder: folder, sharesTasks: Self.sharesTasks))
    }

    var summary: String { tuning.summary }

    func classifier(_ resources: ContestantResources) throws -> any TextClassifier {
        try tuning.classifier(resources)
    }

    func check(_ labelSpace: LabelSpace, _ resources: ContestantResources) throws {
        try tuning.check(labelSpace, resources)
    }

    func check(_ tasks: [TrainingTask], _ resources: ContestantResources) throws { try tuning.check(tasks) }

    func fingerprint(_ resources: ContestantResources) throws -> String { try tuning.fingerprint(resources) }

    static func load(from folder: URL, labelSpace: LabelSpace) throws -> any FittedTextClassifier {
        try FittedFineTunedClassifier(from: folder, labelSpace: labelSpace)
    }
}
