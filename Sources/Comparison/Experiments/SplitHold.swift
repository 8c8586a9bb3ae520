import Corpora
import Foundation
import SafeFiles

/// The folder of a split while one is made: held against other processes, and nothing in it that the program did not make is
/// replaced.
public final class SplitHold: @unchecked Sendable {
    /// Which files are made.
    public enum Content: Sendable {
        case parts, folds

        fileprivate var names: [String] {
            switch self {
            case .parts: ["split.csv", "split.json"]
            case .folds: ["folds.csv"]
            }
        }
    }

    private let hold: FolderHold
    /// Written to when the value is made and when it goes.
    private var made: MadeFiles

    /// - Throws: `FileError.held` if another process uses the folder; `.notOwn` for a file of somebody else's that stands
    ///   where this would write.
    public init(_ folder: URL, for content: Content) throws {
        hold = try FolderHold(folder)
        made = try MadeFiles(in: folder)
        // An earlier version noted nothing, but left a record of each split.
        let isSplit = (try? StoredSplit.record(in: folder)) != nil
        try made.check(content.names) { isSplit && Content.parts.names.contains($0) }
        try made.note(content.names)
    }

    deinit {
        // Where it cannot be written, more is noted than was made.
        try? made.forgetMissing()
    }
}
