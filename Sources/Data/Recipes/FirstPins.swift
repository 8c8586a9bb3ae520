import Foundation
import SafeFiles

/// The SHA-256 that files without one in their recipe had when they were fetched first, kept in the cache: what comes later
/// must be the same, or is told.
struct FirstPins {
    private let note: URL
    /// By the file's path in the recipe's folder.
    private let known: [String: String]

    /// - Throws: `FileError` for a note that is there and cannot be read.
    init(_ recipe: Recipe, cache: URL) throws(FileError) {
        note = cache.appendingPathComponent("pins").appendingPathComponent("\(recipe.key ?? recipe.name).txt")
        var known: [String: String] = [:]
        do throws(FileError) {
            for line in String(decoding: try InputFile(note).readToEnd(), as: UTF8.self).split(
                separator: "\n")
            {
                let words = line.split(separator: " ", maxSplits: 1)
                if words.count == 2, words[0].utf8.count == 64 { known[String(words[1])] = String(words[0]) }
            }
        } catch .notFound {}
        self.known = known
    }

    /// Nil for a file that was not fetched yet.
    subscript(path: String) -> String? { known[path] }

    /// Compares what came with what came first, and notes what is new.
    /// - Parameter found: The SHA-256 of each unpinned file.
    func check(_ found: [(path: String, sha256: String)]) throws {
        for (path, sha256) in found {
            if let first = known[path], first != sha256 {
                throw FetchProblem.changed(file: path, expected: first, found: sha256, note: note.path)
            }
        }
        if found.allSatisfy({ known[$0.path] != nil }) { return }
        let lines = found.map { "\($0.sha256) \($0.path)\n" }.joined()
        try OutputFile.write(lines, to: note)
    }
}
