import SafeFiles

/// A table with a header, for Markdown, plain text, CSV and LaTeX alike.
struct Table {
    enum Alignment { case left, right }

    /// What stands in a cell: a text, in Markdown possibly with markup.
    struct Cell {
        let text: String
        let markdown: Markdown
    }

    let header: [String]
    /// One for each column.
    let alignments: [Alignment]
    private(set) var rows: [[Cell]] = []
    /// Cells that are the best of their column, as places of rows and columns.
    private(set) var best: Set<[Int]> = []

    /// What stands where there is nothing to say.
    static let none = "n/a"

    /// Columns named with a leading `>` are aligned to the right.
    init(_ columns: [String]) {
        header = columns.map { $0.hasPrefix(">") ? String($0.dropFirst()) : $0 }
        alignments = columns.map { $0.hasPrefix(">") ? .right : .left }
    }

    private init(header: [String], alignments: [Alignment], rows: [[Cell]]) {
        (self.header, self.alignments, self.rows) = (header, alignments, rows)
    }

    /// Adds a row of texts that stand for themselves.
    mutating func add(_ row: [String]) {
        add(row.map { Cell(text: $0, markdown: .cell($0)) })
    }

    /// Adds a row with markup in it, for Markdown alone.
    mutating func add(markup row: [Markdown]) {
        add(row.map { Cell(text: $0.source, markdown: $0) })
    }

    private mutating func add(_ row: [Cell]) {
        precondition(row.count == header.count)
        rows.append(row)
    }

    /// Marks cells of a column as the best.
    mutating func markBest(_ places: [Int], column: Int) {
        for row in places { best.insert([row, column]) }
    }

    /// Without the columns that say nothing in any row.
    var withoutEmptyColumns: Table {
        let kept = header.indices.filter { column in
            rows.isEmpty || rows.contains { !["", Table.none].contains($0[column].text) }
        }
        return Table(
            header: kept.map { header[$0] }, alignments: kept.map { alignments[$0] },
            rows: rows.map { row in kept.map { row[$0] } })
    }

    /// GitHub's tables, columns padded so that the source reads well too.
    var markdown: Markdown {
        let cells = ([header.map(Markdown.cell)] + rows.map { $0.map(\.markdown) }).map { $0.map(\.source) }
        let widths = header.indices.map { column in max(3, cells.map { $0[column].count }.max() ?? 0) }
        let rule = widths.indices.map { column in
            alignments[column] == .right
                ? String(repeating: "-", count: widths[column] - 1) + ":"
                : String(repeating: "-", count: widths[column])
        }
        let lines = ([cells[0], rule] + cells.dropFirst())
            .map { row in
                "| "
                    + row.indices.map { padded(row[$0], widths[$0], alignments[$0]) }.joined(separator: " | ")
                    + " |\n"
            }
        return Markdown(source: lines.joined())
    }

    private var texts: [[String]] { [header] + rows.map { $0.map(\.text) } }

    /// Columns side by side, for a terminal.
    var text: String {
        let cells = texts.map { $0.map(oneLine) }
        let widths = header.indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
        return cells.map { row in
            let line = row.indices.map { padded(row[$0], widths[$0], alignments[$0]) }.joined(separator: "  ")
            return line.trimmingSuffix { $0 == " " } + "\n"
        }.joined()
    }

    /// For a spreadsheet: no cell is taken for a formula.
    var csv: String { texts.map(spreadsheetLine).joined() }

    /// A LaTeX table with booktabs' rules, the best in bold.
    ///
    /// - Parameters:
    ///   - caption: What it shows.
    ///   - label: What it is referred to by.
    func latex(caption: String, label: String) -> String {
        let columns = alignments.map { $0 == .right ? "r" : "l" }.joined()
        let lines = texts.enumerated().map { place, row in
            row.enumerated().map { column, cell in
                let text = latexEscaped(cell)
                return best.contains([place - 1, column]) ? "\\textbf{\(text)}" : text
            }.joined(separator: " & ") + " \\\\\n"
        }
        return """
            % \\usepackage{booktabs}
            \\begin{table}
            \\centering
            \\caption{\(latexEscaped(caption))}
            \\label{\(latexLabel(label))}
            \\begin{tabular}{\(columns)}
            \\toprule
            \(lines[0])\\midrule
            \(lines.dropFirst().joined())\\bottomrule
            \\end{tabular}
            \\end{table}

            """
    }

    private func padded(_ cell: String, _ width: Int, _ alignment: Alignment) -> String {
        let space = String(repeating: " ", count: max(0, width - cell.count))
        return alignment == .right ? space + cell : cell + space
    }
}

/// A text that stands for itself in LaTeX.
func latexEscaped(_ text: String) -> String {
    let line = oneLine(text)
    // After the end of a row, a bracket or a star would belong to it.
    let start = line.hasPrefix("[") || line.hasPrefix("*") ? "{}" : ""
    var before: Character?
    return start
        + line.map { character -> String in
            defer { before = character }
            return switch character {
            case "\\": "\\textbackslash{}"
            case "&", "%", "$", "#", "_", "{", "}": "\\\(character)"
            case "~": "\\textasciitilde{}"
            case "^": "\\textasciicircum{}"
            case "<": "\\textless{}"
            case ">": "\\textgreater{}"
            case "|": "\\textbar{}"
            case "`": "\\textasciigrave{}"
            case "±": "$\\pm$"
            // Two in a row would become one dash, one quote.
            case "-" where before == "-": "{}-"
            case "'" where before == "'": "{}'"
            default: String(character)
            }
        }.joined()
}

/// A text as a label of LaTeX: letters, digits and a few marks alone.
private func latexLabel(_ text: String) -> String {
    String(text.map { $0.isASCII && ($0.isLetter || $0.isNumber || ":-.".contains($0)) ? $0 : "-" })
}
