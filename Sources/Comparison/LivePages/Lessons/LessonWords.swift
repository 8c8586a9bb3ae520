/// Words of a lab's page that look alike.
struct LessonWords: Encodable, Equatable, Sendable {
    var text: String
    var isCode = false
    var isStrong = false
    var isEmphasized = false
    /// Of a link to elsewhere, which begins with `https://`; other pages of the labs are not served, so links to them are text.
    var address: String?

    private enum CodingKeys: String, CodingKey {
        case text, address
        case isCode = "code"
        case isStrong = "strong"
        case isEmphasized = "emphasis"
    }

    /// Reads code, strong and emphasized words and links; signs that stand alone are text.
    static func words(of markdown: some StringProtocol) -> [LessonWords] {
        var words: [LessonWords] = []
        read(Substring(markdown), like: LessonWords(text: ""), into: &words)
        return words
    }

    private static func read(_ markdown: Substring, like style: LessonWords, into words: inout [LessonWords])
    {
        var rest = markdown
        var text = ""
        func add(_ text: String, _ change: (inout LessonWords) -> Void = { _ in }) {
            var run = style
            run.text = text
            change(&run)
            if !text.isEmpty { words.append(run) }
        }
        while let sign = rest.first {
            if let code = rest.prefixMatch(of: /`([^`]+)`/) {
                add(text)
                text = ""
                add(String(code.1)) { $0.isCode = true }
                rest = rest[code.range.upperBound...]
            } else if let strong = rest.prefixMatch(of: /\*\*((?:[^*]|\*(?!\*))+)\*\*/) {
                add(text)
                text = ""
                var inner = style
                inner.isStrong = true
                read(strong.1, like: inner, into: &words)
                rest = rest[strong.range.upperBound...]
            } else if let emphasis = rest.prefixMatch(of: /\*([^*\s](?:[^*]*[^*\s])?)\*/) {
                add(text)
                text = ""
                var inner = style
                inner.isEmphasized = true
                read(emphasis.1, like: inner, into: &words)
                rest = rest[emphasis.range.upperBound...]
            } else if let link = rest.prefixMatch(of: /\[([^\]]+)\]\(([^()\s]+)\)/) {
                add(text)
                text = ""
                var inner = style
                if link.2.hasPrefix("https://") { inner.address = String(link.2) }
                read(link.1, like: inner, into: &words)
                rest = rest[link.range.upperBound...]
            } else if sign == "\\", let next = rest.dropFirst().first, next.isPunctuation || next.isSymbol {
                text.append(next)
                rest = rest.dropFirst(2)
            } else {
                text.append(sign)
                rest = rest.dropFirst()
            }
        }
        add(text)
    }
}
