import Corpora
import DeterministicWork
import Labels
import Results
import SafeFiles

/// What a run consists of: a work item for each contestant in each replicate, and before it one for each trial of its search.
/// Those of ensembles depend on others of the same replicate; all others are independent.
public struct RunPlan: Sendable {
    /// In the order in which they are executed; at least one.
    let replicates: [Stage]

    /// One replicate: its tasks as it splits them, and its work items.
    struct Stage: Sendable {
        let replicate: Replicate
        /// With the folders of the replicate.
        let options: RunOptions
        let tasks: [RunTask]
        /// In the order of the experiment file.
        let items: [WorkItem]
    }

    /// Replicate by replicate, contestants in the order of the experiment file.
    public var items: [WorkItem] { replicates.flatMap(\.items) }

    /// The places of `items` in the order in which they are executed: as they stand there, but in each replicate an ensemble
    /// after what it is made of.
    var executionOrder: [Int] {
        guard let contestants = replicates.first?.items.map(\.contestant) else { return [] }
        let order = contestants.membersFirst
        return replicates.indices.flatMap { replicate in order.map { replicate * order.count + $0 } }
    }
}

extension ExperimentRun {
    /// What is to be executed, and what is done: loads the data, has every contestant look at its labels, and only then makes
    /// the splits.
    ///
    /// A plan that is only to be looked at writes nothing.
    public func plan(notify: (RunEvent) -> Void = { _ in }) throws -> RunPlan {
        try plan(holding: nil, notify: notify)
    }

    /// The same for a run.
    /// - Parameter hold: Of the run's folders, in which splits are stored that are made: by whoever comes first.
    func plan(holding hold: RunHold?, notify tell: (RunEvent) -> Void) throws -> RunPlan {
        try checkOnly()
        // Tasks of one file have much in common that needs to be told once.
        var told: Set<String> = []
        func notify(_ event: RunEvent) {
            if case .notice(let text) = event, !told.insert(text).inserted { return }
            tell(event)
        }
        let datasets = try loaded(notify)
        // Before there is a replicate for each fold.
        for (task, dataset) in zip(file.tasks, datasets) { try task.folds?.check(rows: dataset.corpus.count) }
        let stages: [RunPlan.Stage]
        if let hold {
            stages = try exclusively(in: hold, for: "the split", notify) {
                try self.stages(datasets, storing: true)
            }
        } else {
            stages = try self.stages(datasets, storing: false)
        }
        for index in file.tasks.indices {
            tellSplit(stages.map { $0.tasks[index] }, of: file.tasks[index], notify)
            let labels = datasets[index].corpus.labelSpace
            if let notice = file.learningCurve?.plan.notice(labels: labels) { notify(.notice(notice)) }
        }
        try checkThresholds(stages.flatMap(\.tasks))
        for item in stages.flatMap(\.items) where isWanted(item.id) {
            try ContestantError.naming(item.id, on: item.replicate.sample) { try item.check() }
        }
        return RunPlan(replicates: stages)
    }

    /// Each replicate, with its split.
    /// - Parameter storing: Whether splits that are made are stored.
    private func stages(_ datasets: [LoadedDataset], storing: Bool) throws -> [RunPlan.Stage] {
        let replicates = try self.replicates
        try checkDivision(storing: storing)
        if let curve = file.learningCurve { return try stages(datasets, on: curve.plan, storing: storing) }
        let memory = replicates.count > 1 ? RunMemory() : nil
        let first = try tasks(datasets, replicates[0], storing: storing, like: nil)
        let others = parallelMap(replicates.count - 1, blockSize: 1) { index in
            Result { try tasks(datasets, replicates[index + 1], storing: storing, like: first) }
        }
        return try zip(replicates, [.success(first)] + others).map { replicate, tasks in
            try stage(
                replicate, tasks.get(), analysis: file.analysis,
                options.at(replicate, firstSeed: seed), memory)
        }
    }

