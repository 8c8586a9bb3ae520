import Evaluation
import Files
import Foundation
import Results

/// One contestant on all tasks that it takes part in: fitted on them together, so that they may share what is learnt.
struct ContestantFit {
    let contestant: ConfiguredContestant
    /// One a task, at least one.
    private let runs: [ContestantRun]
    private let seed: UInt64
    private let options: RunOptions

    init(
        _ contestant: ConfiguredContestant, tasks: [RunTask], seed: UInt64, analysis: AnalysisOptions,
        options: RunOptions
    ) throws {
        self.contestant = contestant
        self.seed = seed
        self.options = options
        let inputs = Fingerprint.sha256(
            of: Data(
                """
                bakeoff \(BakeoffVersion.current)
                \(contestant.settings)
                \(try contestant.contestant.fingerprint(cache: options.cache))
                \(tasks.map(\.fingerprint).joined(separator: "\n"))
                seed \(seed)
                """.utf8))
        let models = options.models.appendingPathComponent(contestant.id)
        runs = tasks.map { task in
            ContestantRun(
                contestant: contestant, task: task,
                modelFolder: task.name.map { models.appendingPathComponent($0) } ?? models,
                analysis: analysis,
                seed: seed, inputs: inputs)
        }
    }

    /// Throws if the contestant cannot be fitted on its parts.
    func check() throws {
        try contestant.contestant.check(runs.map(trainingTask))
    }

    /// The records of an earlier run, one a task, if all that went into them is the same.
    func storedRecords() throws -> [ContestantRecord]? {
        let records = try runs.compactMap { try $0.storedRecord() }
        return records.count == runs.count ? records : nil
    }

    /// Fits and scores.
    /// - Returns: One record a task, in order.
    func fitAndScore() throws -> [ContestantRecord] {
        PeakMemory.reset()
        let cpuBefore = cpuSeconds()
        let (fitted, seconds) = try timed { try contestant.contestant.fit(runs.map(trainingTask)) }
        let cpu = cpuSeconds() - cpuBefore
        let records = try zip(runs, fitted).map { run, fitted in
            try run.score(fitted, fitSeconds: seconds, cpuSeconds: cpu)
        }
        try? FileManager.default.removeItem(at: checkpoints)
        return records
    }

    /// Removes the checkpoints of earlier runs, so that nothing goes on from them.
    func forget() {
        try? FileManager.default.removeItem(at: checkpoints)
    }

    private var checkpoints: URL {
        options.models.appendingPathComponent(contestant.id).appendingPathComponent("work")
    }

    private func trainingTask(_ run: ContestantRun) -> TrainingTask {
        let (id, progress) = (contestant.id, options.progress)
        return TrainingTask(
            name: run.task.name, labelSpace: run.task.dataset.corpus.labelSpace,
            train: run.examples(of: .train), validation: run.validation, seed: seed, cache: options.cache,
            workFolder: checkpoints.appendingPathComponent(run.inputs),
            log: RunFolder(options.output).log(of: id), progress: { progress(id, $0) },
            shouldStop: options.shouldStop)
    }
}

extension ContestantCost {
    /// Of a contestant that was fitted once and scored on several tasks.
    static func total(_ tasks: [ContestantCost]) -> ContestantCost {
        var total = ContestantCost(
            fitSeconds: tasks.map(\.fitSeconds).max() ?? 0,
            predictSeconds: tasks.map(\.predictSeconds).reduce(0, +),
            predictedTexts: tasks.map(\.predictedTexts).reduce(0, +),
            peakMemoryBytes: tasks.map(\.peakMemoryBytes).max() ?? 0)
        total.cpuSeconds = tasks.compactMap(\.cpuSeconds).max()
        total.parameters = tasks.compactMap(\.parameters).max()
        total.modelBytes = tasks.compactMap(\.modelBytes).reduce(0, +)
        return total
    }
}
