import Corpora
import Foundation
import Results
import SafeFiles

/// The two folders of a run while it works: shared with other processes that run the same experiment, held against all
/// others, and nothing in them that the program did not make is touched.
public final class RunHold: @unchecked Sendable {
    /// Of the report and, where they have another one, of the models.
    private let holds: [FolderHold]
    /// Of the same folders. Written to when the value is made and when it goes.
    private var made: [MadeFiles]
    /// Of assembling, while this process does so.
    private var assembling: (lock: FolderLock, note: String)?

    /// - Parameter waiting: Called from time to time while another process enters or leaves, or may be dead.
    /// - Throws: `FileError.held` if another process uses one of them otherwise; `.notOwn` for the first file or folder of
    ///   somebody else's that stands where this run would write.
    init(
        _ file: ExperimentFile, _ options: RunOptions, waiting: (Holder?) throws -> Void = { _ in }
    ) throws {
        let tasks = file.tasks.compactMap(\.name)
        let output = RunLayout.ownNames + tasks
        let models = RunLayout.ownModelNames + file.contestants.map(\.id)
        let places = [options.output, options.models].map { $0.resolvingSymlinksInPath().standardizedFileURL }
        let isOneFolder = places[0].path == places[1].path
        if isOneFolder, let shared = Set(output).intersection(file.contestants.map(\.id)).min() {
            throw ExperimentError.oneFolder(path: options.output.path, name: shared)
        }
        // What is made anew is no one else's meanwhile.
        let key = options.force ? nil : RunHold.key(file, options)
        let group = HoldGroup()
        func hold(_ folder: URL, beside other: URL) throws -> FolderHold {
            // The way from one folder to the other is the same on hosts that see both elsewhere.
            let purpose = key.map { "\($0) \(other.way(from: folder))" }
            return try FolderHold(
                folder, sharedFor: purpose, in: group, timing: options.timing, waiting: waiting)
        }
        var holds = [try hold(options.output, beside: places[1])]
        if !isOneFolder { holds.append(try hold(options.models, beside: places[0])) }
        self.holds = holds
        made = []
        made = try holds[0].exclusively(waiting: waiting) {
            let earlier = EarlierRun(output: RunLayout(options.output), models: options.models)
            var made = [try MadeFiles(in: options.output)]
            if !isOneFolder { made.append(try MadeFiles(in: options.models)) }
            try made[0].check(isOneFolder ? output + models : output) {
                earlier.hasMade($0) || isOneFolder && earlier.hasModel($0)
            }
            if !isOneFolder { try made[1].check(models, isOwn: earlier.hasModel) }
            try made[0].note(isOneFolder ? output + models : output)
            if !isOneFolder { try made[1].note(models) }
            return made
        }
    }

    /// What processes have in common that may share the folders.
    private static func key(_ file: ExperimentFile, _ options: RunOptions) -> String {
        Fingerprint.sha256(
            of: Array(
                "\(BakeoffVersion.current)\n\(file.sha256)\n\(options.seed ?? file.seed)\n\(options.seeds)"
                    .utf8))
    }

    deinit {
        _ = try? assembling?.lock.release()
        // The last that was made goes first, since what was made for nothing may be in what the first one made.
        for index in holds.indices.reversed() {
            holds[index].leave {
                // Where it cannot be written, more is noted than was made: the names of this run.
                if made.indices.contains(index) { try? made[index].forgetMissing() }
            }
        }
    }

    /// - Throws: `FileError.lost` if others took this process for dead.
    func check() throws(FileError) {
        if let lost = holds.first(where: \.isLost) { throw .lost(path: lost.path) }
    }

    /// Looks for signs of life of the other processes.
    func look() { holds.forEach { $0.look() } }

    /// Does what one process may do at a time.
    func exclusively<T>(waiting: (Holder?) throws -> Void, _ work: () throws -> T) throws -> T {
        try holds[0].exclusively(waiting: waiting, work)
    }

    /// The lock of a work item, which is executed by one process at a time.
    func lock(of item: WorkItem) -> FolderLock { holds[0].lock(name(of: item)) }

    /// The lock of a trial: one, too, for all trials of the same settings and rows, which are fitted once.
    func lock(of trial: Trial, at place: TrialItem, of item: WorkItem) -> FolderLock {
        let task = place.search.isOfOneTask ? place.search.runs[0].task.name ?? "" : ""
        let whole = "\(name(of: item))\n\(task)\n\(trial.key)"
        return holds[0].lock("trial \(Fingerprint.sha256(of: Array(whole.utf8)))")
    }

    private func name(of item: WorkItem) -> String {
        let replicate = item.replicate
        let place =
            replicate.fold.map { "fold-\($0)" }
            ?? replicate.sample.map { "sample-\($0.size)-\($0.number)" } ?? "seed-\(replicate.seed)"
        return "\(place) \(item.id)"
    }

    /// The lock of assembling.
    func assemblyLock() -> FolderLock { holds[0].lock("assembly") }

    /// Keeps the lock of assembling, which this process has, until `finish`.
    /// - Parameter note: Of what is assembled.
    func keep(_ lock: FolderLock, assembling note: String) { assembling = (lock, note) }

    /// Tells waiting processes that the results, and all that is made of them, are written. Without this, one of them does
    /// so too.
    public func finish() throws(FileError) {
        try assembling?.lock.release(done: assembling?.note)
        assembling = nil
    }
}

/// What a version left that noted nothing yet, known by its content.
private struct EarlierRun {
    let output: RunLayout
    let models: URL

    func hasMade(_ name: String) -> Bool {
        if let results = try? ExperimentResults(contentsOf: output) {
            return (RunLayout.ownNames + results.tasks.compactMap(\.name)).contains(name)
        }
        // A split that was made for a run to come.
        return ["split.csv", "split.json"].contains(name)
            && (try? StoredSplit.record(in: output.splitFolder)) != nil
    }

    func hasModel(_ name: String) -> Bool {
        let folder = models.appendingPathComponent(name)
        if name == ModelsRecord.fileName { return ModelsRecord(readingFrom: models) != nil }
        let inside = fileNames(in: folder)
        if RunLayout.ownModelNames.contains(name) { return inside.allSatisfy { UInt64($0) != nil } }
        let records = [folder] + inside.map { folder.appendingPathComponent($0) }
        return records.contains { ContestantRecord(readingFrom: $0) != nil }
            || inside == [RunLayout.checkpointsName]
                && WorkItem.areCheckpoints(
                    in: folder.appendingPathComponent(RunLayout.checkpointsName))
    }
}
