import DeterministicWork
import Foundation
import Results
import SafeFiles
import TextClassifiers

/// A piece of a run: one contestant on all tasks that it takes part in, for one replicate. It is independent of all others,
/// but for an ensemble's, which comes after those of its members. Where settings are searched, it comes after its trials, which
/// are items too.
///
/// It is fitted on its tasks together, so that they may share what is learnt. Executing it needs nothing but itself, and
/// leaves predictions, fitted models with a `ContestantRecord` each, and one `ItemRecord`.
public struct WorkItem: Sendable {
    let contestant: ConfiguredContestant
    public let replicate: Replicate
    /// SHA-256 over all that the results depend on: settings, data, split, seed, files of an encoder, the family's
    /// algorithm.
    public let digest: String
    /// Of an ensemble, the items of what it is made of, in the same replicate; empty for any other contestant.
    let members: [WorkItem]
    /// What comes before it where settings are searched, in the order of the search; none where the item does all itself.
    let trials: [TrialItem]
    /// One a task, at least one.
    let runs: [ContestantRun]
    let options: RunOptions
    let resources: ContestantResources

    /// - Parameters:
    ///   - tasks: Those that the contestant takes part in, as the replicate splits them.
    ///   - members: Of an ensemble.
    ///   - options: Of the replicate.
    ///   - memory: What all items of a run share, where there are several of each contestant.
    init(
        _ contestant: ConfiguredContestant, tasks: [RunTask], members: [WorkItem], replicate: Replicate,
        analysis: AnalysisOptions, options: RunOptions, memory: RunMemory?
    ) throws {
        self.members = members
        self.contestant = contestant
        self.replicate = replicate
        self.options = options
        let resources = ContestantResources(cache: options.cache, memory: memory)
        self.resources = resources
        let version = type(of: contestant.contestant).algorithmVersion
        let digest = Fingerprint.sha256(
            of: Data(
                """
                bakeoff \(BakeoffVersion.current)
                \(contestant.settings)
                \(try contestant.contestant.fingerprint(resources))
                \(tasks.map(\.fingerprint).joined(separator: "\n"))
                seed \(replicate.seed)\(version == 1 ? "" : "\nalgorithm \(version)")\(members.map { "\nmember \($0.id) \($0.digest)" }.joined())
                """.utf8))
        self.digest = digest
        let models = options.models.appendingPathComponent(contestant.id)
        runs = tasks.map { task in
            ContestantRun(
                contestant: contestant, task: task,
                modelFolder: task.name.map { models.appendingPathComponent($0) } ?? models,
                analysis: analysis, options: options, keptWork: resources.keptWork, seed: replicate.seed,
                inputs: digest, members: members.compactMap { $0.run(of: task.name) })
        }
        trials = WorkItem.trials(
            of: contestant, runs, resources, seed: replicate.seed,
            workFolder: WorkItem.checkpoints(of: contestant.id, options).appendingPathComponent(digest))
    }

    /// The contestant's id.
    public var id: String { contestant.id }
    /// The contestant's family, what stands after `model:`.
    public var model: String { contestant.model }
    /// The names of its tasks; none where the experiment has one dataset.
    public var tasks: [String] { runs.compactMap(\.task.name) }
    /// The version of the family's algorithm.
    public var algorithmVersion: Int { type(of: contestant.contestant).algorithmVersion }
    /// The encoder that it names; nil where it has none.
    public var encoder: String? { contestant.encoder }

    private func run(of task: String?) -> ContestantRun? { runs.first { $0.task.name == task } }

    func takesPart(in task: String?) -> Bool { contestant.takesPart(in: task) }

    /// Whether its predictions were made elsewhere, so that what they cost is not known.
    var isExternal: Bool { model == ExternalContestant.model }

    /// Throws if the contestant cannot be fitted on its parts.
    func check() throws {
        try contestant.contestant.check(runs.map(\.trainingTask), resources)
    }

    /// The cost of an earlier execution whose results are still those of this item; nil where there is none, and it is to be
    /// executed.
    public var costWhenDone: ContestantCost? { upToDateRecords().map { .total($0.map(\.cost)) } }

    /// Whether it was executed before with the same results.
    var isDone: Bool { upToDateRecords() != nil }

    /// Whether all that it is made of is done.
    var areMembersDone: Bool { members.allSatisfy(\.isDone) }

    /// Whether another value is the same contestant in the same replicate.
    func isSame(as other: WorkItem) -> Bool { id == other.id && replicate == other.replicate }

    /// The records of an earlier execution, one a task, if all that went into them is the same.
    func upToDateRecords() -> [ContestantRecord]? {
        let records = runs.compactMap { $0.upToDateRecord }
        return records.count == runs.count ? records : nil
    }

    /// The same, with what is derived from the probabilities derived anew.
    func storedRecords() throws -> [ContestantRecord]? {
        let records = try runs.compactMap { try $0.storedRecord() }
        return records.count == runs.count ? records : nil
    }

