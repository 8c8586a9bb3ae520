/// Reads delimiter-separated rows from a stream, in memory that does not grow with the file.
///
/// Lines end with LF, CR LF or CR. Blank lines are no rows (except where a whole line is a field). Every row has as
/// many fields as the header, or as the first row where there is no header.
public struct TableReader {
    /// The names of the columns: of the header, where some may be repeated or empty, or 0, 1, ...
    public let columns: [String]
    /// Where the header stands, if there is one.
    private(set) var headerLine = 0
    let dialect: TableDialect
    var cursor: ByteCursor
    /// The first row of a file without header, which was read to count the columns.
    private var first: TableRow?

    /// Reads the header, or the first row.
    /// - Throws: `TableError.emptyFile`, and what reading a row throws.
    public init(_ source: ByteSource, dialect: TableDialect) throws(TableError) {
        cursor = try ByteCursor(source)
        self.dialect = dialect
        var row = TableRow()
        guard try TableReader.read(into: &row, from: &cursor, dialect) else {
            throw .emptyFile(file: source.name)
        }
        if dialect.hasHeader {
            columns = row.fields
            headerLine = row.line
        } else {
            columns = (0..<row.count).map(String.init)
            first = row
        }
    }

    /// Whether the next row would have to be waited for.
    var wouldWait: Bool { first == nil && cursor.wouldWait }

    /// Reads the next row over `row`; false at the end.
    /// - Throws: `TableError.raggedRow`, `.runawayRow`, `.trailingDelimiter`, `.unbalancedQuote`, `.invalidUTF8`, `.file`.
    public mutating func read(into row: inout TableRow) throws(TableError) -> Bool {
        if first != nil, let first = first.take() {
            row = first
            return true
        }
        guard try TableReader.read(into: &row, from: &cursor, dialect) else { return false }
        if row.count != columns.count {
            let place = DataPlace(file: cursor.name, line: row.line)
            let (found, expected) = (row.count, columns.count)
            let lines = cursor.line - row.line
            if lines > 1 { throw .runawayRow(place, lines: lines, found: found, expected: expected) }
            if found == expected + 1, row[found - 1].isEmpty, columns.last?.isEmpty == false {
                throw .trailingDelimiter(place, inHeader: false)
            }
            if found == expected - 1, columns.last?.isEmpty == true {
                throw .trailingDelimiter(place, inHeader: true)
            }
            throw .raggedRow(place, found: found, expected: expected)
        }
        return true
    }

    /// The next row; nil at the end.
    public mutating func next() throws(TableError) -> TableRow? {
        var row = TableRow()
        return try read(into: &row) ? row : nil
    }

    private static func read(
        into row: inout TableRow, from cursor: inout ByteCursor, _ dialect: TableDialect
    ) throws(TableError) -> Bool {
        switch dialect.splitting {
        case .quoted: try cursor.readQuotedRow(into: &row, delimiter: dialect.delimiter)
        case .everyDelimiter, .lastDelimiter, .wholeLine: try cursor.readPlainRow(into: &row, dialect)
        }
    }
}
