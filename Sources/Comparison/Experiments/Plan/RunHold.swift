import Corpora
import Foundation
import Results
import SafeFiles

/// The two folders of a run while it works: held against other processes, and nothing in them that the program did not make
/// is touched.
public final class RunHold: @unchecked Sendable {
    private var holds: [FolderHold]
    /// Written to when the value is made and when it goes.
    private var made: [MadeFiles]

    /// - Throws: `FileError.held` if another process uses one of them; `.notOwn` for the first file or folder of somebody
    ///   else's that stands where this run would write.
    init(_ file: ExperimentFile, _ options: RunOptions) throws {
        let tasks = file.tasks.compactMap(\.name)
        let output = RunLayout.ownNames + tasks
        let models = RunLayout.ownModelNames + file.contestants.map(\.id)
        let isOneFolder =
            options.output.resolvingSymlinksInPath().standardizedFileURL.path
            == options.models.resolvingSymlinksInPath().standardizedFileURL.path
        if isOneFolder, let shared = Set(output).intersection(file.contestants.map(\.id)).min() {
            throw ExperimentError.oneFolder(path: options.output.path, name: shared)
        }
        var held = [try FolderHold(options.output)]
        if !isOneFolder { held.append(try FolderHold(options.models)) }
        holds = held
        let earlier = EarlierRun(output: RunLayout(options.output), models: options.models)
        made = [try MadeFiles(in: options.output)]
        if !isOneFolder { made.append(try MadeFiles(in: options.models)) }
        try made[0].check(isOneFolder ? output + models : output) {
            earlier.hasMade($0) || isOneFolder && earlier.hasModel($0)
        }
        if !isOneFolder { try made[1].check(models, isOwn: earlier.hasModel) }
        try made[0].note(isOneFolder ? output + models : output)
        if !isOneFolder { try made[1].note(models) }
    }

    deinit {
        // Where it cannot be written, more is noted than was made: the names of this run.
        for index in made.indices { try? made[index].forgetMissing() }
        // The last that was made goes first, since what was made for nothing may be in what the first one made.
        while !holds.isEmpty { holds.removeLast() }
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
        let inside = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        if RunLayout.ownModelNames.contains(name) { return inside.allSatisfy { UInt64($0) != nil } }
        let records = [folder] + inside.map { folder.appendingPathComponent($0) }
        return records.contains { ContestantRecord(readingFrom: $0) != nil }
            || inside == [RunLayout.checkpointsName]
                && WorkItem.areCheckpoints(
                    in: folder.appendingPathComponent(RunLayout.checkpointsName))
    }
}
