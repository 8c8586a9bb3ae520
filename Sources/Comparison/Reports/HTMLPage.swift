import Foundation

/// A report as one HTML file that needs nothing else: the Markdown of `README.md`, its pictures inside.
///
/// Only the Markdown that our reports are made of is understood: headings, paragraphs, tables, lists, code, pictures.
struct HTMLPage {
    let markdown: String
    /// By their addresses in the page.
    let figures: [String: Figure]

    var text: String {
        let lines = markdown.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let (body, headings) = HTMLBody(lines: lines, figures: figures).render()
        let title = headings.first.map { unmarked($0.text) } ?? "report"
        let contents = headings.filter { $0.level == 2 }.map {
            "<li><a href=\"#\($0.anchor)\">\(xmlEscaped(unmarked($0.text)))</a></li>"
        }
        return """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>\(xmlEscaped(title))</title>
            <style>\(HTMLPage.style)</style>
            </head>
            <body>
            <a class="skip" href="#content">Skip to the report</a>
            <nav aria-label="Sections"><ul>\(contents.joined(separator: "\n"))</ul></nav>
            <main id="content">
            \(body)</main>
            <script>\(HTMLPage.script)</script>
            </body>
            </html>

            """
    }
}

/// The blocks of a report, from Markdown to HTML.
private struct HTMLBody {
    struct Heading {
        let level: Int
        let text: String
        let anchor: String
    }

    let lines: [String]
    /// By their addresses in the page.
    let figures: [String: Figure]

    func render() -> (html: String, headings: [Heading]) {
        var html = ""
        var headings: [Heading] = []
        var caption = ""
        var tables = 0
        var index = 0
        /// The lines from here on that satisfy `belongs`.
        func take(while belongs: (String) -> Bool) -> [String] {
            let start = index
            while index < lines.count, belongs(lines[index]) { index += 1 }
            return Array(lines[start..<index])
        }
        while index < lines.count {
            let line = lines[index]
            if line.isEmpty {
                index += 1
            } else if line.hasPrefix("```") {
                index += 1
                let code = take { !$0.hasPrefix("```") }
                index += 1
                html += "<pre tabindex=\"0\"><code>\(xmlEscaped(code.joined(separator: "\n")))</code></pre>\n"
            } else if line.hasPrefix("#") {
                let level = line.prefix { $0 == "#" }.count
                caption = String(line.dropFirst(level + 1))
                let anchor = "s\(headings.count)"
                headings.append(Heading(level: level, text: caption, anchor: anchor))
                html += "<h\(level) id=\"\(anchor)\">\(inline(caption))</h\(level)>\n"
                index += 1
            } else if line.hasPrefix("|") {
                tables += 1
                html += table(take { $0.hasPrefix("|") }, name: "Table \(tables): \(unmarked(caption))")
            } else if line.hasPrefix("- ") {
                let items = take { $0.hasPrefix("- ") }.map { "<li>\(inline(String($0.dropFirst(2))))</li>" }
                html += "<ul>\n\(items.joined(separator: "\n"))\n</ul>\n"
            } else if figure(of: line) != nil {
                // Those with nothing but empty lines between them stand together.
                var group = ""
                while index < lines.count, lines[index].isEmpty || figure(of: lines[index]) != nil {
                    if let figure = figure(of: lines[index]) {
                        group +=
                            "<figure>\n\(figure.svg)"
                            + "<figcaption>\(xmlEscaped(figure.title))</figcaption></figure>\n"
                    }
                    index += 1
                }
                html += "<div class=\"figures\">\n\(group)</div>\n"
            } else {
                let text = take {
                    !$0.isEmpty && !["|", "- ", "#", "```", "!["].contains(where: $0.hasPrefix)
                }
                html += "<p>\(inline(text.joined(separator: " ")))</p>\n"
                if text.isEmpty { index += 1 }
            }
        }
        return (html, headings)
    }

    private func figure(of line: String) -> Figure? {
        line.hasPrefix("![") ? figures.first { line.hasSuffix("(\($0.key))") }?.value : nil
    }

    /// Names of rows up to this length stay in sight while a table scrolls sideways.
    private static let mostPinnedCharacters = 22
    /// Longer cells get room for several words a line.
    private static let mostNarrowCharacters = 40

