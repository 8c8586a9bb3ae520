import DeterministicWork
import Foundation
import LinearAlgebra
import SafeFiles

/// Trains a classifier on one task or several: step by step, with evaluations, checkpoints and a log.
///
/// A training that is killed and started again ends with the same bytes as one that was not: order and dropout are
/// functions of the seed and of the place in the training, and a checkpoint holds everything else.
package struct Trainer {
    /// What an evaluation found.
    package struct Score: Sendable {
        /// For the log.
        package var metrics: [(name: String, value: Double)]
        /// What decides which model is best, the higher the better; nil where it is undefined, which is never the best.
        package var value: Double?

        package init(metrics: [(name: String, value: Double)], value: Double?) {
            self.metrics = metrics
            self.value = value
        }
    }

    /// How far a training is.
    package struct Progress: Sendable {
        /// From 1.
        package var epoch: Int
        package var epochs: Int
        /// Texts of this epoch.
        package var texts: Int
        package var textsInEpoch: Int
        package var loss: Double
    }

    /// How a training ended.
    package struct Outcome: Equatable, Sendable {
        /// Steps that were made.
        package let steps: Int
        /// The step after which the model is the one in `bestFolder`.
        package let bestStep: Int
        package let bestScore: Double?
        package let stoppedEarly: Bool
        /// Evaluations that had no score.
        package let undefinedEvaluations: Int

        package init(
            steps: Int, bestStep: Int, bestScore: Double?, stoppedEarly: Bool, undefinedEvaluations: Int = 0
        ) {
            self.undefinedEvaluations = undefinedEvaluations
            self.steps = steps
            self.bestStep = bestStep
            self.bestScore = bestScore
            self.stoppedEarly = stoppedEarly
        }
    }

    package struct Files: Sendable {
        /// Where checkpoints go.
        package let folder: URL
        package let log: URL

        package init(folder: URL, log: URL) {
            self.folder = folder
            self.log = log
        }

        var last: TrainerCheckpoint {
            TrainerCheckpoint(file: folder.appendingPathComponent("last.safetensors"))
        }
        /// A folder that `ClassifierModel` loads: the best model, or the last where nothing is evaluated.
        package var best: URL { folder.appendingPathComponent("best") }

        private var bestConfiguration: URL { best.appendingPathComponent("config.json") }
        private var bestWeights: DigestedFile {
            DigestedFile(best.appendingPathComponent("model.safetensors"))
        }

        fileprivate func writeBest(_ model: ClassifierModel, _ configuration: Data) throws {
            try OutputFile.write(configuration, to: bestConfiguration)
            try bestWeights.write { try model.write(to: $0) }
        }

        /// The SHA-256 of the best model's weights.
        /// - Throws: If weights or configuration are not as they were written.
        package func verifiedBest(_ configuration: Data) throws -> String {
            let digest = try bestWeights.verified()
            guard try InputFile(bestConfiguration).readToEnd() == Array(configuration) else {
                throw FileError.damaged(path: bestConfiguration.path)
            }
            return digest
        }
    }

    private let training: ClassifierTraining
    private let tasks: [TrainerTask]
    private let options: TrainingOptions
    private let files: Files
    /// `config.json` of the folder that the model came from.
    private let configuration: Data
    private let evaluate: ((ClassifierModel) throws -> Score)?
    private let report: (Progress) -> Void
    private let shouldStop: () -> Bool

    private let optimizer: AdamWOptimizer
    private let schedule: LearningRateSchedule
    private let stepsPerEpoch: Int

    /// - Parameters:
    ///   - evaluate: Scores the model on validation data; nil if there are none, and the last model is then the best.
    ///   - report: Told after every step.
    ///   - availableMemory: Bytes; nil if it is not known, and nothing is checked.
    package init(
        _ model: ClassifierModel, tasks: [TrainerTask], options: TrainingOptions, files: Files,
        configuration: Data,
        evaluate: ((ClassifierModel) throws -> Score)?, report: @escaping (Progress) -> Void = { _ in },
        shouldStop: @escaping () -> Bool = { false }, availableMemory: Int? = AvailableMemory.bytes
    ) throws {
        precondition(model.heads.count == tasks.count)
        for task in tasks where task.sequences.isEmpty { throw TrainingError.noRows(task: task.name) }
        let sizes = model.encoder.configuration
        try Trainer.checkMemory(model, tasks, options, available: availableMemory)
        training = ClassifierTraining(
            model, freezing: options.freezing,
            dropout: options.dropout.map { DropoutProbabilities(hidden: $0, attention: $0, classifier: $0) }
                ?? DropoutProbabilities(sizes), seed: options.seed, team: Team(workers: Threads.count))
        self.tasks = tasks
        self.options = options
        self.files = files
        self.configuration = configuration
        self.evaluate = evaluate
        self.report = report
        self.shouldStop = shouldStop
        var adamw = AdamWOptimizer.Options()
        adamw.weightDecay = options.weightDecay
        adamw.maxGradientNorm = options.maxGradientNorm
        optimizer = AdamWOptimizer(
            adamw, training.parameters, words: training.embeddings?.words, training.team)
        stepsPerEpoch = EpochPlan.stepCount(rowCounts: tasks.map(\.sequences.count), options)
        schedule = LearningRateSchedule(
            options.schedule, warmupSteps: options.warmup.steps(of: stepsPerEpoch * options.epochs))
    }

    /// Trains to the end, or goes on to it from the last checkpoint.
    /// - Throws: `TrainingError`, `FileError`, and what `evaluate` throws.
    package func run() throws -> Outcome {
        var state = try files.last.read(into: training) ?? TrainerState()
        if state.bestStep != nil { _ = try files.verifiedBest(configuration) }
        let log = try TrainingLog(files.log, keeping: state.logLength)
        var saved = SaveClock()
        while state.epoch < options.epochs && !state.isFinished {
            let plan = EpochPlan(
                rowCounts: tasks.map(\.sequences.count), weights: tasks.map(\.weight), epoch: state.epoch,
                options)
            let sizes = plan.steps.map { $0.reduce(0) { $0 + $1.rows.count } }
            let total = sizes.reduce(0, +)
            var done = sizes[..<state.position].reduce(0, +)
            while state.position < plan.steps.count && !state.isFinished {
                if shouldStop() {
                    try save(&state, log)
                    throw TrainingError.stopped
                }
                let loss = try step(plan.steps[state.position], &state, log)
                done += sizes[state.position - 1]
                report(
                    Progress(
                        epoch: state.epoch + 1, epochs: options.epochs, texts: done, textsInEpoch: total,
                        loss: loss))
                if case .every(let steps) = options.evaluation, state.step.isMultiple(of: steps) {
                    try score(&state, log)
                }
                if saved.isDue { try saved.measure { try save(&state, log) } }
            }
            if options.evaluation == .everyEpoch && !state.isFinished { try score(&state, log) }
            state.epoch += 1
            state.position = 0
            try saved.measure { try save(&state, log) }
        }
        if evaluate != nil && state.evaluations == 0 { try score(&state, log) }
        if evaluate != nil && state.bestStep == nil {
            throw TrainingError.nothingDefined(evaluations: state.evaluations)
        }
        if state.bestStep == nil {
            try saveBest()
            state.bestStep = state.step
        }
        return Outcome(
            steps: state.step, bestStep: state.bestStep ?? state.step, bestScore: state.bestScore,
            stoppedEarly: state.step < stepsPerEpoch * options.epochs,
            undefinedEvaluations: state.undefinedEvaluations)
    }

    /// One step of the optimizer.
    /// - Returns: The weighted sum of the batches' losses.
    private func step(_ batches: [EpochPlan.Batch], _ state: inout TrainerState, _ log: TrainingLog) throws
        -> Double
    {
        let start = ContinuousClock.now
        let rate =
            options.learningRate
            * schedule.factor(step: state.step, of: stepsPerEpoch * options.epochs, epoch: state.epoch)
        var loss = 0.0
        for batch in batches {
            let (packed, targets) = try tasks[batch.task].batch(batch.rows)
            let value = try training.addGradient(
                packed, targets, task: batch.task, loss: tasks[batch.task].loss, scale: batch.weight,
                step: state.batches)
            state.batches += 1
            loss += value * batch.weight
        }
        guard loss.isFinite else {
            throw TrainingError.lossNotFinite(step: state.step + 1, loss: loss, learningRate: rate)
        }
        let norm = optimizer.step(learningRate: rate)
        guard norm.isFinite else {
            throw TrainingError.gradientNotFinite(step: state.step + 1, learningRate: rate)
        }
        state.step += 1
        state.position += 1
        state.lossSum += loss
        state.lossCount += 1
        if state.step.isMultiple(of: options.logEvery) {
            let (seconds, attoseconds) = start.duration(to: .now).components
            let rows = batches.reduce(0) { $0 + $1.rows.count }
            let task = Set(batches.map(\.task)).count == 1 ? tasks[batches[0].task].name : nil
            try log.write(
                [("step", .integer(state.step)), ("epoch", .integer(state.epoch + 1))]
                    + (task.map { [("task", .name($0))] } ?? []) + [
                        ("loss", .number(state.lossSum / Double(state.lossCount))), ("lr", .number(rate)),
                        ("grad_norm", .number(norm)),
                        (
                            "samples_per_second",
                            .number(Double(rows) / (Double(seconds) + Double(attoseconds) * 1e-18))
                        ),
                    ])
            state.lossSum = 0
            state.lossCount = 0
        }
        return loss
    }

    /// Evaluates, and keeps the model if it is the best so far.
    private func score(_ state: inout TrainerState, _ log: TrainingLog) throws {
        guard let evaluate else { return }
        training.embeddings?.words.prepareAll(training.team)
        let score = try evaluate(training.model)
        try log.write(
            [("step", .integer(state.step)), ("epoch", .integer(min(state.epoch + 1, options.epochs)))]
                + score.metrics.map { ("validation/\($0.name)", .number($0.value)) })
        state.evaluations += 1
        if score.value == nil { state.undefinedEvaluations += 1 }
        if let value = score.value, value > state.bestScore ?? -.infinity {
            state.bestScore = value
            state.bestStep = state.step
            state.evaluationsSinceBest = 0
            try saveBest()
        } else {
            state.evaluationsSinceBest += 1
            if let patience = options.patience, state.evaluationsSinceBest >= patience {
                state.isFinished = true
            }
        }
    }

    private func saveBest() throws {
        training.embeddings?.words.prepareAll(training.team)
        try files.writeBest(training.model, configuration)
    }

    private func save(_ state: inout TrainerState, _ log: TrainingLog) throws {
        state.logLength = log.length
        try files.last.write(state, training)
    }
}

