import Foundation
import Labels
import Testing

/// The rules by which Markdown's tables and pictures render on GitHub, as far as a linter checks them.
@Suite struct MarkdownLintTests {
    /// What is wrong with a text, with line numbers.
    static func faults(_ text: String, in folder: URL) -> [String] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        var faults: [String] = []
        var isCode = false
        var index = 0
        while index < lines.count {
            let line = lines[index]
            if line.hasPrefix("```") { isCode.toggle() }
            if isCode {
                index += 1
                continue
            }
            if line.hasSuffix(" ") { faults.append("\(index + 1): white space at the end") }
            if line.hasPrefix("#") {
                let isAlone =
                    (index == 0 || lines[index - 1].isEmpty)
                    && (index + 1 < lines.count && lines[index + 1].isEmpty)
                if !isAlone { faults.append("\(index + 1): no empty lines around a heading") }
            }
            if line.isEmpty, index > 0, lines[index - 1].isEmpty {
                faults.append("\(index + 1): two empty lines")
            }
            if let picture = line.firstMatch(of: /!\[((?:[^\]\\]|\\.)*)\]\(([^)]*)\)/) {
                if picture.1.isEmpty { faults.append("\(index + 1): a picture without words") }
                faults += pictureFaults(String(picture.2), in: folder).map { "\(index + 1): \($0)" }
            }
            guard line.hasPrefix("|") else {
                index += 1
                continue
            }
            let end = lines[index...].firstIndex { !$0.hasPrefix("|") } ?? lines.count
            faults += tableFaults(Array(lines[index..<end])).map { "\(index + 1): \($0)" }
            if index > 0, !lines[index - 1].isEmpty {
                faults.append("\(index + 1): no empty line before a table")
            }
            if end < lines.count, !lines[end].isEmpty {
                faults.append("\(end + 1): no empty line after a table")
            }
            index = end
        }
        if isCode { faults.append("code without an end") }
        if !text.hasSuffix("\n") || text.hasSuffix("\n\n") { faults.append("not one line feed at the end") }
        return faults
    }

    /// As many cells as the header in each row, a rule below it, a bar at both ends.
    private static func tableFaults(_ lines: [String]) -> [String] {
        var faults: [String] = []
        let counts = lines.map { line in
            // A bar after a backslash is text, wherever it stands.
            line.replacing("\\|", with: "").count { $0 == "|" }
        }
        if Set(counts).count != 1 { faults.append("rows of \(Set(counts).sorted()) bars in one table") }
        if lines.contains(where: { !$0.hasSuffix("|") || $0.hasSuffix("\\|") }) {
            faults.append("a row without a bar at its end")
        }
        let isRule =
            lines.count > 1 && lines[1].wholeMatch(of: /\|( :?-+:? \|)+/) != nil
        if !isRule { faults.append("no rule below the header") }
        if lines.count < 3 { faults.append("a table without rows") }
        return faults
    }

    /// A figure must be there and be well-formed XML with a name.
    private static func pictureFaults(_ path: String, in folder: URL) -> [String] {
        guard let data = try? Data(contentsOf: folder.appendingPathComponent(path)) else {
            return ["no file \(path)"]
        }
        let shape = XMLShape(data)
        return shape.faults.map { "\(path): \($0)" }
            + (String(decoding: data, as: UTF8.self).contains("<title>") ? [] : ["\(path): no title"])
    }

    @Test(arguments: [LabelKind.binary, .multiclass, .multilabel])
    func reportsPass(kind: LabelKind) throws {
        let run = try SmallRun(kind)
        defer { run.remove() }
        let text = try String(contentsOf: run.folder.report, encoding: .utf8)
        #expect(Self.faults(text, in: run.folder.url) == [])
        // Not for want of anything to look at.
        #expect(text.matches(of: /!\[/).count >= 7 && text.contains("\\|"))
    }

    /// The reports of this repository.
    @Test(arguments: ["front-desk", "tweets-sentiment"])
    func committedReportsPass(name: String) throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("reports/\(name)")
        let text = try String(contentsOf: folder.appendingPathComponent("README.md"), encoding: .utf8)
        #expect(Self.faults(text, in: folder) == [])
    }

    @Test(arguments: [
        ("a\n| b |\n| - |\n| c |\n", "no empty line before"),
        ("| b |\n| - |\n| c |\nd\n", "no empty line after"),
        ("| b |\n| - |\n| c | d |\n", "bars in one table"), ("| b |\n| c |\n| d |\n", "no rule"),
        ("| b |\n| - |\n| c \\|\n", "without a bar at its end"), ("| b |\n| - |\n", "without rows"),
        ("![x](missing.svg)\n", "no file missing.svg"), ("# a\nb\n", "around a heading"),
        ("a \n", "white space"), ("a", "line feed"),
    ])
    func faultsAreFound(text: String, fault: String) {
        let faults = Self.faults(text, in: FileManager.default.temporaryDirectory)
        #expect(faults.contains { $0.contains(fault) }, "\(faults)")
    }

    @Test(arguments: ["<a><b></a></b>", "<a>", "<a>&nbsp</a>", "<a x=1/>", "<a></a><b></b>", "<a>&</a>"])
    func brokenXMLIsFound(text: String) {
        #expect(!XMLShape(Data(text.utf8)).faults.isEmpty)
    }
}

/// Whether a text is well-formed XML, as far as our figures go: one root, tags that close in order, quoted attributes,
/// known entities.
struct XMLShape {
    private(set) var faults: [String] = []

    init(_ data: Data) {
        let text = String(decoding: data, as: UTF8.self)
        var open: [Substring] = []
        var roots = 0
        var rest = text[...]
        while let start = rest.firstIndex(of: "<") {
            check(rest[..<start])
            guard let end = rest[start...].firstIndex(of: ">") else {
                faults.append("a tag without an end")
                return
            }
            let tag = rest[rest.index(after: start)..<end]
            rest = rest[rest.index(after: end)...]
            let pattern = /(\/?)([A-Za-z][A-Za-z0-9]*)((?:\s+[A-Za-z][A-Za-z0-9:-]*="[^"<]*")*)\s*(\/?)/
            guard let parts = tag.wholeMatch(of: pattern) else {
                faults.append("not a tag: <\(tag)>")
                continue
            }
            check(parts.3)
            if !parts.1.isEmpty {
                if open.popLast() != parts.2 { faults.append("</\(parts.2)> closes another tag") }
            } else {
                if open.isEmpty { roots += 1 }
                if parts.4.isEmpty { open.append(parts.2) }
            }
        }
        check(rest)
        if !open.isEmpty { faults.append("<\(open.joined(separator: "> <"))> not closed") }
        if roots != 1 { faults.append("\(roots) roots") }
    }

    private mutating func check(_ text: Substring) {
        if text.replacing(/&(amp|lt|gt|quot|apos|#[0-9]+);/, with: "").contains("&") {
            faults.append("an unknown entity in \(text.prefix(40))")
        }
    }
}
