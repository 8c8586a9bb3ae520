/// Reads the asked-for columns of a table, of JSON or of Parquet, alike.
///
/// What begins as gzip does is unpacked on the way.
public struct RecordReader {
    let name: String
    /// The names of the columns: of the header, 0, 1, ..., the keys of the first JSON object, or Parquet's.
    public let columns: [String]
    // One of these three; held apart, so that the one is changed in place.
    private var table: TableReader?
    private var json: JSONLinesReader?
    private var parquet: ParquetFile?

    private var row = TableRow()
    /// The first JSON object, which was read for its keys.
    private var firstObject: JSONLinesReader.Row?
    /// The columns of Parquet that are being read, and how many rows have been.
    private var parquetColumns: [Int] = []
    private var parquetReaders: [ParquetColumnReader] = []
    private var rowsRead = 0

    public init(_ source: ByteSource, _ format: DataFormat) throws(CorpusError) {
        name = source.name
        switch format {
        case .table(let dialect):
            // Lines of text may begin with anything.
            let unpacked = try source.unpacked()
            let reader = try TableReader(
                dialect.splitting == .wholeLine ? unpacked : unpacked.requiringText(), dialect: dialect)
            columns = reader.columns
            table = reader
        case .jsonLines:
            var reader = try JSONLinesReader(source.unpacked().requiringText())
            guard let first = try reader.next() else { throw .emptyFile(file: source.name) }
            columns = first.entries.map(\.key)
            firstObject = first
            json = reader
        case .parquet:
            let file = try ParquetFile(source.randomAccess())
            columns = file.columns
            parquet = file
        }
    }

    /// The index of the column with a name.
    public func column(_ name: String) throws(CorpusError) -> Int {
        if let index = columns.firstIndex(of: name) { return index }
        throw .missingColumn(file: self.name, column: name, found: columns)
    }

    /// The place and the cells, in the order of `wanted`, of the next row; nil at the end.
    public mutating func next(_ wanted: [Int]) throws(CorpusError) -> (place: DataPlace, cells: [Cell])? {
        var cells: [Cell] = []
        return try read(wanted, into: &cells).map { ($0, cells) }
    }

    /// Reads the cells of the next row over `cells`, in the order of `wanted`; its place, or nil at the end.
    public mutating func read(_ wanted: [Int], into cells: inout [Cell]) throws(CorpusError) -> DataPlace? {
        cells.removeAll(keepingCapacity: true)
        if parquet != nil { return try readParquet(wanted, into: &cells) }
        if json != nil { return try readObject(wanted, into: &cells) }
        guard try table?.read(into: &row) == true else { return nil }
        for column in wanted { cells.append(.text(row[column])) }
        return DataPlace(file: name, line: row.line)
    }

    /// Appends the texts of the next rows to `columns`, in the order of `wanted`; how many rows, which are fewer than
    /// `count` at the end alone.
    /// - Throws: `CorpusError.unexpectedList` besides where a cell is a list.
    public mutating func read(
        _ count: Int, _ wanted: [Int], into columns: inout [TextColumn]
    ) throws(CorpusError) -> Int {
        precondition(wanted.count == columns.count)
        if let parquet {
            if wanted != parquetColumns { try readColumns(wanted) }
            let rows = max(0, min(count, parquet.rowCount - rowsRead))
            for column in wanted.indices { try parquetReaders[column].read(rows, into: &columns[column]) }
            rowsRead += rows
            return rows
        }
        var rows = 0
        if json == nil {
            while rows < count, try table?.read(into: &row) == true {
                for column in wanted.indices { row.append(field: wanted[column], to: &columns[column]) }
                rows += 1
            }
            return rows
        }
        var cells: [Cell] = []
        while rows < count, let place = try read(wanted, into: &cells) {
            for column in wanted.indices {
                switch cells[column] {
                case .text(let text): columns[column].append(text)
                case .missing: columns[column].appendMissing()
                case .list: throw .unexpectedList(place, column: self.columns[wanted[column]])
                }
            }
            rows += 1
        }
        return rows
    }

    private mutating func readObject(
        _ wanted: [Int], into cells: inout [Cell]
    ) throws(CorpusError) -> DataPlace? {
        var object = firstObject
        firstObject = nil
        if object == nil { object = try json?.next() }
        guard let object else { return nil }
        for column in wanted { cells.append(object[columns[column]] ?? .missing) }
        return DataPlace(file: name, line: object.line)
    }

    /// Rows of Parquet have numbers, from 1, and no lines.
    private mutating func readParquet(
        _ wanted: [Int], into cells: inout [Cell]
    ) throws(CorpusError) -> DataPlace? {
        if wanted != parquetColumns { try readColumns(wanted) }
        guard let parquet, rowsRead < parquet.rowCount else { return nil }
        for reader in parquetReaders.indices {
            guard let cell = try parquetReaders[reader].next() else {
                let column = columns[wanted[reader]]
                throw .parquet(ParquetError(file: name, column: column, .truncated("the column")))
            }
            cells.append(cell)
        }
        rowsRead += 1
        return DataPlace(file: name, line: rowsRead)
    }

    /// Goes on with other columns than before, from the same row.
    private mutating func readColumns(_ wanted: [Int]) throws(CorpusError) {
        guard let parquet else { return }
        parquetColumns = wanted
        parquetReaders = wanted.map { parquet.reader(ofColumn: $0) }
        for reader in parquetReaders.indices {
            for _ in 0..<rowsRead { _ = try parquetReaders[reader].next() }
        }
    }
}
