import Encoders
import Evaluation
import Foundation
import Labels
import SettingKeys
import TextTokenizers

/// A BERT whose weights are all trained, with a head for each task: what `fine-tuned` and `multi-task` have in common.
struct FineTuning: Sendable {
    static let settingKeys = ["encoder", "pooling", "max-length", "training"]
    static var deeperKeys: KeyValuePairs<String, [String]> { ["training": TrainingSettings.keys] }

    private let encoder: String
    private let folder: URL
    private let pooling: Pooling
    private let maxLength: Int?
    private let trainingSetting: Setting?
    let training: TrainingSettings

    /// Changes whenever the same experiment and seed would train to other weights, so that no result of an earlier
    /// version is taken for one of this. 2: each purpose of random numbers has its own.
    private static let algorithm = "fine-tuning 2"

    /// The longest text in tokens if the experiment does not say: that of most notebooks.
    private static let usualMaxLength = 128

    init(settings: SettingsMapping, folder: URL) throws {
        encoder = try settings.required("encoder").string()
        self.folder = folder
        pooling = try settings["pooling"]?.oneOf() ?? .pooler
        maxLength = try settings["max-length"]?.int(atLeast: 2)
        trainingSetting = settings["training"]
        training = try trainingSetting.map { try TrainingSettings(setting: $0) } ?? TrainingSettings()
    }

    var summary: String { summary(maxLength: maxLength ?? FineTuning.usualMaxLength) }

    private func summary(maxLength: Int) -> String {
        let head = pooling == .pooler ? "" : ", head on \(pooling.rawValue) pooling"
        return "\(encoder), fine-tuned\(head), at most \(maxLength) tokens, \(training.summary)"
    }

    func check(_ labelSpace: LabelSpace, cache: URL) throws {
        _ = try EncoderInspection(folder: encoderFolder(cache: cache).root)
        try training.check(labelSpace, trainingSetting)
    }

    /// What chooses needs rows to choose on.
    func check(_ tasks: [TrainingTask]) throws {
        let mapping = try trainingSetting?.mapping(known: TrainingSettings.keys)
        for task in tasks {
            let (name, kind) = (task.name, task.labelSpace.kind)
            try training.bestBy.check(
                name, task.labelSpace, tasks: tasks.compactMap(\.name), bestBy: mapping?["best-by"],
                greaterIsBetter: mapping?["greater-is-better"])
            guard let selection = training.bestBy.selection(of: name, kind) else { continue }
            if let validation = task.validation {
                try selection.check(gold: validation.targets, labelSpace: task.labelSpace)
            } else if let chooses = TrainingSettings.choosingKeys.lazy.compactMap({ mapping?[$0] }).first {
                throw chooses.badValue(
                    expected: "a validation part\(name.map { " of task \($0)" } ?? "") to choose on; "
                        + "the split has none")
            }
        }
    }

    func fingerprint(cache: URL) throws -> String {
        try "\(FineTuning.algorithm) \(encoderFolder(cache: cache).fingerprint(cache: cache))"
    }

    private func encoderFolder(cache: URL) throws -> EncoderFolder {
        try EncoderFolder(named: encoder, relativeTo: folder, cache: cache)
    }

