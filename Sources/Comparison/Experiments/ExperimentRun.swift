import DeterministicWork
import Foundation
import Labels
import Results
import TextClassifiers

/// The way from an experiment file to its results: load, split, then fit and score each contestant in turn.
public struct ExperimentRun: Sendable {
    let file: ExperimentFile
    let options: RunOptions

    public init(file: ExperimentFile, options: RunOptions) {
        self.file = file
        self.options = options
    }

    private var seed: UInt64 { options.seed ?? file.seed }

    /// Holds the folders of the run, for what is to be written to them besides.
    public func hold() throws -> RunHold { try RunHold(file, options) }

    /// Runs what is not up to date, writes the artifacts and `results.json`, and returns what that holds.
    /// - Parameter hold: Of the folders, or of folders that these are in; nil to hold them while this works.
    public func run(holding hold: RunHold? = nil, notify: (RunEvent) -> Void) throws -> ExperimentResults {
        try checkOnly()
        let hold = try hold ?? self.hold()
        defer { withExtendedLifetime(hold) {} }
        let tasks = try preparedTasks(notify)
        try checkThresholds(tasks)
        let fits = try file.contestants.map { contestant in
            try ContestantFit(
                contestant, tasks: tasks.filter { contestant.takesPart(in: $0.name) }, seed: seed,
                analysis: file.analysis, options: options)
        }

        for fit in fits where isWanted(fit.contestant.id) {
            try ContestantError.naming(fit.contestant.id) { try fit.check() }
        }

        var contestants: [[ContestantResults]] = Array(repeating: [], count: tasks.count)
        var costs: [String: ContestantCost] = [:]
        for fit in fits {
            guard let records = try records(of: fit, notify) else { continue }
            let taken = tasks.indices.filter { fit.contestant.takesPart(in: tasks[$0].name) }
            for (task, record) in zip(taken, records) { contestants[task].append(record.results) }
            // What fitting predictions cost that were made elsewhere, nobody knows.
            if !isExternal(fit) {
                costs[fit.contestant.id] = .total(records.map(\.cost))
            }
        }

        let encoder = try file.encoder(cache: options.cache)
        let experiment = ExperimentSummary(
            name: file.name, description: file.description, fileSHA256: file.sha256, seed: seed,
            rankBy: file.rankBy.rawValue, bakeoffVersion: BakeoffVersion.current)
        let progress = options.progress
        let results = ExperimentResults(
            experiment: experiment,
            tasks: try zip(tasks, contestants).map { task, contestants in
                try task.results(contestants, of: file, experiment: experiment, encoder: encoder) {
                    progress(task.name ?? file.name, $0)
                }
            },
            timings: Timings(
                date: options.date().formatted(.iso8601), command: options.command, threads: Threads.count,
                machine: options.machine, contestants: costs))
        try results.write(to: RunLayout(options.output))
        return results
    }

    /// Loads every task, has every contestant look at its labels, and only then makes the splits.
    private func preparedTasks(_ notify: (RunEvent) -> Void) throws -> [RunTask] {
        let datasets = try file.tasks.map { task in
            var dataset = try task.dataset.load(cache: options.cache)
            if let costs = file.costs {
                dataset = dataset.with(costs: try costs.matrix(for: dataset.corpus.labelSpace))
            }
            try checkMetrics(dataset.corpus.labelSpace)
            let title = (task.name.map { "\($0): " } ?? "") + dataset.name
            notify(.loaded(rows: dataset.corpus.count, dataset: title))
            dataset.notices.forEach { notify(.notice($0)) }
            for contestant in file.contestants where contestant.takesPart(in: task.name) {
                try ContestantError.naming(contestant.id) {
                    try contestant.contestant.check(
                        dataset.corpus.labelSpace, ContestantResources(cache: options.cache))
                }
            }
            return dataset
        }
        return try zip(file.tasks, datasets).map { task, dataset in
            let prepared = try RunTask(task, dataset, options: options)
            let split = prepared.split
            if dataset.corpus.officialParts != nil, !split.stored.plan.official {
                notify(.notice("the dataset's official parts are pooled and dealt anew"))
            }
            let title = (task.name.map { "\($0), " } ?? "") + split.stored.plan.description
            notify(.split(plan: title, reused: split.isReused))
            split.notices.forEach { notify(.notice($0)) }
            return prepared
        }
    }

    /// - Throws: `ExperimentError.unsuitableMetric`, before anything is fitted.
    private func checkMetrics(_ labelSpace: LabelSpace) throws {
        // Tasks may have metrics of their own; the ranking's may then be one of some of them.
        if file.tasks.count == 1, !file.rankBy.applies(to: labelSpace) {
            throw ExperimentError.unsuitableMetric("report.rank-by", file.rankBy.rawValue, labelSpace)
        }
        if let objective = file.analysis.thresholds.objective, file.tasks.count == 1,
            !objective.applies(to: labelSpace)
        {
            throw ExperimentError.unsuitableMetric("thresholds.objective", objective.rawValue, labelSpace)
        }
    }

    /// That the thresholds that the file wants used are not passed over in silence.
    private func checkThresholds(_ tasks: [RunTask]) throws {
        let rule = file.analysis.thresholds.use
        if rule == .half { return }
        let decided = tasks.filter { $0.dataset.corpus.labelSpace.kind != .multiclass }
        if decided.isEmpty, let space = tasks.first?.dataset.corpus.labelSpace {
            throw ExperimentError.unsuitableLabels(
                contestant: "thresholds.use \(rule.rawValue)", found: space.names,
                expected: "two labels, or several a row; of \(space.count) classes the most probable is taken"
            )
        }
        for task in decided where rule.isTuned && task.split.stored.split.rows(of: .validation).isEmpty {
            throw ExperimentError.nothingToTuneOn("thresholds.use \(rule.rawValue)")
        }
    }

    /// The stored records of a contestant if they are up to date, else new ones; nil if it is not wanted.
    private func records(of fit: ContestantFit, _ notify: (RunEvent) -> Void) throws -> [ContestantRecord]? {
        let id = fit.contestant.id
        if options.force && isWanted(id) {
            fit.forget()
        } else if let stored = try fit.storedRecords() {
            notify(.reused(contestant: id))
            return stored
        }
        guard isWanted(id) else { return nil }
        if options.shouldStop() { throw RunStopped() }
        notify(.fitting(contestant: id))
        let records = try ContestantError.naming(id) { try fit.fitAndScore() }
        notify(.finished(contestant: id, isExternal(fit) ? nil : .total(records.map(\.cost))))
        for results in records.map(\.results) {
            for notice in results.notices + (results.emptyRowsNotice.map { [$0] } ?? []) {
                notify(.notice("\(id): \(notice)"))
            }
        }
        return records
    }

    private func isExternal(_ fit: ContestantFit) -> Bool { fit.contestant.model == ExternalContestant.model }

    private func isWanted(_ contestant: String) -> Bool {
        options.only.isEmpty || options.only.contains(contestant)
    }

    private func checkOnly() throws {
        let known = file.contestants.map(\.id)
        for id in options.only where !known.contains(id) {
            throw ExperimentError.unknownContestant(id: id, known: known)
        }
    }
}
