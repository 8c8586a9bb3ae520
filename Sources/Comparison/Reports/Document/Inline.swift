import Foundation

/// Running text, as runs of plain text, code, emphasis and links.
///
/// In a literal, what is written and what is interpolated stand for themselves, whatever they hold: a label named
/// `[x](http://...)` makes no link. Markup comes of the labelled interpolations alone: `\(strong: id)`, `\(code: path)`.
package struct Inline: Equatable, Sendable {
    package enum Run: Equatable, Sendable {
        case text(String)
        case code(String)
        case strong(String)
        case emphasis(String)
        /// Words that lead to a web address.
        case link(String, address: String)
        /// Words that lead to another page of the report, by its path without ending.
        case page(String, path: String)
        /// A web address that stands for itself.
        case address(String)
        /// The end of a line within a paragraph, which may be shown as a space.
        case lineEnd
    }

    package private(set) var runs: [Run]

    package init(_ runs: Run...) {
        self.runs = runs
    }

    package static func text(_ text: String) -> Inline { Inline(.text(text)) }
    package static func code(_ text: String) -> Inline { Inline(.code(text)) }
    package static func emphasis(_ text: String) -> Inline { Inline(.emphasis(text)) }

    /// An address by itself where that is all the text is, so that it may be followed; else the text.
    package static func address(_ text: String) -> Inline {
        let isAddress = text.wholeMatch(of: /https?:\/\/[A-Za-z0-9.\/?=&%+#:~-]+/) != nil
        return Inline(isAddress ? .address(text) : .text(text))
    }

    /// Somebody's paragraphs: empty lines part them.
    package static func paragraphs(_ text: String) -> [Inline] {
        text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .map { $0.trimmingCharacters(in: .whitespaces) }.split { $0.isEmpty }
            .map { $0.map(Inline.text).joined(separator: Inline(.lineEnd)) }
    }

    package var isEmpty: Bool { runs.isEmpty }

    /// The text on one line, without markup.
    package var plain: String {
        runs.map { run in
            switch run {
            case .text(let text), .code(let text), .strong(let text), .emphasis(let text),
                .link(let text, _), .page(let text, _), .address(let text):
                oneLine(text)
            case .lineEnd: " "
            }
        }.joined()
    }

    package static func + (a: Inline, b: Inline) -> Inline {
        var sum = a
        sum.runs += b.runs
        return sum
    }
    package static func += (a: inout Inline, b: Inline) { a.runs += b.runs }
}

extension Inline: ExpressibleByStringInterpolation {
    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var runs: [Run] = []

        package init(literalCapacity: Int, interpolationCount: Int) {}

        package mutating func appendLiteral(_ text: String) { appendInterpolation(text) }
        package mutating func appendInterpolation(_ text: String) {
            if !text.isEmpty { runs.append(.text(text)) }
        }
        package mutating func appendInterpolation(_ number: some FixedWidthInteger) {
            runs.append(.text("\(number)"))
        }
        package mutating func appendInterpolation(_ text: Inline) { runs += text.runs }
        package mutating func appendInterpolation(code text: String) { runs.append(.code(text)) }
        package mutating func appendInterpolation(strong text: String) { runs.append(.strong(text)) }
    }

    package init(stringLiteral text: String) { runs = text.isEmpty ? [] : [.text(text)] }
    package init(stringInterpolation: StringInterpolation) { runs = stringInterpolation.runs }
}

extension Sequence<Inline> {
    package func joined(separator: Inline = "") -> Inline {
        var all: Inline = ""
        for (place, text) in enumerated() { all += place == 0 ? text : separator + text }
        return all
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
