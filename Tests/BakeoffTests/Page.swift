import Foundation

/// A page of documentation in the tree.
struct Page {
    /// From the repository's top folder, such as `docs/models.md`.
    let path: String
    let text: String

    static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// Every page but the reports, which are written by the program, and the tests' snapshots of such.
    static let paths: [String] =
        files(in: "", deep: false).filter { $0.hasSuffix(".md") }
        + ["docs", "labs", "datasets", "experiments", "Benchmarks", "Sources"]
        .flatMap { files(in: $0) }.filter { $0.hasSuffix(".md") }

    /// The paths of the files of a folder of the repository, sorted.
    static func files(in folder: String, deep: Bool = true) -> [String] {
        let root = repository.appendingPathComponent(folder)
        let manager = FileManager.default
        let names =
            (deep ? try? manager.subpathsOfDirectory(atPath: root.path) : nil)
            ?? (try? manager.contentsOfDirectory(atPath: root.path)) ?? []
        return names.sorted().map { folder.isEmpty ? $0 : "\(folder)/\($0)" }
    }

    static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: repository.appendingPathComponent(path).path)
    }

    init(_ path: String) throws {
        self.path = path
        text = try String(contentsOf: Page.repository.appendingPathComponent(path), encoding: .utf8)
    }

    /// The text of each fenced block of a language.
    func blocks(_ language: String) -> [String] {
        text.split(separator: "```\(language)\n", omittingEmptySubsequences: false).dropFirst()
            .compactMap { $0.split(separator: "```").first.map(String.init) }
    }

    /// The text without fenced blocks.
    var prose: String { text.replacing(/(?ms)^```.*?^```$/, with: "") }

    /// What stands in code font, outside of blocks.
    var code: [String] { prose.matches(of: /`([^`\n]+)`/).map { String($0.1) } }

    /// Where links lead, as they are written.
    var links: [String] { prose.matches(of: /\]\(([^)\s]+)\)/).map { String($0.1) } }

    /// The path in the repository that a relative link leads to.
    func target(of link: String) -> String {
        let folder = URL(fileURLWithPath: "/" + path).deletingLastPathComponent()
        let file = link.split(separator: "#", omittingEmptySubsequences: false).first.map(String.init) ?? ""
        if file.isEmpty { return path }
        return String(folder.appendingPathComponent(file).standardized.path.dropFirst())
    }

    /// The anchors of its headings, as GitHub makes them.
    var anchors: [String] {
        prose.matches(of: /(?m)^#+ (.+)$/).map { heading in
            String(
                heading.1.lowercased().compactMap { letter -> Character? in
                    letter == " " ? "-" : letter.isLetter || letter.isNumber || letter == "-" ? letter : nil
                })
        }
    }

    /// Its tables, a dictionary from column to cell for each row.
    var tables: [[[String: String]]] {
        prose.matches(of: /(?:^\|.*\n?)+/.anchorsMatchLineEndings()).compactMap { match in
            let rows = match.0.split(separator: "\n").map { line in
                line.replacing("\\|", with: "\u{0}").split(separator: "|", omittingEmptySubsequences: false)
                    .dropFirst().dropLast()
                    .map { $0.trimmingCharacters(in: .whitespaces).replacing("\u{0}", with: "|") }
            }
            guard rows.count > 2 else { return nil }
            return rows.dropFirst(2).map { row in
                Dictionary(zip(rows[0], row), uniquingKeysWith: { first, _ in first })
            }
        }
    }
}
