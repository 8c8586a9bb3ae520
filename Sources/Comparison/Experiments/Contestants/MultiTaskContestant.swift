import Foundation
import Labels
import SettingKeys

/// `model: multi-task`: one BERT trained on all tasks, which take turns or share every step, with a head for each.
struct MultiTaskContestant: Contestant {
    static let model = "multi-task"
    static let otherNames = [
        "mtl", "multitask-learning",
    ]
    static let settingKeys = FineTuning.settingKeys
    static var deeperKeys: KeyValuePairs<String, [String]> { FineTuning.deeperKeys }

    private let tuning: FineTuning

    init(settings: SettingsMapping, folder: URL) throws {
        tuning = try FineTuning(settings: settings, folder: folder)
    }

    var summary: String { withMixing(tuning.summary) }

    private func withMixing(_ summary: String) -> String {
        let mixing =
            switch tuning.training.options.mixing {
            case .alternateShortest: "tasks in turn until the shortest ends"
            case .alternateCycling: "tasks in turn until the longest ends"
            case .joint: "all tasks in every step"
            }
        return "\(summary), \(mixing)"
    }

    func check(_ labelSpace: LabelSpace, cache: URL) throws { try tuning.check(labelSpace, cache: cache) }

    func check(_ tasks: [TrainingTask]) throws { try tuning.check(tasks) }

    func fingerprint(cache: URL) throws -> String { try tuning.fingerprint(cache: cache) }

    func fit(_ task: TrainingTask) throws -> any FittedContestant { try fit([task])[0] }

    func fit(_ tasks: [TrainingTask]) throws -> [any FittedContestant] {
        try tuning.fit(tasks, describe: withMixing)
    }

    static func load(from folder: URL, labelSpace: LabelSpace) throws -> any FittedContestant {
        try FittedClassifier(folder: folder, labelSpace: labelSpace)
    }
}
