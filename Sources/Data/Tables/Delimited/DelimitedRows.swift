/// The rows of a table of delimited fields, or of lines.
struct DelimitedRows: RowReader {
    let columns: ColumnNames
    private let name: String
    private var table: TableReader
    private var row = TableRow()

    init(
        _ source: ByteSource, _ dialect: TableDialect, encoding: TextEncoding
    ) throws(TableError) {
        name = source.name
        let decoded = try source.unpacked().decoded(from: encoding)
        // Lines of text may begin with anything.
        table = try TableReader(
            dialect.splitting == .wholeLine ? decoded : decoded.requiringText(), dialect: dialect)
        columns = ColumnNames(table.columns)
    }

    var headerLine: Int { table.headerLine }
    var wouldWait: Bool { table.wouldWait }

    mutating func read(_ wanted: [Int], into cells: inout [Cell]) throws(TableError) -> DataPlace? {
        guard try table.read(into: &row) else { return nil }
        for column in wanted { cells.append(.text(row[column])) }
        return DataPlace(file: name, line: row.line)
    }

    mutating func read(
        _ count: Int, _ wanted: [Int], into columns: inout [TextColumn]
    ) throws(TableError) -> Int {
        var rows = 0
        while rows < count, try table.read(into: &row) {
            for column in wanted.indices { row.append(field: wanted[column], to: &columns[column]) }
            rows += 1
        }
        return rows
    }
}
