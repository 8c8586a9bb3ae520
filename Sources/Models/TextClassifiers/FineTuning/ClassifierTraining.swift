import Encoders
import Evaluation
import Foundation

/// The training of an encoder with a head for each task, from labelled texts to the best model: what networks and tables
/// of token vectors have in common.
struct ClassifierTraining<Encoder: SequenceEncoder> {
    let options: FineTuningOptions
    /// Of the pretrained encoder.
    let folder: URL
    /// `config.json` of the folder that the best model is kept in.
    let configuration: Data
    /// The tokens of texts.
    let sequences: ([String]) -> [[Int32]]
    /// Reads the model of a folder; what has new random weights is added by name.
    let read: (_ folder: URL, _ initialized: inout [String]) throws -> HeadedEncoder<Encoder>
    /// What is done to the pretrained model before it is trained.
    var prepare: (inout HeadedEncoder<Encoder>) throws -> Void = { _ in }

    /// Trains one encoder on all tasks.
    /// - Returns: The best model, read back from its file, what low-rank adaptation has added to it, the parts that began with
    ///   random weights by their names, and what is to be told of the training.
    /// - Throws: `RunStopped`, `TrainingError`, `FileError`.
    func run(
        _ tasks: [TrainingTask], _ context: FitContext
    ) throws -> (
        model: HeadedEncoder<Encoder>, factors: LowRankFactors?, newParts: [String], notices: [String]
    ) {
        let learning = tasks.map { task in
            ClassificationTask(
                name: task.name, sequences: sequences(task.train.texts), targets: task.train.targets,
                loss: options.loss(task.labelSpace, task.train.targets),
                weight: task.name.flatMap { options.taskWeights[$0] } ?? 1)
        }
        let validation = zip(tasks, learning).map { ValidationSet($0, loss: $1.loss, sequences: sequences) }
        let temporary = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: temporary) }
        let files = TrainingFiles(
            folder: context.workFolder ?? temporary,
            log: context.log ?? temporary.appendingPathComponent("log.jsonl"))
        var initialized: [String] = []
        let outcome = try train(startingModel(&initialized), on: learning, validation, files, context)
        let digest = try files.verifiedBest(configuration)
        var none: [String] = []
        let best = try read(files.best, &none)
        let selections = zip(tasks, validation).compactMap { task, set in
            set == nil ? nil : options.bestBy.selection(of: task.name, task.labelSpace.kind)
        }
        let plateaus = zip(learning, outcome.lastEpochLosses).compactMap { PlateauNotice($0, lastLoss: $1) }
        let factors = try options.training.lowRank.map { try files.bestFactors($0, of: best) }
        return (
            best, factors, initialized,
            notices(initialized, outcome, selections, digest) + plateaus.map(\.text)
        )
    }

    /// The pretrained model with new heads.
    private func startingModel(_ initialized: inout [String]) throws -> HeadedEncoder<Encoder> {
        var model = try read(folder, &initialized)
        try prepare(&model)
        return model
    }

    /// A function of its own, so that the training's memory is free again before the best model is read back.
    private func train(
        _ model: consuming HeadedEncoder<Encoder>, on tasks: [ClassificationTask],
        _ validation: [ValidationSet?], _ files: TrainingFiles, _ context: FitContext
    ) throws -> TrainingOutcome {
        var training = options.training
        training.seed = context.seed
        let bestBy = options.bestBy
        let hasValidation = validation.contains { $0 != nil }
        let trainer = try Trainer(
            model, on: HeadedObjective<Encoder>(tasks), options: training, files: files,
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
