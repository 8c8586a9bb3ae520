import Results
import SafeFiles

/// What executing a work item left, as `records/<contestant>.json`: what it depended on, where and when it was done, and
/// what it cost. What came of it stands in the `ContestantRecord` of each task.
struct ItemRecord: Codable {
    /// Version of this format.
    var format = 1
    var contestant: String
    var replicate: Replicate
    /// SHA-256 over all that the item depends on.
    var digest: String
    /// Of the family's code.
    var algorithmVersion: Int
    /// The first digits of the SHA-256 of the program; nil where nobody told.
    var build: String?
    /// When it was done, ISO 8601 in UTC.
    var date: String
    var machine: Machine
    var threads: Int
    /// One a task, in the order of the experiment file.
    var tasks: [Entry]

    /// What it cost on one task.
    struct Entry: Codable {
        /// Nil where the experiment has one dataset.
        var task: String?
        var cost: ContestantCost
    }

    private enum CodingKeys: String, CodingKey {
        case format, contestant, replicate, digest, build, date, machine, threads, tasks
        case algorithmVersion = "algorithm_version"
    }

    func write(to folder: RunLayout) throws {
        try OutputFile.write(try StableJSON.encode(self), to: folder.record(of: contestant))
    }
}

extension ItemRecord {
    /// Nil where there is none, or none that can be read.
    init?(of contestant: String, in folder: RunLayout) {
        guard let bytes = try? InputFile(folder.record(of: contestant)).readToEnd(),
            let record = try? StableJSON.decode(ItemRecord.self, from: bytes)
        else { return nil }
        self = record
    }
}