    private func table(_ lines: [String], name: String) -> String {
        let rows = lines.map(cells)
        guard rows.count >= 2 else { return "" }
        let isNumber = rows[1].map { $0.hasSuffix(":") }
        // A row is named by its first words, not by its place.
        let key = isNumber.firstIndex(of: false) ?? 0
        func row(_ cells: [String], isHeader: Bool = false) -> String {
            let fields = cells.enumerated().map { column, cell in
                let tag = isHeader || column == key ? "th" : "td"
                let scope = isHeader ? " scope=\"col\"" : column == key ? " scope=\"row\"" : ""
                let classes = [
                    isNumber.indices.contains(column) && isNumber[column] ? "n" : nil,
                    column == key ? "k" : nil,
                    cell.count > HTMLBody.mostNarrowCharacters ? "t" : nil,
                ].compactMap(\.self)
                let style = classes.isEmpty ? "" : " class=\"\(classes.joined(separator: " "))\""
                return "<\(tag)\(scope)\(style)>\(inline(cell))</\(tag)>"
            }
            return "<tr>\(fields.joined())</tr>\n"
        }
        let hasHeader = rows[0].contains { !$0.isEmpty }
        // Sums in italics at the end stay there when the rows are sorted.
        let sums = rows.dropFirst(2).reversed().prefix { $0.first?.hasPrefix("*") == true }.reversed()
        let body = rows.dropFirst(2).dropLast(sums.count)
        let longest = body.map { $0.indices.contains(key) ? $0[key].count : 0 }.max() ?? 0
        return
            "<div class=\"table\(longest <= HTMLBody.mostPinnedCharacters ? " pin" : "")\" role=\"region\" "
            + "tabindex=\"0\" aria-label=\"\(xmlEscaped(name))\"><table>\n"
            + (hasHeader ? "<thead>\(row(rows[0], isHeader: true))</thead>\n" : "")
            + "<tbody>\n\(body.map { row($0) }.joined())</tbody>"
            + (sums.isEmpty ? "" : "<tfoot>\(sums.map { row($0) }.joined())</tfoot>")
            + "</table></div>\n"
    }

    private func cells(_ line: String) -> [String] {
        line.replacing("\\|", with: "\u{1}").split(separator: "|", omittingEmptySubsequences: false)
            .dropFirst().dropLast()
            .map { $0.replacing("\u{1}", with: "|").trimmingCharacters(in: .whitespaces) }
    }

    /// Bold, emphasis, code and links; pages that stand beside this one are linked in their HTML form. What stands behind
    /// a backslash is a character as any other.
    private func inline(_ text: String) -> String {
        // Most cells of tables are numbers, and making the patterns below costs more than all else.
        if !text.utf8.contains(where: { "[`*\\<".utf8.contains($0) }) { return xmlEscaped(text) }
        var kept: [String] = []
        /// Sets HTML aside that nothing below may change.
        func keep(_ html: String) -> String {
            kept.append(html)
            return "\u{2}\(kept.count - 1)\u{3}"
        }
        let open = text.replacing(Markdown.addressBreak, with: "")
            .replacing(/\\([!-\/:-@\[-`{-~])|`([^`]+)`/) { match in
                keep(
                    match.1.map { xmlEscaped(String($0)) }
                        ?? "<code>\(xmlEscaped(String(match.2 ?? "")))</code>")
            }
        return xmlEscaped(open)
            .replacing(/\[([^\]]+)\]\((https?:[^)\s]+)\)/) { "<a href=\"\($0.2)\">\($0.1)</a>" }
            .replacing(/\[([^\]]+)\]\(([\w.%\/-]+)\.md\)/) { "<a href=\"\($0.2).html\">\($0.1)</a>" }
            .replacing(/\*\*([^*]+)\*\*/) { "<strong>\($0.1)</strong>" }
            .replacing(/\*([^*\s][^*]*)\*/) { "<em>\($0.1)</em>" }
            .replacing(/\x{2}([0-9]+)\x{3}/) { Int($0.1).map { kept[$0] } ?? "" }
    }
}

/// A mark of Markdown that stands for itself.
private var escapedMark: Regex<(Substring, Substring)> { /\\([!-\/:-@\[-`{-~])/ }

/// A heading's Markdown without its backslashes and marks, for where only text may stand.
private func unmarked(_ text: String) -> String {
    text.replacing(Markdown.addressBreak, with: "").replacing(escapedMark) { $0.1 }
}
