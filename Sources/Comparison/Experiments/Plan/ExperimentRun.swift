import Results
import SafeFiles
import TextClassifiers

/// The way from an experiment file to its results: plan, execute what is not up to date, assemble.
///
/// Any number of processes, on any hosts that see the same folders, may run the same experiment at once: each work item is
/// executed by one of them, and one of them assembles.
public struct ExperimentRun: Sendable {
    let file: ExperimentFile
    let options: RunOptions

    public init(file: ExperimentFile, options: RunOptions) {
        self.file = file
        self.options = options
    }

    /// The experiment's, or what replaces it; of several seeds the first.
    var seed: UInt64 { options.seed ?? file.seed }

    /// Holds the folders of the run, for what is to be written to them besides.
    public func hold(notify: (RunEvent) -> Void = { _ in }) throws -> RunHold {
        var wait = Wait(options)
        return try RunHold(file, options) { try wait.look(at: $0, for: "the folders of the run", notify) }
    }

    /// Runs what is not up to date, writes the artifacts and `results.json`, and returns what that holds.
    /// - Parameter hold: Of the folders, or of folders that these are in; nil to hold them while this works.
    public func run(holding hold: RunHold? = nil, notify: (RunEvent) -> Void) throws -> ExperimentResults {
        try assembledRun(holding: hold, notify: notify).withoutFailures().results
    }

    /// The same, with the results of each replicate by the folder of its models.
    /// - Throws: `ExperimentError.unfinished` where only a shard of the work is done.
    public func assembledRun(
        holding hold: RunHold? = nil, notify: (RunEvent) -> Void
    ) throws -> AssembledRun {
        guard let run = try shardRun(holding: hold, notify: notify) else {
            throw ExperimentError.unfinished(shard: options.shard.map { "\($0)" } ?? "")
        }
        return run
    }

    /// The same where the options may name a shard: executes its items, and assembles if all others are done too.
    ///
    /// - Parameter hold: Of the folders. Whoever gives one calls its `finish` once all that is made of the results is written.
    /// - Returns: Nil where items of other shards are not done, or another process assembles.
    public func shardRun(
        holding given: RunHold? = nil, notify: (RunEvent) -> Void
    ) throws -> AssembledRun? {
        try checkOnly()
        let hold = try given ?? self.hold(notify: notify)
        defer { withExtendedLifetime(hold) {} }
        try exclusively(in: hold, for: "what it makes of a compact run", notify) {
            try expandRun(in: RunLayout(options.output))
        }
        let plan = try plan(holding: hold, notify: notify)
        for path in Leftovers(of: file, options).paths {
            notify(.notice("\(path) was left by an earlier experiment of this name and does not count"))
        }
        for stage in plan.replicates {
            try ModelsRecord(
                contestants: file.contestants.map(\.id), report: stage.options.output.relativePath,
                experiment: file.url.relativePath
            ).write(to: stage.options.models)
        }
        try askForPrograms(plan)
        var failures = ProgramFailures()
        guard let records = try executed(plan, hold, &failures, notify) else {
            try failures.check()
            return nil
        }
        var run = try assembledOnce(plan, records, hold, notify)
        run?.failures = failures.errors
        if given == nil { try hold.finish() }
        return run
    }

    /// Assembles what was executed, and executes nothing.
    ///
    /// - Parameter hold: Of the folders. Call its `finish` once all that is made of the results is written.
    /// - Throws: `ExperimentError.notDone` where an item is to be executed or another process is at it.
    public func assembledAlone(
        holding hold: RunHold, notify: (RunEvent) -> Void
    ) throws -> AssembledRun {
        let plan = try plan(holding: hold, notify: notify)
        let records = try plan.items.map { try $0.storedRecords() }
        let missing = zip(plan.items, records).filter { $1 == nil }.map(\.0)
        if let first = missing.first {
            throw ExperimentError.notDone(
                count: missing.count, of: plan.items.count, first: "\(first.id), \(first.replicate)",
                experiment: file.url.relativePath)
        }
        guard let run = try assembledOnce(plan, records, hold, notify) else {
            throw ExperimentError.unfinished(shard: options.shard.map { "\($0)" } ?? "")
        }
        return run
    }

    func isWanted(_ contestant: String) -> Bool {
        options.only.isEmpty || options.only.contains(contestant)
    }

    func checkOnly() throws {
        let known = file.contestants.map(\.id)
        for id in options.only where !known.contains(id) {
            throw ExperimentError.unknownContestant(id: id, known: known)
        }
    }
}