/// When a checkpoint is due between evaluations: so seldom that writing takes little of the time.
private struct SaveClock {
    private static let shortestInterval = Duration.seconds(60)
    /// How many times as long as a checkpoint takes the training goes on without.
    private static let shareOfTime = 30

    private var last = ContinuousClock.now
    private var interval = SaveClock.shortestInterval

    var isDue: Bool { last.duration(to: .now) > interval }

    mutating func measure(_ save: () throws -> Void) rethrows {
        let start = ContinuousClock.now
        try save()
        last = .now
        interval = max(SaveClock.shortestInterval, start.duration(to: last) * SaveClock.shareOfTime)
    }
}

extension Trainer {
    /// Throws if a training would not fit into memory, before it begins: parameters with their gradients and two moments,
    /// and the values of the largest batch.
    private static func checkMemory(
        _ model: ClassifierModel, _ tasks: [TrainerTask], _ options: TrainingOptions, available: Int?
    ) throws {
        guard let available else { return }
        let sizes = model.encoder.configuration
        let tokens =
            tasks.map { task in
                task.sequences.map(\.count).sorted(by: >).prefix(options.batchSize).reduce(0, +)
            }.max() ?? 0
        let weights = sizes.layers * (4 * sizes.hidden * sizes.hidden + 2 * sizes.hidden * sizes.inner)
        let words = sizes.vocabulary * sizes.hidden
        let valuesPerToken = (sizes.layers + 1) * (8 * sizes.hidden + 2 * sizes.inner)
        let floats = 3 * weights + 2 * words + tokens * valuesPerToken
        let needed = floats * MemoryLayout<Float>.stride
        if needed > available {
            throw TrainingError.notEnoughMemory(neededBytes: needed, availableBytes: available)
        }
    }
}
