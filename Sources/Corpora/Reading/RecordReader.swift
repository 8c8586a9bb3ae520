/// Reads the asked-for columns of a table or of JSON Lines, alike.
public struct RecordReader {
    private enum Rows {
        case table(TableReader)
        /// The first object was read for its keys.
        case json(JSONLinesReader, first: JSONLinesReader.Row?)
    }

    let name: String
    /// The names of the columns: of the header, 0, 1, ..., or the keys of the first JSON object.
    public let columns: [String]
    private var rows: Rows
    private var row = TableRow()

    public init(_ source: ByteSource, _ format: DataFormat) throws(CorpusError) {
        name = source.name
        switch format {
        case .table(let dialect):
            let reader = try TableReader(source, dialect: dialect)
            columns = reader.columns
            rows = .table(reader)
        case .jsonLines:
            var reader = try JSONLinesReader(source)
            guard let first = try reader.next() else { throw .emptyFile(file: source.name) }
            columns = first.entries.map(\.key)
            rows = .json(reader, first: first)
        }
    }

    /// The index of the column with a name.
    public func column(_ name: String) throws(CorpusError) -> Int {
        if let index = columns.firstIndex(of: name) { return index }
        throw .missingColumn(file: self.name, column: name, found: columns)
    }

    /// The place and the cells, in the order of `wanted`, of the next row; nil at the end.
    public mutating func next(_ wanted: [Int]) throws(CorpusError) -> (place: DataPlace, cells: [Cell])? {
        switch rows {
        case .table(var reader):
            let more = try reader.read(into: &row)
            rows = .table(reader)
            if !more { return nil }
            return (DataPlace(file: name, line: row.line), wanted.map { .text(row[$0]) })
        case .json(var reader, let first):
            let next: JSONLinesReader.Row?
            if let first { next = first } else { next = try reader.next() }
            rows = .json(reader, first: nil)
            guard let next else { return nil }
            return (DataPlace(file: name, line: next.line), wanted.map { next[columns[$0]] ?? .missing })
        }
    }
}
