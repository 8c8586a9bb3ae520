import Corpora
import DeterministicWork
import Foundation
import Labels
import Reports
import Tables
import Testing

/// Whatever labels, names, ids, texts and notices hold, no page or table makes markup, links or formulas of it.
@Suite struct HostileTextTests {
    /// Each with a word by which it is found again.
    private static let seeds = [
        "<script>alert('bad')</script>", "<!-- bad", "![bad](http://evil.example/x.png)",
        "[bad](javascript:alert(1))",
        "**bad**", "__bad__", "`bad", "a | bad | c", "bad\n# heading", "bad\n\n- list", "\\bad\\",
        "https://evil.example/bad",
        "www.evil.example/bad", "=HYPERLINK(\"http://evil\",\"bad\")", "@bad", "-bad", "+bad", "&lt;bad&gt;",
        "bad ```",
        "1. bad", "> bad", "~~bad~~", "bad\u{1B}[31m", "bad\u{202E}x", "\\end{tabular}bad", "$bad$ % _ ^ ~",
        "bad@evil.example",
        "\"bad'", "<bad@evil.example>", "<http://evil.example/bad>", "&bad;", "[bad]: http://evil.example",
        "|bad", "#bad",
    ]

    /// The seeds, and strings drawn from their characters.
    static let hostile: [String] = {
        var random = RandomStream(seed: 17)
        let pieces = [
            "<", ">", "[", "]", "(", ")", "!", "*", "_", "`", "|", "\\", "&", "#", "-", "\n", "http://", "a",
            "b ", "x.y",
        ]
        return seeds
            + (0..<20).map { _ in
                (0..<9).map { _ in pieces[random.next(below: pieces.count)] }.joined() + "z"
            }
    }()

