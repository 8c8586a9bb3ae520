import Foundation

/// A piece of Markdown. What is written in the source is markup; a text that is interpolated stands for itself, whatever
/// it holds: a label named `[x](http://...)` makes no link, `<!--` hides nothing, `|` ends no cell.
struct Markdown: Equatable, Sendable {
    let source: String

    init(source: String) {
        self.source = source
    }

    /// Somebody's text.
    static func text(_ text: String) -> Markdown { Markdown(source: escaped(text)) }

    /// Somebody's text in a cell of a table, where nothing begins a line.
    static func cell(_ text: String) -> Markdown {
        Markdown(source: escaped(text.trimmingCharacters(in: .whitespacesAndNewlines), beginsLine: false))
    }

    /// Somebody's text as code; as plain text if it holds what would end the code.
    static func code(_ text: String) -> Markdown {
        let line = oneLine(text)
        if line.contains("`") || line.isEmpty { return .text(text) }
        return Markdown(source: "`\(line.replacing("|", with: "\\|"))`")
    }

    /// Somebody's paragraphs: empty lines part them, all else in them stands for itself.
    static func paragraphs(_ text: String) -> Markdown {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        return Markdown(
            source: lines.map { escaped($0.trimmingCharacters(in: .whitespaces)) }.split { $0.isEmpty }
                .map { $0.joined(separator: "\n") }.joined(separator: "\n\n"))
    }

    /// An address by itself where that is all the text is, so that it may be followed; else the text.
    static func address(_ text: String) -> Markdown {
        text.wholeMatch(of: /https?:\/\/[A-Za-z0-9.\/?=&%+#:~-]+/) == nil ? .text(text) : .init(source: text)
    }

    /// The path of a file as the address of a link.
    static func path(_ path: String) -> Markdown {
        let plain = CharacterSet(
            charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./")
        return Markdown(source: path.addingPercentEncoding(withAllowedCharacters: plain) ?? "")
    }

    static func + (a: Markdown, b: Markdown) -> Markdown { Markdown(source: a.source + b.source) }
    static func += (a: inout Markdown, b: Markdown) { a = a + b }

    var isEmpty: Bool { source.isEmpty }

    /// Without white space at either end.
    var trimmed: Markdown { Markdown(source: source.trimmingCharacters(in: .whitespacesAndNewlines)) }
}

extension Markdown: ExpressibleByStringInterpolation {
    struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var source = ""

        init(literalCapacity: Int, interpolationCount: Int) {}

        mutating func appendLiteral(_ literal: String) { source += literal }
        mutating func appendInterpolation(_ text: String) { source += Markdown.escaped(text) }
        mutating func appendInterpolation(_ markdown: Markdown) { source += markdown.source }
        mutating func appendInterpolation(_ number: some FixedWidthInteger) { source += "\(number)" }
    }

    init(stringLiteral value: String) { source = value }
    init(stringInterpolation: StringInterpolation) { source = stringInterpolation.source }
}

extension Sequence<Markdown> {
    func joined(separator: Markdown = "") -> Markdown {
        Markdown(source: map(\.source).joined(separator: separator.source))
    }
}

// MARK: Escaping

extension Markdown {
    /// What parts `@` from what follows, since a backslash does not keep GitHub from making it an address.
    static let addressBreak = "<!-- -->"

    /// A text on one line, with a backslash before whatever would mean something there. What means nothing where it
    /// stands, such as the brackets of an interval or an underscore within a word, stays as it is, so that the source
    /// reads well.
    ///
    /// - Parameter beginsLine: Whether it may stand at the beginning of a line, where it could make a heading, a list, a
    ///   quotation or code.
    private static func escaped(_ text: String, beginsLine: Bool = true) -> String {
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
                escaped += after == " " ? "@" : "@" + addressBreak
            case "#", "-", "+", "=":
                escaped += beginsLine && place == 0 && !isNumeric ? "\\\(character)" : "\(character)"
            default:
                escaped.append(character)
            }
        }
        return escaped
    }

    /// Whether all before `place` are digits, so that what stands there would make a list.
    private static func beginsList(_ characters: [Character], upTo place: Int) -> Bool {
        place > 0 && place <= 9 && characters[..<place].allSatisfy { $0.isASCII && $0.isNumber }
            && (place + 1 == characters.count || characters[place + 1] == " ")
    }
}

/// A text without line ends and with nothing that is not to be seen: control characters and those that turn the direction
/// of what follows are replaced by U+FFFD.
func oneLine(_ text: String) -> String {
    var line = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
        switch scalar.value {
        case 0x09...0x0D, 0x85, 0x2028, 0x2029: line.append(" ")
        case 0x00...0x1F, 0x7F...0x9F, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF:
            line.append("\u{FFFD}")
        default: line.append(scalar)
        }
    }
    return String(line)
}
