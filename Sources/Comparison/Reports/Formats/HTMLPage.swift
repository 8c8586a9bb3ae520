/// A document as one HTML file that needs nothing else, its pictures inside.
package struct HTMLPage {
    private let document: Document

    package init(_ document: Document) {
        self.document = document
    }

    package var text: String {
        var body = HTMLBody()
        body.add(document.blocks)
        let contents = body.headings.filter { $0.level == 2 }.map {
            "<li><a href=\"#\($0.anchor)\">\(xmlEscaped($0.text))</a></li>"
        }
        return """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>\(xmlEscaped(document.title ?? "report"))</title>
            <style>\(HTMLPage.style)\(body.hasParts ? "\n" + HTMLPage.partsStyle : "")</style>
            </head>
            <body>
            <a class="skip" href="#content">Skip to the report</a>
            <nav aria-label="Sections"><ul>\(contents.joined(separator: "\n"))</ul></nav>
            <main id="content">
            \(body.html)</main>
            <script>\(body.hasParts ? HTMLPage.partsScript + "\n" : "")\(HTMLPage.script)</script>
            </body>
            </html>

            """
    }
}

/// The blocks of a document as HTML.
private struct HTMLBody {
    private(set) var html = ""
    private(set) var headings: [(level: Int, text: String, anchor: String)] = []
    private var tableCount = 0
    private var sliderCount = 0
    /// Whether anything answers to the reader.
    private(set) var hasParts = false

    mutating func add(_ blocks: [Block]) {
        var figures: [Figure] = []
        for block in blocks {
            if case .figure(let figure, _) = block {
                figures.append(figure)
            } else {
                add(together: figures)
                figures = []
                add(block)
            }
        }
        add(together: figures)
    }

    private mutating func add(_ block: Block) {
        switch block {
        case .heading(let level, let text):
            let anchor = "s\(headings.count)"
            headings.append((level, text.plain, anchor))
            html += "<h\(level) id=\"\(anchor)\">\(text.html)</h\(level)>\n"
        case .paragraph(let text):
            html += "<p>\(text.html)</p>\n"
        case .list(let points):
            html += "<ul>\n\(points.map { "<li>\($0.html)</li>" }.joined(separator: "\n"))\n</ul>\n"
        case .table(let table):
            tableCount += 1
            html += table.html(name: "Table \(tableCount): \(headings.last?.text ?? "")")
        case .figure(let figure, _):
            add(together: [figure])
        case .code(let text, _):
            html += "<pre tabindex=\"0\"><code>\(xmlEscaped(text))</code></pre>\n"
        case .pageOnly(.thresholds(let slider)):
            hasParts = true
            sliderCount += 1
            html += slider.html(number: sliderCount)
        case .pageOnly(.confusions(let cells)):
            hasParts = true
            html += cells.html
        }
    }

    /// Figures with nothing between them stand side by side where there is room.
    private mutating func add(together figures: [Figure]) {
        if figures.isEmpty { return }
        let group = figures.map {
            "<figure>\n\($0.svg)<figcaption>\(xmlEscaped($0.title))</figcaption></figure>\n"
        }
        html += "<div class=\"figures\">\n\(group.joined())</div>\n"
    }
}

extension Table {
    /// Names of rows up to this length stay in sight while a table scrolls sideways.
    private static let mostPinnedCharacters = 22
    /// Longer cells get room for several words a line.
    private static let mostNarrowCharacters = 40

    /// In a region that scrolls by itself.
    func html(name: String) -> String {
        // A row is named by its first words, not by its place.
        let key = columns.firstIndex { $0.alignment == .left } ?? 0
        func line(_ cells: [Inline], isHeader: Bool = false) -> String {
            let fields = cells.enumerated().map { column, cell in
                let tag = isHeader || column == key ? "th" : "td"
                let scope = isHeader ? " scope=\"col\"" : column == key ? " scope=\"row\"" : ""
                let classes = [
                    columns[column].alignment == .right ? "n" : nil, column == key ? "k" : nil,
                    cell.plain.count > Table.mostNarrowCharacters ? "t" : nil,
                ].compactMap(\.self)
                let style = classes.isEmpty ? "" : " class=\"\(classes.joined(separator: " "))\""
                return "<\(tag)\(scope)\(style)>\(cell.html)</\(tag)>"
            }
            return "<tr>\(fields.joined())</tr>\n"
        }
        let hasHeader = columns.contains { !$0.name.isEmpty }
        let longest = rows.map { $0[key].plain.count }.max() ?? 0
        return
            "<div class=\"table\(longest <= Table.mostPinnedCharacters ? " pin" : "")\" role=\"region\" "
            + "tabindex=\"0\" aria-label=\"\(xmlEscaped(name))\"><table>\n"
            + (hasHeader ? "<thead>\(line(columns.map { .text($0.name) }, isHeader: true))</thead>\n" : "")
            + "<tbody>\n\(rows.map { line($0) }.joined())</tbody>"
            + (totals.isEmpty ? "" : "<tfoot>\(totals.map { line($0) }.joined())</tfoot>")
            + "</table></div>\n"
    }
}

extension Inline {
    fileprivate var html: String {
        runs.map { run in
            switch run {
            case .text(let text), .address(let text): xmlEscaped(oneLine(text))
            case .code(let text): "<code>\(xmlEscaped(oneLine(text)))</code>"
            case .strong(let text): "<strong>\(xmlEscaped(oneLine(text)))</strong>"
            case .emphasis(let text): "<em>\(xmlEscaped(oneLine(text)))</em>"
            case .link(let text, let address):
                "<a href=\"\(xmlEscaped(address))\">\(xmlEscaped(oneLine(text)))</a>"
            case .page(let text, let path):
                "<a href=\"\(xmlEscaped(addressEscaped("\(path).html")))\">\(xmlEscaped(oneLine(text)))</a>"
            case .lineEnd: " "
            }
        }.joined()
    }
}

/// A text that stands for itself in XML and HTML.
func xmlEscaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
        .replacing("\"", with: "&quot;")
}
