import Encoders
import Foundation
import Labels
import SettingKeys
import TextClassifiers

/// A BERT whose weights are all trained, with a head for each task: what `fine-tuned` and `multi-task` have in common.
struct FineTuning: Sendable {
    static let settingKeys = ["encoder", "pooling", "max-length", "training"]
    static var deeperKeys: KeyValuePairs<String, [String]> { ["training": FineTuningOptions.trainingKeys] }

    private let encoder: String
    private let folder: URL
    private let options: FineTuningOptions
    private let trainingSetting: Setting?

    init(settings: SettingsMapping, folder: URL, sharesTasks: Bool) throws {
        encoder = try settings.required("encoder").string()
        self.folder = folder
        var options = try FineTuningOptions(settings: settings)
        options.sharesTasks = sharesTasks
        self.options = options
        trainingSetting = settings["training"]
    }

    var summary: String { options.summary(encoder: encoder) }

    func check(_ labelSpace: LabelSpace, _ resources: ContestantResources) throws {
        _ = try EncoderInspection(folder: encoderFolder(resources).root)
        try FineTuningOptions.check(labelSpace, training: trainingSetting)
    }

    /// What chooses needs rows to choose on.
    func check(_ tasks: [TrainingTask]) throws {
        let mapping = try trainingSetting?.mapping(known: FineTuningOptions.trainingKeys)
        for task in tasks {
            let (name, kind) = (task.name, task.labelSpace.kind)
            try options.bestBy.check(
                name, task.labelSpace, tasks: tasks.compactMap(\.name), bestBy: mapping?["best-by"],
                greaterIsBetter: mapping?["greater-is-better"])
            guard let selection = options.bestBy.selection(of: name, kind) else { continue }
            if let validation = task.validation {
                try selection.check(gold: validation.targets, labelSpace: task.labelSpace)
            } else if let chooses = FineTuningOptions.choosingKeys.lazy.compactMap({ mapping?[$0] }).first {
                throw chooses.badValue(
                    expected: "a validation part\(name.map { " of task \($0)" } ?? "") to choose on; "
                        + "the split has none")
            }
        }
    }

    func fingerprint(_ resources: ContestantResources) throws -> String {
        try "\(FineTunedClassifier.algorithm) \(encoderFolder(resources).fingerprint(cache: resources.cache))"
    }

    private func encoderFolder(_ resources: ContestantResources) throws -> EncoderFolder {
        try EncoderFolder(named: encoder, relativeTo: folder, cache: resources.cache)
    }

    func classifier(_ resources: ContestantResources) throws -> any TextClassifier {
        FineTuningClassifier(
            tuning: self,
            classifier: FineTunedClassifier(
                encoder: try encoderFolder(resources).root, name: encoder, options: options))
    }

    /// The classifier, checked against what the file says.
    private struct FineTuningClassifier: TextClassifier {
        let tuning: FineTuning
        let classifier: FineTunedClassifier

        func check(_ tasks: [TrainingTask]) throws { try tuning.check(tasks) }

        func fit(_ task: TrainingTask, _ context: FitContext) throws -> FittedFineTunedClassifier {
            try classifier.fit(task, context)
        }

        func fit(_ tasks: [TrainingTask], _ context: FitContext) throws -> [FittedFineTunedClassifier] {
            try classifier.fit(tasks, context)
        }
    }
}