    /// Trains one encoder on all tasks.
    /// - Parameter describe: Completes the summary of what was done.
    /// - Returns: One for each task, in order.
    func fit(
        _ tasks: [TrainingTask], describe: (String) -> String = { $0 }
    ) throws -> [FittedClassifier] {
        guard let first = tasks.first else { return [] }
        let named = try encoderFolder(cache: first.cache)
        let place = named.url
        let source = try ClassifierFolder(place)
        let tokenizer = try WordPieceTokenizer(folder: place)
        let surplus = try tokenizer.check(modelVocabularySize: source.vocabulary)
        let usual = min(FineTuning.usualMaxLength, tokenizer.configuration.maxLength ?? .max)
        let limit = min(maxLength ?? usual, source.positions)
        let known =
            tokenizer.notices
            + [
                surplus, lengthNotice(stated: maxLength, positions: source.positions),
                named.modules.leftOut(by: pooling),
            ].compactMap(\.self)

        let learning = tasks.map { task in
            TrainerTask(
                name: task.name, sequences: tokenizer.sequences(task.train.texts, maxLength: limit),
                targets: task.train.targets, loss: training.loss(task.labelSpace, task.train.targets),
                weight: task.name.flatMap { training.taskWeights[$0] } ?? 1)
        }
        let validation = zip(tasks, learning).map {
            ValidationSet($0, loss: $1.loss, tokenizer: tokenizer, maxLength: limit)
        }
        let files = Trainer.Files(folder: first.workFolder, log: first.log)
        var initialized: [String] = []
        let outcome = try train(
            first, from: model(in: place, tasks, &initialized), on: learning, validation, files,
            configuration: source.text)
        let digest = try files.verifiedBest(source.text)
        var none: [String] = []
        let best = try model(in: files.best, tasks, &none)
        let selections = zip(tasks, validation).compactMap { task, set in
            set == nil ? nil : training.bestBy.selection(of: task.name, task.labelSpace.kind)
        }
        let notices = known + self.notices(initialized, outcome, selections, digest)
        let summary = describe(summary(maxLength: limit))
        return tasks.indices.map {
            FittedClassifier(
                model: best, task: $0, labelSpace: tasks[$0].labelSpace, tokenizer: tokenizer,
                maxLength: limit, source: source, notices: notices, summary: summary)
        }
    }

    private func model(
        in folder: URL, _ tasks: [TrainingTask], _ initialized: inout [String]
    ) throws -> ClassifierModel {
        try ClassifierModel(
            folder: folder, pooling: pooling, labelCounts: tasks.map(\.labelSpace.count),
            seed: tasks.first?.seed ?? 0,
            initialized: &initialized)
    }

    /// A function of its own, so that the training's memory is free again before the best model is read back.
    private func train(
        _ first: TrainingTask, from model: ClassifierModel, on tasks: [TrainerTask],
        _ validation: [ValidationSet?], _ files: Trainer.Files, configuration: Data
    ) throws -> Trainer.Outcome {
        var options = training.options
        options.seed = first.seed
        let bestBy = training.bestBy
        let hasValidation = validation.contains { $0 != nil }
        let trainer = try Trainer(
            model, tasks: tasks, options: options, files: files, configuration: configuration,
            evaluate: hasValidation ? { try ValidationSet.score(validation, $0, bestBy) } : nil,
            report: { progress in
                first.progress(
                    FitProgress(
                        phase: "epoch \(progress.epoch) of \(progress.epochs)", completed: progress.texts,
                        total: progress.textsInEpoch, unit: "texts",
                        detail: "loss \(fourDecimals(progress.loss))"))
            }, shouldStop: first.shouldStop)
        do {
            return try trainer.run()
        } catch TrainingError.stopped {
            throw RunStopped()
        }
    }

    private func notices(
        _ initialized: [String], _ outcome: Trainer.Outcome, _ selections: [Selection], _ digest: String
    ) -> [String] {
        var notices: [String] = []
        if !initialized.isEmpty {
            notices.append(
                "new random weights, as the checkpoint has none: \(initialized.joined(separator: ", "))")
        }
        if training.options.freezing == .encoder,
            let pooler = initialized.first(where: { $0.contains("pooler") })
        {
            notices.append(
                "\(pooler) is new and random, and `freeze: encoder` leaves it so, as transformers does; use `pooling: mean` or "
                    + "`cls`, or `freeze: {layers: N}`")
        }
        if outcome.stoppedEarly {
            notices.append("stopped after step \(outcome.steps), since validation did not improve")
        }
        let score = outcome.bestScore.map {
            ", the best on validation (\(fourDecimals(training.bestBy.value(ofScore: $0, selections))))"
        }
        if outcome.undefinedEvaluations > 0 {
            let names = selections.map(\.name).joined(separator: ", ")
            notices.append(
                "\(names) was undefined at \(outcome.undefinedEvaluations) evaluations, whose models were not kept"
            )
        }
        notices.append(
            "scored the model of step \(outcome.bestStep)\(score ?? ""), read back from a file with SHA-256 \(digest)"
        )
        return notices
    }
}

extension WordPieceTokenizer {
    /// The tokens of each text, [CLS] and [SEP] among them. Shape: [texts][tokens].
    func sequences(_ texts: [String], maxLength: Int) -> [[Int32]] {
        let packed = encode(texts, maxLength: maxLength)
        return texts.indices.map { Array(packed.ids[packed.offsets[$0]..<packed.offsets[$0 + 1]]) }
    }
}
