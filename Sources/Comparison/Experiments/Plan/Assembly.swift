import Corpora
import DeterministicWork
import Foundation
import Results
import SafeFiles

/// What a run became.
public struct AssembledRun: Sendable {
    /// What `results.json` holds.
    public let results: ExperimentResults
    /// The results of each replicate, and the folder of its models; a run with one replicate has its own results there.
    public let replicates: [(results: ExperimentResults, models: URL)]
    /// Whether this process assembled it; another one writes the report otherwise.
    public let isOwn: Bool
    /// Of the contestants whose programs failed in this process, and that are left out; others are not touched by that.
    public internal(set) var failures: [ContestantError] = []

    /// The same, where no program failed.
    /// - Throws: The first failure.
    public func withoutFailures() throws(ContestantError) -> AssembledRun {
        if let first = failures.first { throw first }
        return self
    }
}

// Assembling reads records and stored predictions, and fits nothing.
extension ExperimentRun {
    /// Writes `results.json`, of each replicate and of all together.
    ///
    /// - Parameter records: Of the items of each replicate, one a task, as `plan` orders them; nil for a contestant that has
    ///   none.
    func assembled(_ plan: RunPlan, records: [[[ContestantRecord]?]]) throws -> AssembledRun {
        let encoder = try file.encoder(cache: options.cache)
        let stages = zip(plan.replicates, records).map { AssembledStage($0, records: $1) }
        // Of several seeds the first is assembled last, since it is set beside the others.
        let isFolded = plan.replicates.contains { $0.replicate.fold != nil }
        let isAnalyzed = !isFolded && file.learningCurve == nil
        let others = try (isFolded ? stages[...] : stages.dropFirst()).map { stage in
            var results = try self.results(
                of: stage, isAnalyzed: isAnalyzed, others: [], encoder: encoder)
            results.timings.note(stage.timings)
            try results.write(to: RunLayout(stage.plan.options.output))
            return results
        }
        var results =
            try isFolded
            ? pooled(stages, others, encoder: encoder)
            : self.results(
                of: stages[0], isAnalyzed: true, others: file.learningCurve == nil ? others : [],
                encoder: encoder)
        if let curve = file.learningCurve {
            results = try withCurves(results, plan.replicates, others, curve)
        } else {
            try removeSamples(plan.replicates[0].tasks)
        }
        results.timings.note(stages.flatMap(\.timings))
        try results.write(to: RunLayout(options.output))
        try removeUnfinished()
        return AssembledRun(
            results: results,
            replicates: Array(
                zip(isFolded ? others : [results] + others, plan.replicates.map(\.options.models))
                    .map { ($0, $1) }),
            isOwn: true)
    }

    /// The run is assembled, by this process or another one.
    func removeUnfinished() throws(FileError) {
        try PackableFile(RunLayout(options.output).unfinished).remove()
    }

    /// - Parameter others: Of the same experiment under the other seeds.
    private func results(
        of stage: AssembledStage, isAnalyzed: Bool, others: [ExperimentResults], encoder: EncoderFolder?
    ) throws -> ExperimentResults {
        let experiment = summary(seed: stage.plan.replicate.seed)
        let layout = RunLayout(options.output)
        let tasks = try stage.plan.tasks.enumerated().map { index, task in
            var results = TaskResults(
                name: task.name, dataset: task.dataset.summary, split: try task.splitSummary,
                contestants: stage.contestants[index])
            results.sample = task.sample
            if !others.isEmpty {
                let first = ExperimentResults(experiment: experiment, alone: results)
                results.seeds = SeedSpread([first] + others.map { $0.alone($0.tasks[index]) })
            }
            guard isAnalyzed, file.analysis.isWanted else {
                try task.folder.removeAnalysis()
                return results
            }
            let stored = try StoredPredictions(
                ExperimentResults(experiment: experiment, alone: results), in: task.folder,
                otherSeeds: others.map { layout.seed($0.experiment.seed).task(task.name) })
            let subject = AnalysisSubject(
                predictions: stored, parts: task.split.stored.split.parts, splits: nil,
                dataset: task.dataset, folder: task.folder)
            return try analyzed(results, subject, experiment: experiment, encoder: encoder)
        }
        return ExperimentResults(
            experiment: experiment, tasks: tasks, timings: timings(stage.costs))
    }

    /// The results of all folds together: each row is predicted once, by the model that was not fitted on its fold.
    /// - Parameter folds: The results of each.
    private func pooled(
        _ stages: [AssembledStage], _ folds: [ExperimentResults], encoder: EncoderFolder?
    ) throws -> ExperimentResults {
        let experiment = summary(seed: seed)
        let tasks = try file.tasks.indices.map { index in
            try pooledTask(
                file.tasks[index], stages.map { $0.plan.tasks[index] },
                folds.map { $0.alone($0.tasks[index]) },
                experiment: experiment, encoder: encoder)
        }
        let ids = Set(tasks.flatMap { $0.contestants.map(\.id) })
        let costs = stages.map(\.costs)
        let totals = ids.compactMap { id -> (String, ContestantCost)? in
            let own = costs.compactMap { $0[id] }
            return own.count == costs.count ? (id, .sum(ofFolds: own)) : nil
        }
        return ExperimentResults(
            experiment: experiment, tasks: tasks,
            timings: timings(Dictionary(uniqueKeysWithValues: totals)))
    }

    private func summary(seed: UInt64) -> ExperimentSummary {
        ExperimentSummary(
            name: file.name, description: file.description, fileSHA256: file.sha256, seed: seed,
            rankBy: file.rankBy, bakeoffVersion: BakeoffVersion.current)
    }

    private func timings(_ costs: [String: ContestantCost]) -> Timings {
        Timings(
            date: options.date().formatted(.iso8601), command: options.command, threads: Threads.count,
            machine: options.machine, contestants: costs)
    }
}

/// A replicate with what its items left.
struct AssembledStage {
    let plan: RunPlan.Stage
    /// One list a task of the experiment, of those that take part and have a record.
    let contestants: [[ContestantResults]]
    /// By contestant; what fitting predictions cost that were made elsewhere, nobody knows.
    let costs: [String: ContestantCost]

    /// What each item took, in the order of the experiment file.
    var timings: [ItemTiming] {
        plan.items.compactMap { item in
            costs[item.id].map { ItemTiming(contestant: item.id, replicate: plan.replicate, $0) }
        }
    }

    init(_ plan: RunPlan.Stage, records: [[ContestantRecord]?]) {
        self.plan = plan
        var contestants: [[ContestantResults]] = Array(repeating: [], count: plan.tasks.count)
        var costs: [String: ContestantCost] = [:]
        for (item, records) in zip(plan.items, records) {
            guard let records else { continue }
            let taken = plan.tasks.indices.filter { item.takesPart(in: plan.tasks[$0].name) }
            for (task, record) in zip(taken, records) { contestants[task].append(record.results) }
            if !item.isExternal { costs[item.id] = .total(records.map(\.cost)) }
        }
        (self.contestants, self.costs) = (contestants, costs)
    }
}
