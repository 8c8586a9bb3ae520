import Files
import Foundation

/// A download that may go on another day: the bytes so far, and the mark by which the server knows its version.
///
/// It is written in place, since to survive an interruption is its point; nothing reads it before its checksum.
final class PartialFile {
    let url: URL
    private let note: URL
    private let handle: FileHandle
    /// Bytes so far.
    private(set) var count: Int

    /// Opens or makes the file, and holds it against other processes until released.
    init(_ url: URL) throws(FetchProblem) {
        self.url = url
        note = url.appendingPathExtension("version")
        do {
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            if !FileManager.default.fileExists(atPath: url.path) { try Data().write(to: url) }
            handle = try FileHandle(forUpdating: url)
            count = Int(try handle.seekToEnd())
        } catch {
            throw .file(.unwritable(path: url.path, reason: error.localizedDescription))
        }
        if flock(handle.fileDescriptor, LOCK_EX | LOCK_NB) != 0 { throw .busy(path: url.path) }
    }

    /// The server's mark (ETag or date) for the bytes so far, if they came from `source`.
    func version(from source: URL) -> String? {
        guard count > 0, let text = try? String(contentsOf: note, encoding: .utf8) else { return nil }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.count == 2 && lines[0] == source.absoluteString && !lines[1].isEmpty
            ? String(lines[1]) : nil
    }

    /// Throws away the bytes so far, and notes the mark of those to come.
    func restart(version: String?, from source: URL) throws(FetchProblem) {
        try writing { try handle.truncate(atOffset: 0) }
        count = 0
        do {
            try OutputFile.write("\(source.absoluteString)\n\(version ?? "")", to: note)
        } catch {
            throw .file(error)
        }
    }

    func append(_ data: Data) throws(FetchProblem) {
        try writing { try handle.write(contentsOf: data) }
        count += data.count
    }

    func sync() throws(FetchProblem) {
        try writing { try handle.synchronize() }
    }

    func remove() {
        try? FileManager.default.removeItem(at: url)
        try? FileManager.default.removeItem(at: note)
    }

    private func writing(_ body: () throws -> Void) throws(FetchProblem) {
        do {
            try body()
        } catch {
            throw .file(.unwritable(path: url.path, reason: error.localizedDescription))
        }
    }
}