    /// Fits and scores.
    /// - Parameter lock: The item's; once another process has taken it over, this one writes nothing more of the item.
    /// - Returns: One record a task, in order.
    /// - Throws: `RunStopped` besides what fitting throws.
    func execute(under lock: FolderLock) throws -> [ContestantRecord] {
        removePartials()
        begin()
        let cpuBefore = cpuSeconds()
        let (fitted, seconds) = try timed {
            try fit(under: lock)
        }
        let cpu = cpuSeconds() - cpuBefore
        let stopIfLost = { () throws(RunStopped) in if !lock.isStillMine { throw RunStopped() } }
        let trialCost = fitted.compactMap { ($0 as? FittedSearch)?.earlier }.reduce(TrialCost(), +)
        let records = try zip(runs, fitted).map { run, fitted in
            var record = try run.score(
                fitted, fitSeconds: seconds, cpuSeconds: cpu, stopIfLost: stopIfLost)
            record.cost.add(trialCost)
            return record
        }
        try stopIfLost()
        try ItemRecord(
            contestant: id, replicate: replicate, digest: digest, algorithmVersion: algorithmVersion,
            build: options.build(), date: options.date().formatted(.iso8601), machine: options.machine,
            threads: Threads.count,
            tasks: zip(runs, records).map {
                ItemRecord.Entry(task: $0.task.name, cost: $1.cost.withoutMachine)
            }
        ).write(to: RunLayout(options.output))
        // Last, since the item is done once these are there.
        for (run, record) in zip(runs, records) { try run.keep(record) }
        forget()
        return records
    }

    /// Removes what does not belong to the fittings to come, and measures memory anew.
    func begin() {
        if !FileManager.default.fileExists(atPath: workFolder.path) { removeLogs() }
        PeakMemory.reset()
    }

    /// What comes of fitting on the train rows, or of putting together what the members have stored. One a task.
    private func fit(under lock: FolderLock) throws -> [any FittedTextClassifier] {
        guard let ensemble = contestant.contestant as? EnsembleContestant else {
            return try contestant.contestant.fit(
                runs.map(\.trainingTask), fitContext(under: lock), resources)
        }
        let members = try runs.map { run in try run.members.map { try $0.member() } }
        let fitted = try members.map { try FittedEnsemble(ensemble, of: $0, keptWork: resources.keptWork) }
        // Members are fitted on all of their tasks at once.
        if let first = members.first { resources.keptWork.add(first.fitting) }
        return fitted
    }

    /// Removes the checkpoints of earlier runs, so that nothing goes on from them; nothing else that stands beside them.
    func forget() {
        let own = fileNames(in: checkpoints).filter(WorkItem.isCheckpoint)
        for name in own {
            try? FileManager.default.removeItem(at: checkpoints.appendingPathComponent(name))
        }
        // A folder that held none is somebody else's.
        if !own.isEmpty { rmdir(checkpoints.path) }
    }

    /// Removes the temporary files that a process left which was killed while it executed this item, on whatever host.
    func removePartials() {
        for run in runs { run.removePartials() }
        OutputFile.removePartials(of: RunLayout(options.output).record(of: id))
        OutputFile.removePartials(in: options.models.appendingPathComponent(id))
        OutputFile.removePartials(in: checkpoints)
    }

    /// Removes what earlier fittings told, which is not of the one to come.
    private func removeLogs() {
        let layout = RunLayout(options.output)
        for log in [layout.log(of: contestant.id)]
            + runs.map({ layout.log(of: contestant.id, task: $0.task.name) })
        {
            try? FileManager.default.removeItem(at: log)
        }
    }

    /// Whether a folder holds checkpoints and nothing else.
    static func areCheckpoints(in folder: URL) -> Bool {
        let names = fileNames(in: folder)
        return !names.isEmpty && names.allSatisfy(isCheckpoint)
    }

    /// Named after the SHA-256 of what went into them.
    private static func isCheckpoint(_ name: String) -> Bool {
        name.utf8.count == 64 && name.allSatisfy { $0.isASCII && $0.isHexDigit }
    }

    private var checkpoints: URL { WorkItem.checkpoints(of: id, options) }

    private static func checkpoints(of contestant: String, _ options: RunOptions) -> URL {
        options.models.appendingPathComponent(contestant).appendingPathComponent(RunLayout.checkpointsName)
    }

    private var workFolder: URL { checkpoints.appendingPathComponent(digest) }

    func fitContext(under lock: FolderLock) -> FitContext {
        let (id, progress, shouldStop) = (contestant.id, options.progress, options.shouldStop)
        var context = FitContext(
            seed: replicate.seed, fold: replicate.fold, workFolder: workFolder,
            log: RunLayout(options.output).log(of: id), progress: { progress(id, $0) },
            // What was fitted may be asked long after the lock was given free.
            shouldStop: { shouldStop() || lock.wasLost })
        context.counts = resources.memory?.counts
        return context
    }
}
