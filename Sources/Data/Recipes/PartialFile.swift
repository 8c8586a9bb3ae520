import Foundation
import SafeFiles

/// A download that may go on another day: the bytes so far, and the mark by which the server knows its version.
///
/// It is written in place, since to survive an interruption is its point; nothing reads it before its checksum.
final class PartialFile {
    let url: URL
    private let note: URL
    private let file: AppendedFile
    /// Bytes so far.
    var count: Int { file.length }

    /// Opens or makes the file, and holds it against other processes until released.
    init(_ url: URL) throws(FetchProblem) {
        self.url = url
        note = url.appendingPathExtension("version")
        file = try inFile { () throws(FileError) in try AppendedFile(url) }
        if !file.lock() { throw .busy(path: url.path) }
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
        try inFile { () throws(FileError) in
            try file.truncate(to: 0)
            try OutputFile.write("\(source.absoluteString)\n\(version ?? "")", to: note)
        }
    }

    func append(_ data: Data) throws(FetchProblem) {
        try inFile { () throws(FileError) in try file.append(data) }
    }

    func sync() throws(FetchProblem) {
        try inFile { () throws(FileError) in try file.sync() }
    }

    func remove() {
        try? FileManager.default.removeItem(at: url)
        try? FileManager.default.removeItem(at: note)
    }
}

private func inFile<Value>(_ body: () throws(FileError) -> Value) throws(FetchProblem) -> Value {
    do {
        return try body()
    } catch {
        throw .file(error)
    }
}
