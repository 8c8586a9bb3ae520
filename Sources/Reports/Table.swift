import Files

/// A table with a header, for Markdown, plain text, CSV and LaTeX alike.
struct Table {
    enum Alignment { case left, right }

    let header: [String]
    /// One for each column.
    let alignments: [Alignment]
    var rows: [[String]] = []

    /// Columns named with a leading `>` are aligned to the right.
    init(_ columns: [String]) {
        header = columns.map { $0.hasPrefix(">") ? String($0.dropFirst()) : $0 }
        alignments = columns.map { $0.hasPrefix(">") ? .right : .left }
    }

    mutating func add(_ row: [String]) {
        precondition(row.count == header.count)
        rows.append(row)
    }

    /// GitHub's tables, columns padded so that the source reads well too.
    var markdown: String {
        let cells = ([header] + rows).map { $0.map(Table.escaped) }
        let widths = header.indices.map { column in max(3, cells.map { $0[column].count }.max() ?? 0) }
        let rule = widths.indices.map { column in
            alignments[column] == .right
                ? String(repeating: "-", count: widths[column] - 1) + ":"
                : String(repeating: "-", count: widths[column])
        }
        return ([cells[0], rule] + cells.dropFirst())
            .map { row in
                "| "
                    + row.indices.map { padded(row[$0], widths[$0], alignments[$0]) }.joined(separator: " | ")
                    + " |\n"
            }.joined()
    }

    /// Columns side by side, for a terminal.
    var text: String {
        let cells = [header] + rows
        let widths = header.indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
        return cells.map { row in
            let line = row.indices.map { padded(row[$0], widths[$0], alignments[$0]) }.joined(separator: "  ")
            return line.trimmingSuffix { $0 == " " } + "\n"
        }.joined()
    }

    var csv: String { ([header] + rows).map(csvLine).joined() }

    /// A LaTeX `tabular`, to be set in a table of the author's own.
    var latex: String {
        let columns = alignments.map { $0 == .right ? "r" : "l" }.joined()
        let lines = ([header] + rows).map { $0.map(Table.latexEscaped).joined(separator: " & ") + " \\\\\n" }
        return "\\begin{tabular}{\(columns)}\n\\hline\n\(lines[0])\\hline\n"
            + lines.dropFirst().joined() + "\\hline\n\\end{tabular}\n"
    }

    private func padded(_ cell: String, _ width: Int, _ alignment: Alignment) -> String {
        let space = String(repeating: " ", count: max(0, width - cell.count))
        return alignment == .right ? space + cell : cell + space
    }

    private static func escaped(_ cell: String) -> String {
        cell.replacing("|", with: "\\|").replacing("\n", with: " ")
    }

    private static func latexEscaped(_ cell: String) -> String {
        cell.map { character in
            switch character {
            case "\\": "\\textbackslash{}"
            case "&", "%", "$", "#", "_", "{", "}": "\\\(character)"
            case "~": "\\textasciitilde{}"
            case "^": "\\textasciicircum{}"
            case "±": "$\\pm$"
            default: String(character)
            }
        }.joined()
    }
}
