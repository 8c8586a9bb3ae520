/// Reads one JSON object a line from a stream, or the objects of one array over any number of lines.
///
/// Blank lines are passed over. An array is told by its opening bracket, since files of both forms end in `.json`.
public struct JSONLinesReader {
    /// One line's object.
    public struct Row: Equatable, Sendable {
        /// The physical line where it begins, from 1.
        public let line: Int
        /// In the order of the line; keys are unique.
        public let entries: [(key: String, value: Cell)]

        public subscript(key: String) -> Cell? { entries.first { $0.key == key }?.value }

        public static func == (a: Row, b: Row) -> Bool {
            a.line == b.line && a.entries.elementsEqual(b.entries, by: ==)
        }
    }

    private var cursor: ByteCursor
    /// The text of the object that was read last.
    private(set) var bytes: [UInt8] = []
    private var isArray = false
    /// Whether the bracket that closes the array was passed.
    private var hasEnded = false
    /// Where the object in `bytes` begins, if it was looked at and is still to be read.
    private var held: DataPlace?

    public init(_ source: ByteSource) throws(TableError) {
        cursor = try ByteCursor(source)
        if try peekPastSpaces() == UInt8(ascii: "[") {
            cursor.skip()
            isArray = true
        }
    }

    /// Whether the next object would have to be waited for.
    var wouldWait: Bool { held == nil && cursor.wouldWait }

    /// The next object; nil at the end.
    /// - Throws: `TableError.badJSON`, `.invalidUTF8`, `.file`.
    public mutating func next() throws(TableError) -> Row? {
        guard let place = try takeObject() else { return nil }
        var line = JSONLine(bytes)
        do throws(JSONProblem) {
            return Row(line: place.line, entries: try line.parse())
        } catch {
            throw .badJSON(place, column: line.position + 1, error)
        }
    }

    /// The keys of the next object, which stays next; nil at the end.
    package mutating func nextKeys() throws(TableError) -> [String]? {
        guard let place = try takeObject() else { return nil }
        held = place
        var line = JSONLine(bytes)
        do throws(JSONProblem) { return try line.keys() } catch {
            throw .badJSON(place, column: line.position + 1, error)
        }
    }

    /// The place of the next object and the cells of some of its keys, nil for one that it lacks; nil at the end.
    package mutating func next(_ keys: JSONKeys) throws(TableError) -> (place: DataPlace, cells: [Cell?])? {
        guard let place = try takeObject() else { return nil }
        var line = JSONLine(bytes)
        do throws(JSONProblem) { return (place, try line.cells(of: keys)) } catch {
            throw .badJSON(place, column: line.position + 1, error)
        }
    }

    /// Takes the bytes of the next object; its place, or nil at the end.
    private mutating func takeObject() throws(TableError) -> DataPlace? {
        if let place = held {
            held = nil
            return place
        }
        var place = cursor.place
        if isArray { return try nextItem(at: &place) ? place : nil }
        repeat {
            place = cursor.place
            bytes.removeAll(keepingCapacity: true)
            if try !cursor.takeLine(into: &bytes) { return nil }
        } while bytes.allSatisfy(JSONLine.isSpace)
        return place
    }

    // MARK: Arrays

    /// Takes the bytes of the array's next object; false where the array ends, or at the end of the bytes after it.
    private mutating func nextItem(at place: inout DataPlace) throws(TableError) -> Bool {
        bytes.removeAll(keepingCapacity: true)
        var next = try peekPastSpaces()
        if next == ASCII.comma {
            cursor.skip()
            next = try peekPastSpaces()
        }
        place = cursor.place
        guard let next else {
            // What follows the bracket was looked at when it was passed.
            if hasEnded { return false }
            throw problem(.unexpected(found: "the end of the file", expected: "an object or ']'"))
        }
        if hasEnded { throw problem(.unexpected(found: "something", expected: "the end of the file")) }
        if next == UInt8(ascii: "]") {
            cursor.skip()
            hasEnded = true
            return try nextItem(at: &place)
        }
        try takeItem()
        return true
    }

    /// Takes bytes up to the brace that closes the object, or to the end.
    private mutating func takeItem() throws(TableError) {
        var depth = 0
        var isQuoted = false
        var isEscaped = false
        while let byte = try cursor.peek() {
            if ASCII.isLineEnd(byte) {
                bytes += try cursor.takeLineEnd()
            } else {
                bytes.append(byte)
                cursor.skip()
            }
            if isQuoted {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == ASCII.quote {
                    isQuoted = false
                }
                continue
            }
            switch byte {
            case ASCII.quote: isQuoted = true
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            default: break
            }
            if depth <= 0 { return }
        }
    }

    /// The next byte that is no space, which stays next; nil at the end.
    private mutating func peekPastSpaces() throws(TableError) -> UInt8? {
        while let byte = try cursor.peek(), JSONLine.isSpace(byte) {
            if ASCII.isLineEnd(byte) { try cursor.takeLineEnd() } else { cursor.skip() }
        }
        return try cursor.peek()
    }

    private func problem(_ problem: JSONProblem) -> TableError {
        .badJSON(cursor.place, column: 1, problem)
    }
}
