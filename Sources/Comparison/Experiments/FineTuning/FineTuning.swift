import Encoders
import Evaluation
import Foundation
import Labels
import SettingKeys
import TextClassifiers
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
    /// Whether one encoder learns all tasks; else each has one of its own.
    private let sharesTasks: Bool

    /// Changes whenever the same experiment and seed would train to other weights, so that no result of an earlier
    /// version is taken for one of this. 2: each purpose of random numbers has its own.
    private static let algorithm = "fine-tuning 2"

    /// The longest text in tokens if the experiment does not say: that of most notebooks.
    private static let usualMaxLength = 128

    init(settings: SettingsMapping, folder: URL, sharesTasks: Bool) throws {
        self.sharesTasks = sharesTasks
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
        let summary = "\(encoder), fine-tuned\(head), at most \(maxLength) tokens, \(training.summary)"
        if !sharesTasks { return summary }
        return switch training.options.mixing {
        case .alternateShortest: "\(summary), tasks in turn until the shortest ends"
        case .alternateCycling: "\(summary), tasks in turn until the longest ends"
        case .joint: "\(summary), all tasks in every step"
        }
    }

    func check(_ labelSpace: LabelSpace, _ resources: ContestantResources) throws {
        _ = try EncoderInspection(folder: encoderFolder(resources).root)
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

    func fingerprint(_ resources: ContestantResources) throws -> String {
        try "\(FineTuning.algorithm) \(encoderFolder(resources).fingerprint(cache: resources.cache))"
    }

    private func encoderFolder(_ resources: ContestantResources) throws -> EncoderFolder {
        try EncoderFolder(named: encoder, relativeTo: folder, cache: resources.cache)
    }

    func classifier(_ resources: ContestantResources) throws -> any TextClassifier {
        FineTuningClassifier(tuning: self, encoder: try encoderFolder(resources))
    }

    /// The way of fitting that the settings describe, with the encoder that they name.
    private struct FineTuningClassifier: TextClassifier {
        let tuning: FineTuning
        let encoder: EncoderFolder

        func check(_ tasks: [TrainingTask]) throws { try tuning.check(tasks) }

        func fit(_ task: TrainingTask, _ context: FitContext) throws -> FittedClassifier {
            try tuning.fit([task], context, encoder)[0]
        }

        func fit(_ tasks: [TrainingTask], _ context: FitContext) throws -> [FittedClassifier] {
            if tuning.sharesTasks { return try tuning.fit(tasks, context, encoder) }
            return try tasks.map { try fit($0, context.alone(task: $0.name)) }
        }
    }

    /// Trains one encoder on all tasks.
    /// - Returns: One for each task, in order.
    private func fit(
        _ tasks: [TrainingTask], _ context: FitContext, _ named: EncoderFolder
    ) throws -> [FittedClassifier] {
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
            ClassificationTask(
                name: task.name, sequences: tokenizer.sequences(task.train.texts, maxLength: limit),
                targets: task.train.targets, loss: training.loss(task.labelSpace, task.train.targets),
                weight: task.name.flatMap { training.taskWeights[$0] } ?? 1)
        }
        let validation = zip(tasks, learning).map {
            ValidationSet($0, loss: $1.loss, tokenizer: tokenizer, maxLength: limit)
        }
        let temporary = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: temporary) }
        let files = TrainingFiles(
            folder: context.workFolder ?? temporary,
            log: context.log ?? temporary.appendingPathComponent("log.jsonl"))
        var initialized: [String] = []
        let outcome = try train(
            context, from: model(in: place, tasks, seed: context.seed, &initialized), on: learning,
            validation, files,
            configuration: source.text)
        let digest = try files.verifiedBest(source.text)
        var none: [String] = []
        let best = try model(in: files.best, tasks, seed: context.seed, &none)
        let selections = zip(tasks, validation).compactMap { task, set in
            set == nil ? nil : training.bestBy.selection(of: task.name, task.labelSpace.kind)
        }
        let notices = known + self.notices(initialized, outcome, selections, digest)
        let summary = summary(maxLength: limit)
        return tasks.indices.map {
            FittedClassifier(
                model: best, task: $0, labelSpace: tasks[$0].labelSpace, tokenizer: tokenizer,
                maxLength: limit, source: source, notices: notices, summary: summary)
        }
    }

    private func model(
        in folder: URL, _ tasks: [TrainingTask], seed: UInt64, _ initialized: inout [String]
    ) throws -> ClassifierModel {
        try ClassifierModel(
            folder: folder, pooling: pooling, labelCounts: tasks.map(\.labelSpace.count),
            seed: seed, initialized: &initialized)
    }

    /// A function of its own, so that the training's memory is free again before the best model is read back.
    private func train(
        _ context: FitContext, from model: consuming ClassifierModel, on tasks: [ClassificationTask],
        _ validation: [ValidationSet?], _ files: TrainingFiles, configuration: Data
    ) throws -> TrainingOutcome {
        var options = training.options
        options.seed = context.seed
        let bestBy = training.bestBy
        let hasValidation = validation.contains { $0 != nil }
        let trainer = try Trainer(
            model, on: ClassificationObjective(tasks), options: options, files: files,
            configuration: configuration,
            evaluate: hasValidation ? { try ValidationSet.score(validation, $0, bestBy) } : nil,
            report: { progress in
                context.progress(
                    FitProgress(
                        phase: "epoch \(progress.epoch) of \(progress.epochs)", completed: progress.texts,
                        total: progress.textsInEpoch, unit: "texts",
                        detail: "loss \(fourDecimals(progress.loss))"))
            }, shouldStop: context.shouldStop)
        do {
            return try trainer.run()
        } catch TrainingError.stopped {
            throw RunStopped()
        }
    }

    private func notices(
        _ initialized: [String], _ outcome: TrainingOutcome, _ selections: [Selection], _ digest: String
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
