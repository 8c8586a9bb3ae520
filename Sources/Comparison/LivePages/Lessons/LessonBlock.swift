/// A block of a lab's page, read from the Markdown that labs are written in; never markup, so that the page makes elements of
/// its own.
///
/// Headings, paragraphs, lists of one level, tables, quotes and fenced code are read. Whatever else stands there, such as HTML,
/// is text.
enum LessonBlock: Equatable, Sendable {
    /// Level 1 is the title.
    case heading(Int, [LessonWords])
    case paragraph([LessonWords])
    case quote([LessonWords])
    case list([[LessonWords]], isNumbered: Bool)
    /// The first row is the header.
    case table([[[LessonWords]]])
    case code(String)

    static func blocks(of markdown: String) -> [LessonBlock] {
        var reader = LessonReader(markdown)
        return reader.blocks()
    }
}

extension LessonBlock: Encodable {
    private enum CodingKeys: String, CodingKey { case kind, level, words, items, rows, code }

    func encode(to encoder: any Encoder) throws {
        var object = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .heading(let level, let words):
            try object.encode("heading", forKey: .kind)
            try object.encode(level, forKey: .level)
            try object.encode(words, forKey: .words)
        case .paragraph(let words):
            try object.encode("paragraph", forKey: .kind)
            try object.encode(words, forKey: .words)
        case .quote(let words):
            try object.encode("quote", forKey: .kind)
            try object.encode(words, forKey: .words)
        case .list(let items, let isNumbered):
            try object.encode(isNumbered ? "numbers" : "points", forKey: .kind)
            try object.encode(items, forKey: .items)
        case .table(let rows):
            try object.encode("table", forKey: .kind)
            try object.encode(rows, forKey: .rows)
        case .code(let text):
            try object.encode("code", forKey: .kind)
            try object.encode(text, forKey: .code)
        }
    }
}

/// Reads lines as blocks.
private struct LessonReader {
    private var lines: ArraySlice<Substring>

    init(_ markdown: String) {
        lines = markdown.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)[...]
    }

    mutating func blocks() -> [LessonBlock] {
        var blocks: [LessonBlock] = []
        while let line = lines.first {
            if line.allSatisfy(\.isWhitespace) {
                lines.removeFirst()
            } else if let fence = line.prefixMatch(of: /```+/)?.output {
                blocks.append(code(fence))
            } else if let match = line.wholeMatch(of: /(#{1,6}) +(.*)/) {
                lines.removeFirst()
                blocks.append(.heading(match.1.count, LessonWords.words(of: match.2)))
            } else if line.hasPrefix("|") {
                blocks.append(table())
            } else if line.hasPrefix(">") {
                let text = take { $0.hasPrefix(">") }.map { $0.dropFirst().drop(while: \.isWhitespace) }
                blocks.append(.quote(LessonWords.words(of: text.joined(separator: " "))))
            } else if let item = LessonReader.item(line) {
                blocks.append(list(isNumbered: item.isNumbered))
            } else {
                let first = lines.removeFirst()
                let text = [first] + take(where: LessonReader.continues)
                blocks.append(.paragraph(LessonWords.words(of: text.joined(separator: " "))))
            }
        }
        return blocks
    }

    /// Takes the lines at the front that are so.
    private mutating func take(where isPart: (Substring) -> Bool) -> [Substring] {
        let taken = lines.prefix(while: isPart)
        lines = lines.dropFirst(taken.count)
        return Array(taken)
    }

    /// Whether a line goes on with what stands above.
    private static func continues(_ line: Substring) -> Bool {
        !line.allSatisfy(\.isWhitespace) && !["|", ">", "#", "```"].contains { line.hasPrefix($0) }
            && item(line) == nil
    }

    /// What stands behind the sign of a point of a list.
    private static func item(_ line: Substring) -> (text: Substring, isNumbered: Bool)? {
        if let point = line.wholeMatch(of: /[-*] +(.*)/) { return (point.1, false) }
        if let number = line.wholeMatch(of: /[0-9]{1,3}\. +(.*)/) { return (number.1, true) }
        return nil
    }

    /// Up to a fence that is at least as long, or to the end.
    private mutating func code(_ fence: Substring) -> LessonBlock {
        lines.removeFirst()
        let text = take { !$0.hasPrefix(fence) }
        lines = lines.dropFirst()
        return .code(text.joined(separator: "\n"))
    }

    private mutating func list(isNumbered: Bool) -> LessonBlock {
        var items: [[LessonWords]] = []
        while let item = lines.first.flatMap(LessonReader.item), item.isNumbered == isNumbered {
            lines.removeFirst()
            let text = [item.text] + take(where: LessonReader.continues)
            items.append(LessonWords.words(of: text.joined(separator: " ")))
        }
        return .list(items, isNumbered: isNumbered)
    }

    private mutating func table() -> LessonBlock {
        let rows = take { $0.hasPrefix("|") }.filter { $0.wholeMatch(of: /[-:| ]+/) == nil }
        return .table(rows.map { LessonReader.cells($0).map { LessonWords.words(of: $0) } })
    }

    /// Between bars without a backslash before them.
    private static func cells(_ line: Substring) -> [String] {
        var (cells, cell, isEscaped): ([String], String, Bool) = ([], "", false)
        for character in line.dropFirst() {
            if character == "|", !isEscaped {
                cells.append(cell)
                cell = ""
            } else {
                // A bar is no sign any more.
                if character == "|" { cell.removeLast() }
                cell.append(character)
            }
            isEscaped = character == "\\" && !isEscaped
        }
        if !cell.allSatisfy(\.isWhitespace) { cells.append(cell) }
        return cells.map { String($0.drop(while: \.isWhitespace)) }
            .map { cell in
                var cell = cell
                while cell.last?.isWhitespace == true { cell.removeLast() }
                return cell
            }
    }
}
