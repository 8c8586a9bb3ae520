/// Reads the asked-for columns of a table, of JSON or of Parquet, alike.
///
/// What was packed (see `ByteSource.unpacked`) is unpacked on the way.
public struct RecordReader {
    package let name: String
    private var rows: any RowReader

    /// - Parameter passesOverOddValues: Whether values of JSON that are no cells count as missing: for who looks at all
    ///   columns.
    public init(
        _ source: ByteSource, _ format: DataFormat, encoding: TextEncoding = .utf8,
        passesOverOddValues: Bool = false
    ) throws(TableError) {
        name = source.name
        rows =
            switch format {
            case .table(let dialect): try DelimitedRows(source, dialect, encoding: encoding)
            case .jsonLines:
                try ObjectRows(source, encoding: encoding, passesOverOddValues: passesOverOddValues)
            case .parquet: try ParquetRows(source)
            }
    }

    // MARK: Columns

    /// The names of the columns: of the header, 0, 1, ..., the keys of the first JSON object, or Parquet's.
    public var columns: [String] { rows.columns.all }

    package func hasColumn(_ name: String) -> Bool { rows.columns.place(of: name) != nil }

    /// The index of the column with a name; without such a name, of the column with that number, from 0, where columns
    /// have an order.
    ///
    /// A key that the first JSON object lacks may come later; where it never does, reading throws.
    /// - Throws: `TableError.missingColumn`, or `.duplicateHeader` for a name that several columns have.
    public func column(_ name: String) throws(TableError) -> Int {
        if let index = rows.columns.place(of: name) {
            if rows.columns.isRepeated(name) {
                throw .duplicateHeader(
                    DataPlace(file: self.name, line: rows.headerLine), name: name,
                    numbers: columns.indices.filter { columns[$0] == name })
            }
            return index
        }
        if let index = rows.columnToCome(name) { return index }
        if let number = Int(name), columns.indices.contains(number) { return number }
        throw .missingColumn(file: self.name, column: name, found: columns)
    }

    /// What a column can be asked for by: its name, or its number where others have that name or it has none.
    package func name(ofColumn column: Int) -> String { rows.name(ofColumn: column) }

    /// The names of the classes whose numbers a column holds, where the file itself tells them.
    package func classNames(ofColumn column: Int) -> [String]? { rows.classNames(ofColumn: column) }

    /// Whether the values of a column are of a type that is read here.
    package func isReadable(_ column: Int) -> Bool { rows.isReadable(column) }

    /// Whether a column holds texts; nil where the file does not tell types.
    package func isText(_ column: Int) -> Bool? { rows.isText(column) }

    // MARK: Rows

    /// Whether the next row would have to be waited for: the rows come from a pipe or a terminal, all that has come was
    /// read, and whoever sends them pauses.
    public var wouldWait: Bool { rows.wouldWait }

    /// The place and the cells, in the order of `wanted`, of the next row; nil at the end.
    public mutating func next(_ wanted: [Int]) throws(TableError) -> (place: DataPlace, cells: [Cell])? {
        var cells: [Cell] = []
        return try rows.read(wanted, into: &cells).map { ($0, cells) }
    }

    /// Reads the cells of the next row over `cells`, in the order of `wanted`; its place, or nil at the end.
    public mutating func read(_ wanted: [Int], into cells: inout [Cell]) throws(TableError) -> DataPlace? {
        cells.removeAll(keepingCapacity: true)
        return try rows.read(wanted, into: &cells)
    }

    /// Appends the texts of the next rows to `columns`, in the order of `wanted`; how many rows, which are fewer than
    /// `count` at the end alone.
    /// - Throws: `TableError.unexpectedList` besides where a cell is a list.
    public mutating func read(
        _ count: Int, _ wanted: [Int], into columns: inout [TextColumn]
    ) throws(TableError) -> Int {
        precondition(wanted.count == columns.count)
        return try rows.read(count, wanted, into: &columns)
    }

    /// The JSON object that was read last, on one line; empty in files of another form.
    public var objectText: [UInt8] {
        // Line ends stand between values alone: within a text they are escaped.
        rows.object.map { ASCII.isLineEnd($0) ? ASCII.space : $0 }
    }

    /// Whether the JSON object that was read last has a key.
    public func objectHolds(_ key: String) -> Bool {
        let object = rows.object
        if object.isEmpty { return false }
        var line = JSONLine(object)
        return (try? line.keys())?.contains(key) ?? false
    }

    /// What to say of the file where no row of it has a key that was asked for; nil where every key has been seen.
    ///
    /// What is left of the file may be read to find that out.
    public mutating func unseenColumn() -> TableError? { rows.unseenColumn() }
}
