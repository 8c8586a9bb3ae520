import Encoders
import Evaluation
import Foundation
import Labels
import TextTokenizers

/// A pretrained encoder whose weights are all trained, with a head for each task.
///
/// ```swift
/// let classifier = FineTunedClassifier(encoder: URL(fileURLWithPath: "all-MiniLM-L6-v2"))
/// let model = try classifier.fit(texts, .classes(labels), labelSpace: space, validation: examples)
/// try model.save(to: URL(fileURLWithPath: "model"))
/// ```
public struct FineTunedClassifier: TextClassifier {
    public var options: FineTuningOptions
    /// A folder of Hugging Face or of sentence-transformers.
    private let encoder: URL
    private let name: String
    private let encoderNotices: [String]
    private let architectures: EncoderArchitectures

    /// Changes whenever the same options, data and seed would train to other weights, so that no result of an earlier
    /// version is taken for one of this. 2: each purpose of random numbers has its own.
    package static let algorithm = "fine-tuning 2"

    /// - Parameters:
    ///   - encoder: A folder of Hugging Face or of sentence-transformers.
    ///   - name: What the summary calls it; by default the folder's name.
    ///   - notices: What is to be told of the encoder, such as the commit that its name stands for.
    ///   - architectures: Those that the encoder may be of.
    public init(
        encoder: URL, name: String? = nil, options: FineTuningOptions = FineTuningOptions(),
        notices: [String] = [], architectures: EncoderArchitectures = .standard
    ) {
        self.encoder = encoder
        encoderNotices = notices
        self.name = name ?? encoder.lastPathComponent
        self.options = options
        self.architectures = architectures
    }

    /// - Throws: `EncoderError` for a folder that is not an encoder's, `TokenizerError`, `TextClassifierError` for options
    ///   that these labels have no use for.
    public func check(_ labelSpace: LabelSpace) throws {
        try EncoderInspection(folder: encoder, architectures: architectures)
            .check(freezing: options.training.freezing)
        try options.check(labelSpace)
    }

    /// - Throws: `SelectionError` where validation cannot tell which model is best.
    public func check(_ tasks: [TrainingTask]) throws {
        for task in tasks {
            guard let validation = task.validation else { continue }
            try options.bestBy.selection(of: task.name, task.labelSpace.kind)?.check(
                gold: validation.targets, labelSpace: task.labelSpace)
        }
    }

    public func fit(_ task: TrainingTask, _ context: FitContext) throws -> FittedFineTunedClassifier {
        try train([task], context)[0]
    }

    /// Trains one encoder on all tasks, or one for each (`sharesTasks`).
    public func fit(
        _ tasks: [TrainingTask], _ context: FitContext
    ) throws -> [FittedFineTunedClassifier] {
        if options.sharesTasks { return try train(tasks, context) }
        return try tasks.map { try fit($0, context.alone(task: $0.name)) }
    }

    private func train(
        _ tasks: [TrainingTask], _ context: FitContext
    ) throws -> [FittedFineTunedClassifier] {
        if tasks.isEmpty { return [] }
        let modules = try SentenceModules(encoder)
        let place = modules.transformerFolder(in: encoder)
        let source = try ClassifierFolder(place, architectures)
        let tokenizer = try TextTokenizer(folder: place)
        let surplus = try tokenizer.check(modelVocabularySize: source.vocabulary)
        let usual = min(FineTuningOptions.defaultMaxLength, tokenizer.maxLength ?? .max)
        let limit = min(options.maxLength ?? usual, source.maxPositions)
        let known =
            encoderNotices + tokenizer.notices
            + [
                surplus, lengthNotice(stated: options.maxLength, positions: source.maxPositions),
                modules.leftOut(by: options.pooling),
            ].compactMap(\.self)

        let learning = tasks.map { task in
            ClassificationTask(
                name: task.name, sequences: tokenizer.sequences(task.train.texts, maxLength: limit),
                targets: task.train.targets, loss: options.loss(task.labelSpace, task.train.targets),
                weight: task.name.flatMap { options.taskWeights[$0] } ?? 1)
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
            model(in: place, tasks, seed: context.seed, &initialized), on: learning, validation, files,
            configuration: source.text, context)
        let digest = try files.verifiedBest(source.text)
        var none: [String] = []
        let best = try model(in: files.best, tasks, seed: context.seed, &none)
        let selections = zip(tasks, validation).compactMap { task, set in
            set == nil ? nil : options.bestBy.selection(of: task.name, task.labelSpace.kind)
        }
        let notices = known + self.notices(initialized, outcome, selections, digest)
        let summary = options.summary(encoder: name, maxLength: limit)
        return tasks.indices.map {
            FittedFineTunedClassifier(
                model: best.selecting(task: $0), labelSpace: tasks[$0].labelSpace, tokenizer: tokenizer,
                maxLength: limit, source: source, notices: notices, summary: summary)
        }
    }

    private func model(
        in folder: URL, _ tasks: [TrainingTask], seed: UInt64, _ initialized: inout [String]
    ) throws -> ClassifierModel {
        try ClassifierModel(
            folder: folder, architectures: architectures, pooling: options.pooling,
            labelCounts: tasks.map(\.labelSpace.count), seed: seed, initialized: &initialized)
    }

    /// A function of its own, so that the training's memory is free again before the best model is read back.
    private func train(
        _ model: consuming ClassifierModel, on tasks: [ClassificationTask], _ validation: [ValidationSet?],
        _ files: TrainingFiles, configuration: Data, _ context: FitContext
    ) throws -> TrainingOutcome {
        var training = options.training
        training.seed = context.seed
        let bestBy = options.bestBy
        let hasValidation = validation.contains { $0 != nil }
        let trainer = try Trainer(
            model, on: ClassificationObjective(tasks), options: training, files: files,
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
        if options.training.freezing == .encoder,
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
            ", the best on validation (\(fourDecimals(options.bestBy.value(ofScore: $0, selections))))"
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
