/// Reads one JSON object a line from a stream; blank lines are passed over.
public struct JSONLinesReader {
    /// One line's object.
    public struct Row: Equatable, Sendable {
        /// The physical line, from 1.
        public let line: Int
        /// In the order of the line; keys are unique.
        public let entries: [(key: String, value: Cell)]

        public subscript(key: String) -> Cell? { entries.first { $0.key == key }?.value }

        public static func == (a: Row, b: Row) -> Bool {
            a.line == b.line && a.entries.elementsEqual(b.entries, by: ==)
        }
    }

    private var cursor: ByteCursor
    private var bytes: [UInt8] = []

    public init(_ source: ByteSource) throws(CorpusError) {
        cursor = try ByteCursor(source)
    }

    /// The next object; nil at the end.
    /// - Throws: `CorpusError.badJSON`, `.invalidUTF8`, `.file`.
    public mutating func next() throws(CorpusError) -> Row? {
        var place = cursor.place
        repeat {
            place = cursor.place
            bytes.removeAll(keepingCapacity: true)
            if try !cursor.takeLine(into: &bytes) { return nil }
        } while bytes.allSatisfy(JSONLine.isSpace)

        var line = JSONLine(bytes)
        do throws(JSONProblem) {
            return Row(line: place.line, entries: try line.parse())
        } catch {
            throw .badJSON(place, column: line.position + 1, error)
        }
    }
}
