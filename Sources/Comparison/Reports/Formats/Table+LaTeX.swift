extension Table {
    /// A LaTeX table with booktabs' rules, the best in bold.
    ///
    /// - Parameters:
    ///   - caption: What it shows.
    ///   - label: What it is referred to by.
    package func latex(caption: String, label: String) -> String {
        let alignments = columns.map { $0.alignment == .right ? "r" : "l" }.joined()
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
            \\begin{tabular}{\(alignments)}
            \\toprule
            \(lines[0])\\midrule
            \(lines.dropFirst().joined())\\bottomrule
            \\end{tabular}
            \\end{table}

            """
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
