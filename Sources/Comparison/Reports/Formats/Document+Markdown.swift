import Foundation

extension Document {
    /// As Markdown for GitHub, an empty line between any two blocks.
    package var markdown: String { blocks.compactMap(\.markdown).joined(separator: "\n") }
}

extension Block {
    /// Nil for what only a page has.
    fileprivate var markdown: String? {
        switch self {
        case .heading(let level, let text): "\(String(repeating: "#", count: level)) \(text.markdown())\n"
        case .paragraph(let text): "\(text.markdown())\n"
        case .list(let points): points.map { "- \($0.markdown())\n" }.joined()
        case .table(let table): table.markdown
        case .figure(let figure, let path): "![\(markdownEscaped(figure.title))](\(addressEscaped(path)))\n"
        case .code(let text, let language): Block.fenced(text, language)
        case .pageOnly: nil
        }
    }

    /// Between fences that are longer than any in the text.
    private static func fenced(_ text: String, _ language: String) -> String {
        let longest = text.split { $0 != "`" }.map(\.count).max() ?? 0
        let fence = String(repeating: "`", count: max(3, longest + 1))
        return "\(fence)\(language)\n\(text)\n\(fence)\n"
    }
}

extension Table {
    /// GitHub's tables, columns padded so that the source reads well too.
    fileprivate var markdown: String {
        let header = columns.map { Inline.text($0.name) }
        let lines = padded(
            ([header] + rows + totals).map { $0.map { $0.markdown(inCell: true) } }, minWidth: 3)
        let rule = columns.indices.map { column in
            let width = lines[0][column].count
            return columns[column].alignment == .right
                ? String(repeating: "-", count: width - 1) + ":" : String(repeating: "-", count: width)
        }
        return ([lines[0], rule] + lines.dropFirst()).map { "| \($0.joined(separator: " | ")) |\n" }.joined()
    }
}

extension Inline {
    /// - Parameter inCell: Whether it stands in a cell of a table, where nothing begins a line and a bar ends the cell.
    fileprivate func markdown(inCell: Bool = false) -> String {
        let text = runs.map { run -> String in
            switch run {
            case .text(let text): markdownEscaped(text, beginsLine: !inCell)
            case .code(let text): Inline.code(text, inCell: inCell)
            case .strong(let text): "**\(markdownEscaped(text))**"
            case .emphasis(let text): "*\(markdownEscaped(text))*"
            case .link(let text, let address): "[\(markdownEscaped(text))](\(address))"
            case .page(let text, let path): "[\(markdownEscaped(text))](\(addressEscaped("\(path).md")))"
            case .address(let address): address
            case .lineEnd: "\n"
            }
        }.joined()
        return inCell ? text.trimmingCharacters(in: .whitespaces) : text
    }

    /// As plain text if it holds what would end the code.
    private static func code(_ text: String, inCell: Bool) -> String {
        let line = oneLine(text)
        if line.contains("`") || line.isEmpty { return markdownEscaped(text, beginsLine: !inCell) }
        return "`\(inCell ? line.replacing("|", with: "\\|") : line)`"
    }
}

/// A text on one line, with a backslash before whatever would mean something there. What means nothing where it stands,
/// such as the brackets of an interval or an underscore within a word, stays as it is, so that the source reads well.
///
/// - Parameter beginsLine: Whether it may stand at the beginning of a line, where it could make a heading, a list, a
///   quotation or code.
func markdownEscaped(_ text: String, beginsLine: Bool = true) -> String {
    let line = oneLine(text)
    // Four spaces would begin code.
    let characters = Array(line.hasPrefix("  ") ? " " + line.drop { $0 == " " } : line)
    let isNumeric = characters.allSatisfy { "0123456789.,+-[]<% n/aeE".contains($0) }
    var escaped = ""
    for (place, character) in characters.enumerated() {
        let before = place > 0 ? characters[place - 1] : " "
        let after = place + 1 < characters.count ? characters[place + 1] : " "
        switch character {
        case "\\", "`", "*", "~", "|":
            escaped += "\\\(character)"
        case "[", "]", ">":
            escaped += isNumeric ? "\(character)" : "\\\(character)"
        case "<":
            escaped += after == " " || after.isNumber ? "<" : "\\<"
        case "_":
            escaped +=
                before.isLetter || before.isNumber
                ? after.isLetter || after.isNumber ? "_" : "\\_" : "\\_"
        case "&":
            escaped += after == "#" || after.isLetter ? "\\&" : "&"
        case ":":
            escaped += after == "/" ? "\\:" : ":"
        case ".":
            let isAddress = place >= 3 && String(characters[place - 3..<place]).lowercased() == "www"
            escaped += isAddress || beginsLine && beginsList(characters, upTo: place) ? "\\." : "."
        case ")":
            escaped += beginsLine && beginsList(characters, upTo: place) ? "\\)" : ")"
        case "@":
            // A backslash does not keep GitHub from making an address of it.
            escaped += after == " " ? "@" : "@<!-- -->"
        case "#", "-", "+", "=":
            escaped += beginsLine && place == 0 && !isNumeric ? "\\\(character)" : "\(character)"
        default:
            escaped.append(character)
        }
    }
    return escaped
}

/// Whether all before `place` are digits, so that what stands there would make a list.
private func beginsList(_ characters: [Character], upTo place: Int) -> Bool {
    place > 0 && place <= 9 && characters[..<place].allSatisfy { $0.isASCII && $0.isNumber }
        && (place + 1 == characters.count || characters[place + 1] == " ")
}
