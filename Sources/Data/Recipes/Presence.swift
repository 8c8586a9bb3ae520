import Foundation
import SafeFiles

/// Whether the files of a recipe are here.
public enum Presence: String, Sendable {
    /// All are here with the SHA-256 that the recipe names. (Files beside their recipe may go without one: they
    /// are kept together. Those that are `unpinned` have the one that they had when they were fetched first.)
    case verified
    /// All are here, but one has another SHA-256 or cannot be read.
    case unverified
    case missing
}

extension Recipe {
    /// Looks at the files in `cache` (or beside the recipe), and reads them whole.
    ///
    /// - Parameter again: False if files that were verified before and have not been touched since need not be read.
    public func presence(cache: URL = CacheFolder.url, readingAgain again: Bool = false) -> Presence {
        if isBundled { return .verified }
        let folder = folder(cache: cache)
        let places = files.map { (file: $0, url: folder.appendingPathComponent($0.path)) }
        guard places.allSatisfy({ FileManager.default.fileExists(atPath: $0.url.path) }) else {
            return .missing
        }
        // Files that stand beside their recipe have no pins but their own.
        let first = fetch == nil ? nil : try? FirstPins(self, cache: cache)
        let pinned = files.map { File(path: $0.path, sha256: $0.sha256 ?? first?[$0.path]) }
        let stamp = fetch.map { _ in VerifiedStamp(folder: folder, files: pinned) }
        if !again, let stamp, stamp.isValid { return .verified }
        let isPinned = zip(pinned, places).allSatisfy { file, place in
            file.sha256 == nil || file.sha256 == (try? Fingerprint.sha256(ofFile: place.url))
        }
        if isPinned { stamp?.write() }
        return isPinned ? .verified : .unverified
    }
}
