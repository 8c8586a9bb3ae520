import Foundation
import Reports
import Testing

/// The document model by itself, and each of its renderers.
@Suite struct DocumentTests {
    private static var table: Table {
        var table = Table(["who", .numbers("score"), .numbers("nothing")])
        table.add(["a|b", "0.5", "n/a"])
        table.add([.code("c|d"), "0.25", ""])
        table.addTotal([.emphasis("rows"), "2", ""])
        table.markBest([0], column: 1)
        return table.withoutEmptyColumns
    }

    private static let figure = Figure(name: "f", title: "what it shows") {
        "<svg><title>\($0)</title></svg>\n"
    }

    private static var page: Document {
        Document {
            Block.heading(1, "A page")
            Block.paragraph("Some \(strong: "bold") words, \(code: "code"), \(3) numbers.")
            Block.paragraph("")
            Block.list(["one", Inline(.page("another page", path: "a b/data"))])
            Block.list([])
            Block.heading(2, "A table")
            Block.table(table)
            Block.figure(figure, path: "figures/f.svg")
            Block.figure(figure, path: "figures/g.svg")
            Block.code("x < y", language: "python")
            Block.paragraph(Inline(.link("there", address: "https://x.example/?a=1&b=2")))
        }
    }

    @Test func markdown() {
        #expect(
            Self.page.markdown == """
                # A page

                Some **bold** words, `code`, 3 numbers.

                - one
                - [another page](a%20b/data.md)

                ## A table

                | who    | score |
                | ------ | ----: |
                | a\\|b   |   0.5 |
                | `c\\|d` |  0.25 |
                | *rows* |     2 |

                ![What it shows](figures/f.svg)

                ![What it shows](figures/g.svg)

                ```python
                x < y
                ```

                [there](https://x.example/?a=1&b=2)

                """)
    }

    @Test func html() throws {
        let html = HTMLPage(Self.page).text
        let body = try #require(html.split(separator: "<main id=\"content\">\n").last)
            .split(separator: "</main>")[0]
        #expect(
            body == """
                <h1 id="s0">A page</h1>
                <p>Some <strong>bold</strong> words, <code>code</code>, 3 numbers.</p>
                <ul>
                <li>one</li>
                <li><a href="a%20b/data.html">another page</a></li>
                </ul>
                <h2 id="s1">A table</h2>
                <div class="table pin" role="region" tabindex="0" aria-label="Table 1: A table"><table>
                <thead><tr><th scope="col" class="k">who</th><th scope="col" class="n">score</th></tr>
                </thead>
                <tbody>
                <tr><th scope="row" class="k">a|b</th><td class="n">0.5</td></tr>
                <tr><th scope="row" class="k"><code>c|d</code></th><td class="n">0.25</td></tr>
                </tbody><tfoot><tr><th scope="row" class="k"><em>rows</em></th><td class="n">2</td></tr>
                </tfoot></table></div>
                <div class="figures">
                <figure>
                <svg><title>What it shows</title></svg>
                <figcaption>What it shows</figcaption></figure>
                <figure>
                <svg><title>What it shows</title></svg>
                <figcaption>What it shows</figcaption></figure>
                </div>
                <pre tabindex="0"><code>x &lt; y</code></pre>
                <p><a href="https://x.example/?a=1&amp;b=2">there</a></p>

                """)
        #expect(html.contains("<title>A page</title>"))
        #expect(
            html.contains("<nav aria-label=\"Sections\"><ul><li><a href=\"#s1\">A table</a></li></ul></nav>"))
    }

    @Test func tablesElsewhere() {
        #expect(Self.table.csv == "who,score\na|b,0.5\nc|d,0.25\nrows,2\n")
        #expect(Self.table.text == "who   score\na|b     0.5\nc|d    0.25\nrows      2\n")
        let latex = Self.table.latex(caption: "50% & more", label: "tab:a b")
        #expect(latex.contains("\\begin{tabular}{lr}\n\\toprule\nwho & score \\\\\n\\midrule\n"))
        #expect(latex.contains("a\\textbar{}b & \\textbf{0.5} \\\\\n") && latex.contains("\nrows & 2 \\\\\n"))
        #expect(latex.contains("\\caption{50\\% \\& more}\n\\label{tab:a-b}"))
    }

    /// What a column's best cell was stays marked when columns before it are left out.
    @Test func theBestKeepsItsMark() {
        var table = Table([.numbers("empty"), .numbers("score")])
        table.add(["n/a", "1"])
        table.markBest([0], column: 1)
        #expect(table.withoutEmptyColumns.latex(caption: "", label: "").contains("\\textbf{1}"))
    }

    @Test func headingsMoveDownTogether() {
        let levels = Self.page.oneLevelDown.blocks.compactMap { block in
            if case .heading(let level, _) = block { level } else { nil }
        }
        #expect(levels == [2, 3])
        #expect(Self.page.oneLevelDown.title == "A page")
    }

    @Test func paragraphsArePartedByEmptyLines() {
        let texts = Inline.paragraphs(" one\n  # two\n\n \n\nthree")
        #expect(texts.map(\.plain) == ["one # two", "three"])
        #expect(
            Document { texts.map(Block.paragraph) }.markdown == "one\n\\# two\n\nthree\n")
        #expect(Inline.paragraphs("") == [])
    }

    @Test(arguments: [
        ("https://x.example/a-b?c=d", "https://x.example/a-b?c=d\n"),
        ("x https://x.example", "x https\\://x.example\n"),
        ("javascript:alert(1)", "javascript:alert(1)\n"),
    ])
    func addressesStandForThemselves(text: String, markdown: String) {
        #expect(Document { Block.paragraph(.address(text)) }.markdown == markdown)
    }

    /// Code that holds what would end it is no code in Markdown, and code in HTML.
    @Test func codeEndsWhereItShould() {
        let page = Document {
            Block.paragraph(.code("a`b"))
            Block.code("```\nno end")
        }
        #expect(page.markdown == "a\\`b\n\n````\n```\nno end\n````\n")
        #expect(
            HTMLPage(page).text.contains(
                "<p><code>a`b</code></p>\n<pre tabindex=\"0\"><code>```\nno end</code></pre>"))
    }

    /// Whatever a text holds, wherever it stands, it is a text in every format.
    @Test func textsStandForThemselves() throws {
        for text in HostileTextTests.hostile {
            var table = Table([.words(text), .numbers(text)])
            table.add([.text(text), .code(text)])
            table.add([Inline(.strong(text)), .emphasis(text)])
            table.addTotal([Inline(.page(text, path: "a/b")), "\(text)\(text)"])
            let page = Document {
                Block.heading(1, .text(text))
                Block.paragraph("\(text) \(strong: text) \(code: text)")
                Block.list([.text(text), .emphasis(text), Inline(.page(text, path: "a/b"))])
                Block.table(table)
                Block.figure(Figure(name: "f", title: text) { _ in "<svg></svg>\n" }, path: "f/f.svg")
            }
            #expect(HostileTextTests.faults(markdown: page.markdown) == [], "\(text.debugDescription)")
            let faults = MarkdownLintTests.faults(page.markdown, in: FileManager.default.temporaryDirectory)
                .filter { !$0.contains("no file") && !$0.contains("white space") }
            #expect(faults == [], "\(text.debugDescription)")
            let body = try #require(HTMLPage(page).text.split(separator: "<main id=\"content\">\n").last)
                .split(separator: "</main>")[0]
            #expect(XMLShape(Data("<main>\(body)</main>".utf8)).faults == [], "\(text.debugDescription)")
            #expect(HostileTextTests.latexFaults(table.latex(caption: text, label: text)) == [])
        }
    }
}