    /// What GitHub would make of a text, as far as it is dangerous.
    static func faults(markdown: String) -> [String] {
        // Code, and what stands behind a backslash, is text.
        var text = markdown.replacing(/\\[!-\/:-@\[-`{-~]/, with: "")
        text = text.replacing(/```\n[^`]*\n```/, with: "").replacing(/`[^`\n]+`/, with: "").replacing(
            "<!-- -->", with: "")
        var faults: [String] = []
        if let tag = text.firstMatch(of: /<[A-Za-z!\/?][^\n]{0,40}/) { faults.append("a tag: \(tag.0)") }
        for link in text.matches(of: /\]\(([^)\n]*)\)/)
        where link.1.wholeMatch(of: /[A-Za-z0-9._%\/-]+/) == nil {
            faults.append("a link: \(link.1)")
        }
        if let address = text.firstMatch(of: /(https?:\/\/|www\.)[^\s]*/) {
            faults.append("an address: \(address.0)")
        }
        if let reference = text.firstMatch(of: /(?m)^\[[^\]]*\]:/) {
            faults.append("a reference: \(reference.0)")
        }
        if text.contains("\u{1B}") || text.contains("\u{202E}") { faults.append("a control character") }
        return faults
    }

    private static func run(_ text: String, _ kind: LabelKind) throws -> SmallRun {
        // Names of files, so without what those may not hold.
        let id = String(oneLine(text).replacing("/", with: "").prefix(60)) + "."
        return try SmallRun(
            kind, draws: 10, labels: ["", " 2", " 3"].map { text.replacing("|", with: "") + $0 },
            contestants: [(id, 2.4), (id + "2", 1.0), (id + "3", 1.5)], words: text, against: [])
    }

    private static func oneLine(_ text: String) -> String {
        String(text.unicodeScalars.map { $0.value < 32 ? " " : Character($0) })
    }

    @Test(arguments: [LabelKind.binary, .multiclass, .multilabel]) func noPageMakesMarkupOfIt(kind: LabelKind)
        throws
    {
        // Label names never hold a bar; ids and quoted texts do.
        for text in Self.hostile {
            let run = try Self.run(text, kind)
            defer { run.remove() }
            let page = try String(contentsOf: run.folder.report, encoding: .utf8)
            #expect(Self.faults(markdown: page) == [], "\(text.debugDescription)")
            #expect(
                MarkdownLintTests.faults(page, in: run.folder.url).filter {
                    !$0.contains("picture") && !$0.contains("white space")
                } == [], "\(text.debugDescription)")
            let card = ModelCard(run.results.contestants[0], of: run.results).text
            #expect(Self.faults(markdown: card) == [], "\(text.debugDescription)")

            let html = try String(contentsOf: run.folder.page, encoding: .utf8)
            let body = html.replacing(/<style>(?s:.*?)<\/style>/, with: "").replacing(
                /<script>const (?s:.*?)<\/script>/, with: ""
            ).replacing(/<script type="application\/json">[^<]*<\/script>/, with: "")
            #expect(
                !body.contains("<script") && !body.contains("<!--") && !body.contains("<img"),
                "\(text.debugDescription)")
            #expect(body.matches(of: /href="(?!#)[^"]*"/).count == 0, "\(text.debugDescription)")

            let pictures = try FileManager.default.contentsOfDirectory(
                at: run.folder.url.appendingPathComponent("figures"), includingPropertiesForKeys: nil)
            for picture in pictures {
                let shape = XMLShape(try Data(contentsOf: picture))
                #expect(shape.faults == [], "\(picture.lastPathComponent): \(text.debugDescription)")
            }
            for name in ["ranking", "per-label"] {
                let csv = run.folder.url.appendingPathComponent("tables/\(name).csv")
                try Self.expectNoFormula(csv)
                let latex = try String(
                    contentsOf: csv.deletingPathExtension().appendingPathExtension("tex"), encoding: .utf8)
                #expect(Self.latexFaults(latex) == [], "\(text.debugDescription)")
            }
            try Self.expectNoFormula(run.folder.errors)
        }
    }

    /// What a spreadsheet would take for a formula.
    private static func expectNoFormula(_ file: URL) throws {
        var reader = try TableReader(DataFile.file(file).source(), dialect: .csv)
        var rows: [[String]] = [reader.columns]
        while let row = try reader.next() { rows.append(row.fields) }
        for cell in rows.joined() where Double(cell) == nil {
            #expect(!"=+-@\t\r".contains(cell.first ?? "a"), "\(file.lastPathComponent): \(cell)")
        }
    }

    /// Braces that match, and no command but ours.
    static func latexFaults(_ text: String) -> [String] {
        let known: Set = [
            "usepackage", "begin", "end", "centering", "caption", "label", "toprule", "midrule", "bottomrule",
            "textbf",
            "textbackslash", "textasciitilde", "textasciicircum", "textless", "textgreater", "textbar",
            "textasciigrave", "pm",
        ]
        var faults = text.matches(of: /\\([A-Za-z]+)/).map { String($0.1) }.filter { !known.contains($0) }
        let bare = text.replacing(/\\[\\{}%&#$_]/, with: "")
        if bare.count(where: { $0 == "{" }) != bare.count(where: { $0 == "}" }) { faults.append("braces") }
        if text.matches(of: /\\end\{/).count != 2 { faults.append("ends") }
        let lines = text.split(separator: "\n")
        let cells = lines.filter { $0.hasSuffix("\\\\") }.map {
            $0.replacing("\\&", with: "").count { $0 == "&" }
        }
        if Set(cells).count != 1 { faults.append("cells") }
        return faults
    }

    /// The text is still there for who reads: escaping changes nothing but what it means.
    @Test func readersSeeTheTextItself() throws {
        for text in ["a*b_c*", "<b> & [c](d)", "x \\ `y` | z", "1. one", "#tag", "mail@example.org", "a_b"] {
            let run = try Self.run(text, .multiclass)
            defer { run.remove() }
            let html = try String(contentsOf: run.folder.page, encoding: .utf8)
            let escaped = text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(
                ">", with: "&gt;")
            #expect(html.contains(">\(escaped.replacing("|", with: ""))</th>"), "\(text)")
        }
    }

    @Test func pagesOfDataToo() throws {
        for text in Self.hostile.map({ $0.replacing("|", with: "") }) {
            let corpus = Corpus(
                ids: ["=\(text)", "2"], texts: [text, "\(text) again"],
                targets: .sets(IndicatorMatrix(labelCount: 2, rows: [[0, 1], [1]])),
                labelSpace: try LabelSpace(kind: .multilabel, names: [text, text + " 2"]),
                officialParts: [.train, .test], fingerprint: "abc")
            let page = DataPage(CorpusProfile(corpus), title: text)
            #expect(Self.faults(markdown: page.markdown) == [], "\(text.debugDescription)")
            let html = page.html.replacing(/<script>const (?s:.*?)<\/script>/, with: "")
            #expect(!html.contains("<script") && !html.contains("<img"))
            #expect(html.matches(of: /href="(?!#)[^"]*"/).count == 0)
        }
    }
}
