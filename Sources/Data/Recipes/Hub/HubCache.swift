import Foundation
import SafeFiles

/// The folder of one repository in the cache that Python's `huggingface_hub` keeps, in its layout.
///
///     models--ORG--NAME/refs/main                       the commit's digits
///     models--ORG--NAME/blobs/DIGEST                    the bytes
///     models--ORG--NAME/snapshots/COMMIT/config.json    a link to ../../blobs/DIGEST
///
/// The folder of a dataset's repository begins with `datasets--`.
struct HubCache: Sendable {
    private let name: HubName
    private let folder: URL
    private let locks: URL

    init(_ name: HubName, in cache: URL) {
        self.name = name
        let own = name.kind.rawValue + "--" + name.repository.replacing("/", with: "--")
        folder = cache.appendingPathComponent(own)
        locks = cache.appendingPathComponent(".locks").appendingPathComponent(own)
    }

    private var reference: URL {
        folder.appendingPathComponent("refs").appendingPathComponent(name.askedRevision)
    }

    /// The commit of the revision as it was when it was fetched last; nil where it never was.
    var commit: String? {
        if name.askedRevision.isCommit { return name.askedRevision }
        guard let bytes = try? InputFile(reference).readToEnd() else { return nil }
        let digits = String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        return digits.isCommit ? digits : nil
    }

    func snapshot(_ commit: String) -> URL {
        folder.appendingPathComponent("snapshots").appendingPathComponent(commit)
    }

    /// The paths of the files that a snapshot has, in order.
    func paths(in commit: String) -> [String] {
        let root = snapshot(commit)
        guard let walk = FileManager.default.enumerator(atPath: root.path) else { return [] }
        return walk.compactMap { $0 as? String }.filter { isFile(root.appendingPathComponent($0)) }.sorted()
    }

    func blob(_ digest: HubDigest) -> URL {
        folder.appendingPathComponent("blobs").appendingPathComponent(digest.name)
    }

    /// Where the bytes of a file gather before they are known to be right.
    func partial(_ digest: HubDigest) -> URL { blob(digest).appendingPathExtension("incomplete") }

    /// The file that Python locks while it fetches the same bytes.
    func lock(_ digest: HubDigest) throws(FetchProblem) -> AppendedFile {
        let place = locks.appendingPathComponent("\(digest.name).lock")
        do {
            let file = try AppendedFile(place)
            if !file.lock() { throw FetchProblem.busy(path: place.path) }
            return file
        } catch {
            throw FetchProblem(error)
        }
    }

    /// Makes a blob out of bytes that are right.
    func add(_ partial: URL, as digest: HubDigest) throws(FileError) {
        let place = blob(digest)
        guard rename(partial.path, place.path) == 0 else {
            throw .unwritable(path: place.path, reason: String(cString: strerror(errno)))
        }
    }

    /// Gives a blob its name in a snapshot.
    func link(_ file: HubFile, in commit: String) throws(FileError) {
        let place = snapshot(commit).appendingPathComponent(file.path)
        let depth = file.path.split(separator: "/").count + 1
        let target = String(repeating: "../", count: depth) + "blobs/\(file.digest.name)"
        do {
            try FileManager.default.createDirectory(
                at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
            try? FileManager.default.removeItem(at: place)
            try FileManager.default.createSymbolicLink(atPath: place.path, withDestinationPath: target)
        } catch {
            throw .unwritable(path: place.path, reason: error.localizedDescription)
        }
    }

    /// Notes which commit the revision is.
    func note(_ commit: String) throws(FileError) {
        if name.askedRevision.isCommit { return }
        try OutputFile.write(commit, to: reference)
    }
}
