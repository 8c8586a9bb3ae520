import Foundation
import Labels
import Testing

/// What a run leaves behind, with injected clock, seed and machine, against what it was when somebody looked at it.
@Suite struct SnapshotTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Snapshots")

    /// The stored snapshot; a missing one is recorded, which fails too.
    private func snapshot(_ name: String, of text: String) throws -> String? {
        let file = Self.folder.appendingPathComponent(name)
        guard FileManager.default.fileExists(atPath: file.path) else {
            try Data(text.utf8).write(to: file)
            Issue.record("there was no snapshot \(name); it was recorded, look at it and run again")
            return nil
        }
        return try String(contentsOf: file, encoding: .utf8)
    }

    @Test(arguments: [
        (LabelKind.multilabel, "README.md", "small.md"), (.multilabel, "report.html", "small.html"),
        (.multiclass, "README.md", "small-classes.md"),
        (.multilabel, "tables/ranking.tex", "small-ranking.tex"),
    ])
    func pagesAreAsTheyWere(kind: LabelKind, file: String, name: String) throws {
        let run = try SmallRun(kind)
        defer { run.remove() }
        let text = try String(contentsOf: run.folder.url.appendingPathComponent(file), encoding: .utf8)
        guard let stored = try snapshot(name, of: text) else { return }
        let lines = zip(stored.split(separator: "\n"), text.split(separator: "\n"))
        let first = lines.first { $0 != $1 }
        #expect(text == stored, "\(file): first difference: \(String(describing: first))")
    }

    /// Numbers may differ in their last digits, as the C library's logarithm does between processors; the digest with
    /// them.
    @Test func resultsAreAsTheyWere() throws {
        let run = try SmallRun(.multilabel)
        defer { run.remove() }
        let text = try String(contentsOf: run.folder.results, encoding: .utf8)
        guard let stored = try snapshot("small.json", of: text) else { return }
        let (new, old) = (try object(text), try object(stored))
        #expect(differences(new, old, at: "") == [])
    }

    private func object(_ text: String) throws -> Any {
        try JSONSerialization.jsonObject(with: Data(text.utf8))
    }

    private func differences(_ a: Any, _ b: Any, at path: String) -> [String] {
        switch (a, b) {
        case (let a as [String: Any], let b as [String: Any]):
            if a.keys.sorted() != b.keys.sorted() { return ["\(path): other keys"] }
            return a.keys.sorted().flatMap { key in
                path.hasSuffix("/timings") && key == "sha256" || key.hasSuffix("predictions_sha256")
                    ? [] : differences(a[key] ?? 0, b[key] ?? 0, at: "\(path)/\(key)")
            }
        case (let a as [Any], let b as [Any]):
            if a.count != b.count { return ["\(path): \(a.count) items, not \(b.count)"] }
            return a.indices.flatMap { differences(a[$0], b[$0], at: "\(path)/\($0)") }
        case (let a as String, let b as String):
            return a == b ? [] : ["\(path): \(a), not \(b)"]
        case (is NSNull, is NSNull):
            return []
        case (let a as Double, let b as Double):
            return abs(a - b) <= 1e-12 * max(1, abs(b)) ? [] : ["\(path): \(a), not \(b)"]
        default:
            return ["\(path): \(a), not \(b)"]
        }
    }
}
