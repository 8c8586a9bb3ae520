import DeterministicWork
import Foundation
import LinearAlgebra
import SafeFiles

/// Trains a model on an objective: step by step, with evaluations, checkpoints and a log.
///
/// A training that is killed and started again ends with the same bytes as one that was not: order and dropout are
/// functions of the seed and of the place in the training, and a checkpoint holds everything else.
public struct Trainer<Objective: TrainingObjective> {
    private let trainable: TrainableModel<Objective.Model>
    private let pass: Pass
    private let objective: Objective
    private let tasks: [TrainingRows]
    private let dropout: DropoutProbabilities
    private let options: TrainingOptions
    private let files: TrainingFiles
    /// `config.json` of the folder that the model came from.
    private let configuration: Data
    private let evaluate: ((Objective.Model) throws -> TrainingScore)?
    private let report: (TrainingProgress) -> Void
    private let shouldStop: () -> Bool

    private let optimizer: AdamWOptimizer
    private let schedule: LearningRateSchedule
    /// The steps of the whole training, where it does not stop early.
    private let stepCount: Int

    /// - Parameters:
    ///   - evaluate: Scores the model on validation data; nil if there are none, and the last model is then the best.
    ///   - report: Told after every step.
    ///   - availableMemory: Bytes; nil if it is not known, and nothing is checked.
    public init(
        _ model: consuming Objective.Model, on objective: Objective, options: TrainingOptions,
        files: TrainingFiles, configuration: Data,
        evaluate: ((Objective.Model) throws -> TrainingScore)?,
        report: @escaping (TrainingProgress) -> Void = { _ in },
        shouldStop: @escaping () -> Bool = { false }, availableMemory: Int? = AvailableMemory.bytes
    ) throws {
        tasks = objective.tasks
        for task in tasks where task.tokenCounts.isEmpty { throw TrainingError.noRows(task: task.name) }
        if let adaptation = options.lowRank {
            try model.adapt(adaptation)
        } else {
            try model.freeze(options.freezing)
        }
        if options.layerDecay != 1 { try model.requireLayers(1, for: EncoderInspection.decaying) }
        if let availableMemory {
            try Trainer.checkMemory(
                model, tasks, activationsPerToken: objective.activationsPerToken(of: model), options,
                available: availableMemory)
        }
        dropout = options.dropout.map { DropoutProbabilities($0) } ?? objective.dropout(of: model)
        trainable = TrainableModel(
            model, layerDecay: options.layerDecay,
            adaptation: options.lowRank.map { ($0, seed: options.seed) })
        pass = trainable.makePass(Team(workers: Threads.count), options.precision)
        self.objective = objective
        self.options = options
        self.files = files
        self.configuration = configuration
        self.evaluate = evaluate
        self.report = report
        self.shouldStop = shouldStop
        optimizer = AdamWOptimizer(
            weightDecay: options.weightDecay, maxGradientNorm: options.maxGradientNorm, trainable.gradients,
            pass.team)
        let steps = EpochPlan.stepCount(rowCounts: tasks.map(\.tokenCounts.count), options) * options.epochs
        stepCount = min(steps, options.maxSteps ?? .max)
        schedule = LearningRateSchedule(
            options.schedule, warmupSteps: options.warmup.steps(of: stepCount))
    }

    /// Trains to the end, or goes on to it from the last checkpoint.
    /// - Throws: `TrainingError`, `FileError`, and what `evaluate` throws.
    public func run() throws -> TrainingOutcome {
        var state = try files.last.read(into: trainable, pass.team) ?? TrainerState()
        if state.bestStep != nil { _ = try files.verifiedBest(configuration) }
        let log = try TrainingLog(files.log, keeping: state.logLength)
        var saved = SaveClock()
        while state.epoch < options.epochs && !state.isFinished && state.step < stepCount {
            let plan = EpochPlan(
                rowCounts: tasks.map(\.tokenCounts.count), weights: tasks.map(\.weight), epoch: state.epoch,
                options)
            let sizes = plan.steps.map { $0.reduce(0) { $0 + $1.rows.count } }
            let total = sizes.reduce(0, +)
            if state.position == 0 {
                state.epochLosses = Array(repeating: TrainerState.TaskLoss(), count: tasks.count)
            }
            var done = sizes[..<state.position].reduce(0, +)
            while state.position < plan.steps.count && !state.isFinished && state.step < stepCount {
                if shouldStop() {
                    try save(&state, log)
                    throw TrainingError.stopped
                }
                let loss = try step(plan.steps[state.position], &state, log)
                done += sizes[state.position - 1]
                report(
                    TrainingProgress(
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
        return TrainingOutcome(
            steps: state.step, bestStep: state.bestStep ?? state.step, bestScore: state.bestScore,
            stoppedEarly: state.step < stepCount,
            undefinedEvaluations: state.undefinedEvaluations,
            lastEpochLosses: (state.epochLosses ?? []).map(\.mean))
    }

    /// The model as it is now: of a training that ended, that of the last step.
    public var model: Objective.Model { trainable.snapshot(pass.team) }

    /// One step of the optimizer.
    /// - Returns: The weighted sum of the batches' losses.
    private func step(_ batches: [EpochPlan.Batch], _ state: inout TrainerState, _ log: TrainingLog) throws
        -> Double
    {
        let start = ContinuousClock.now
        let rate =
            options.learningRate
            * schedule.factor(step: state.step, of: stepCount, epoch: state.epoch)
        var loss = 0.0
        for batch in batches {
            pass.begin(dropout: DropoutDraw(dropout, seed: options.seed, step: state.batches))
            let value = try trainable.withModel {
                try objective.addGradient(of: batch.rows, task: batch.task, scale: batch.weight, $0, pass)
            }
            state.batches += 1
            loss += value * batch.weight
            state.epochLosses?[batch.task].add(value, rows: batch.rows.count)
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
        let score = try evaluate(model)
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
        try files.writeBest(model, configuration, trainable.lowRankFactors(options.lowRank))
    }

    private func save(_ state: inout TrainerState, _ log: TrainingLog) throws {
        state.logLength = log.length
        try files.last.write(state, trainable, pass.team)
    }
}

extension Trainer {
    /// Throws if a training would not fit into memory, before it begins: gradients of what is trained, with two moments where
    /// they are dense, and the activations of the largest batch.
    private static func checkMemory(
        _ model: borrowing Objective.Model, _ tasks: [TrainingRows], activationsPerToken: Int,
        _ options: TrainingOptions, available: Int
    ) throws {
        let tokens =
            tasks.map { $0.tokenCounts.sorted(by: >).prefix(options.batchSize).reduce(0, +) }.max() ?? 0
        var floats = tokens * activationsPerToken
        model.forEachParameter { _, parameter in
            if parameter.isFrozen { return }
            if let adaptation = options.lowRank, parameter.isAdapted {
                floats += LowRankAdapter.floats(of: parameter, rank: adaptation.rank)
                return
            }
            switch parameter.layout {
            case .plain, .packed: floats += 3 * parameter.count
            case .table: floats += 2 * parameter.count
            }
        }
        let needed = floats * MemoryLayout<Float>.stride
        if needed > available {
            throw TrainingError.notEnoughMemory(neededBytes: needed, availableBytes: available)
        }
    }
}
