import Foundation
import Labels
import Results
import SafeFiles

/// What stands beside a fitted model as `contestant.json`: what made it, and what it scored.
struct ContestantRecord: Codable {
    /// SHA-256 over everything that the result is a function of.
    var inputs: String
    var labelSpace: LabelSpace
    var results: ContestantResults
    var cost: ContestantCost
    /// Of an ensemble, SHA-256 over the digests of the predictions that it was made of; else nil.
    var membersSHA256: String?

    private enum CodingKeys: String, CodingKey {
        case inputs, results, cost
        case labelSpace = "label_space"
        case membersSHA256 = "members_sha256"
    }
}

extension ContestantRecord {
    private static func file(in folder: URL) -> URL {
        folder.appendingPathComponent(RunLayout.contestantRecordName)
    }

    /// Nil where there is none, or none that can be read: the contestant is then simply run again.
    init?(readingFrom folder: URL) {
        guard let bytes = try? InputFile(ContestantRecord.file(in: folder)).readToEnd(),
            let record = try? StableJSON.decode(ContestantRecord.self, from: bytes)
        else { return nil }
        self = record
    }

    static func remove(from folder: URL) { unlink(file(in: folder).path) }

    func write(to folder: URL) throws {
        try OutputFile.write(try StableJSON.encode(self), to: ContestantRecord.file(in: folder))
    }
}
