import Results
import TextClassifiers

/// The way from an experiment file to its results: plan, execute what is not up to date, assemble.
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
    public func hold() throws -> RunHold { try RunHold(file, options) }

    /// Runs what is not up to date, writes the artifacts and `results.json`, and returns what that holds.
    /// - Parameter hold: Of the folders, or of folders that these are in; nil to hold them while this works.
    public func run(holding hold: RunHold? = nil, notify: (RunEvent) -> Void) throws -> ExperimentResults {
        try assembledRun(holding: hold, notify: notify).results
    }

    /// The same, with the results of each replicate by the folder of its models.
    public func assembledRun(
        holding hold: RunHold? = nil, notify: (RunEvent) -> Void
    ) throws -> AssembledRun {
        try checkOnly()
        let hold = try hold ?? self.hold()
        defer { withExtendedLifetime(hold) {} }
        try expandRun(in: RunLayout(options.output))
        let plan = try plan(stores: true, notify: notify)
        for path in Leftovers(of: file, options).paths {
            notify(.notice("\(path) was left by an earlier experiment of this name and does not count"))
        }
        for stage in plan.replicates {
            try ModelsRecord(
                contestants: file.contestants.map(\.id), report: stage.options.output.relativePath
            ).write(to: stage.options.models)
        }
        let records = try plan.replicates.enumerated().map { place, stage in
            if place > 0 || stage.replicate.fold != nil { notify(.replicate(stage.replicate)) }
            return try stage.items.map { try self.records(of: $0, notify) }
        }
        return try assembled(plan, records: records)
    }

    /// The stored records of an item if they are up to date, else new ones; nil if its contestant is not wanted.
    private func records(of item: WorkItem, _ notify: (RunEvent) -> Void) throws -> [ContestantRecord]? {
        let id = item.id
        if options.force && isWanted(id) {
            item.forget()
        } else if let stored = try item.storedRecords() {
            if isWanted(id) { notify(.reused(contestant: id)) }
            return stored
        }
        guard isWanted(id) else { return nil }
        if options.shouldStop() { throw RunStopped() }
        notify(.fitting(contestant: id))
        let records = try ContestantError.naming(id) { try item.execute() }
        notify(.finished(contestant: id, item.isExternal ? nil : .total(records.map(\.cost))))
        for results in records.map(\.results) {
            for notice in results.notices + (results.emptyRowsNotice.map { [$0] } ?? []) {
                notify(.notice("\(id): \(notice)"))
            }
        }
        return records
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