    /// The tasks of a replicate, each with its split.
    /// - Parameter others: Of another replicate, with which they have much in common.
    private func tasks(
        _ datasets: [LoadedDataset], _ replicate: Replicate, storing: Bool, like others: [RunTask]?
    ) throws -> [RunTask] {
        try file.tasks.indices.map { index in
            try RunTask(
                file.tasks[index], datasets[index], replicate: replicate,
                options: options.at(replicate, firstSeed: seed), stores: storing, like: others?[index])
        }
    }

    /// A replicate with an item of each contestant.
    func stage(
        _ replicate: Replicate, _ tasks: [RunTask], analysis: AnalysisOptions, _ options: RunOptions,
        _ memory: RunMemory?
    ) throws -> RunPlan.Stage {
        var items: [String: WorkItem] = [:]
        for contestant in file.contestants.membersFirst.map({ file.contestants[$0] }) {
            items[contestant.id] = try WorkItem(
                contestant, tasks: tasks.filter { contestant.takesPart(in: $0.name) },
                members: contestant.members.compactMap { items[$0] }, replicate: replicate,
                analysis: analysis, options: options, memory: memory)
        }
        return RunPlan.Stage(
            replicate: replicate, options: options, tasks: tasks,
            items: file.contestants.compactMap { items[$0.id] })
    }

    /// One for each fold of each dealing where rows are dealt into folds, else one for each seed.
    private var replicates: [Replicate] {
        get throws(ExperimentError) {
            if file.learningCurve != nil, options.seeds > 1 { throw .seedsOfCurve(seeds: options.seeds) }
            guard let folds = file.tasks.first?.folds?.splitCount else {
                return (0..<UInt64(options.seeds)).map { Replicate(seed: seed + $0) }
            }
            if options.seeds > 1 { throw .seedsOfFolds(seeds: options.seeds, folds: folds) }
            return (0..<folds).map { Replicate(seed: seed, fold: $0) }
        }
    }

    private func loaded(_ notify: (RunEvent) -> Void) throws -> [LoadedDataset] {
        try file.tasks.map { task in
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
    }

    /// Tells how the rows of a task are divided.
    /// - Parameter replicates: The task in each of them.
    private func tellSplit(_ replicates: [RunTask], of task: ExperimentTask, _ notify: (RunEvent) -> Void) {
        let splits = replicates.map(\.split)
        if let first = replicates.first, first.dataset.corpus.officialParts != nil,
            !first.split.stored.plan.official
        {
            notify(.notice("the dataset's official parts are pooled and dealt anew"))
        }
        let plan = task.folds.map { "\($0)" } ?? splits.first.map { "\($0.stored.plan)" } ?? ""
        notify(
            .split(
                plan: (task.name.map { "\($0), " } ?? "") + plan, reused: splits.allSatisfy(\.isReused)))
        let notices = splits.map(\.notices)
        (task.folds == nil ? notices.flatMap(\.self) : told(by: notices)).forEach { notify(.notice($0)) }
    }

    /// That the run's folder does not hold rows that are divided in another way: into folds, or once.
    /// - Parameter storing: With `force`, whether such a file is removed.
    private func checkDivision(storing: Bool) throws {
        for task in file.tasks {
            let layout = RunLayout(options.output).task(task.name)
            let (other, now) =
                task.folds.map { (layout.split, "\($0)") } ?? (layout.folds, "one split of train and test")
            let file = PackableFile(other)
            guard file.isThere else { continue }
            if !options.force {
                throw ExperimentError.dividedOtherwise(file: try file.place().path, now: now)
            }
            if storing { try file.remove() }
        }
    }

    /// - Throws: `ExperimentError.unsuitableMetric`, before anything is fitted.
    private func checkMetrics(_ labelSpace: LabelSpace) throws {
        // Tasks may have metrics of their own; the ranking's may then be one of some of them.
        if file.tasks.count == 1, !file.rankBy.applies(to: labelSpace) {
            throw ExperimentError.unsuitableMetric("report.rank-by", file.rankBy.settingName, labelSpace)
        }
        if let objective = file.analysis.thresholds.objective, file.tasks.count == 1,
            !objective.applies(to: labelSpace)
        {
            throw ExperimentError.unsuitableMetric("thresholds.objective", objective.settingName, labelSpace)
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
}
