/// Reads the asked-for columns of a table, of JSON or of Parquet, alike.
///
/// What was packed (see `ByteSource.unpacked`) is unpacked on the way.
public struct RecordReader {
    package let name: String
    /// The names of the columns: of the header, 0, 1, ..., the keys of the first JSON object, or Parquet's.
    public let columns: [String]
    /// Where each name stands first.
    private let places: [String: Int]
    /// Names that several columns have.
    private let repeatedNames: Set<String>
    // One of these three; held apart, so that the one is changed in place.
    private var table: TableReader?
    private var json: JSONLinesReader?
    private var parquet: ParquetFile?

    private var row = TableRow()
    /// The columns of JSON that were asked for though the first object lacks them.
    private let late = LateColumns()
    /// The columns of JSON that are being read, and where each is among the keys that are looked for.
    private var jsonColumns: [Int]?
    private var jsonKeys = JSONKeys([])
    private var jsonPlaces: [Int] = []
    /// Whether values of JSON that are no cells count as missing: for who looks at all columns.
    package var passesOverOddValues = false
    /// The columns of Parquet that are being read, and how many rows have been.
    private var parquetColumns: [Int] = []
    private var parquetReaders: [ParquetColumnReader] = []
    private var rowsRead = 0

    public init(
        _ source: ByteSource, _ format: DataFormat, encoding: TextEncoding = .utf8
    ) throws(TableError) {
        name = source.name
        switch format {
        case .table(let dialect):
            // Lines of text may begin with anything.
            let unpacked = try source.unpacked().decoded(from: encoding)
            let reader = try TableReader(
                dialect.splitting == .wholeLine ? unpacked : unpacked.requiringText(), dialect: dialect)
            columns = reader.columns
            table = reader
        case .jsonLines:
            var reader = try JSONLinesReader(
                source.unpacked().decoded(from: encoding).requiringText())
            guard let keys = try reader.nextKeys() else { throw .emptyFile(file: source.name) }
            columns = keys
            json = reader
        case .parquet:
            let file = try ParquetFile(source.unpacked().randomAccess())
            columns = file.columns
            parquet = file
        }
        var repeated = Set<String>()
        places = Dictionary(columns.enumerated().map { ($1, $0) }) { first, _ in first }
        if places.count < columns.count {
            for (place, column) in columns.enumerated() where places[column] != place {
                repeated.insert(column)
            }
        }
        repeatedNames = repeated
    }

    /// The index of the column with a name; without such a name, of the column with that number, from 0, where columns
    /// have an order.
    ///
    /// A key that the first JSON object lacks may come later; where it never does, reading throws.
    /// - Throws: `TableError.missingColumn`, or `.duplicateHeader` for a name that several columns have.
    public func column(_ name: String) throws(TableError) -> Int {
        if let index = places[name] {
            if repeatedNames.contains(name) {
                throw .duplicateHeader(
                    DataPlace(file: self.name, line: table?.headerLine ?? 1), name: name,
                    numbers: columns.indices.filter { columns[$0] == name })
            }
            return index
        }
        if json != nil, !columns.contains(where: { $0.hasPrefix("\(name).") }) {
            return columns.count + late.index(of: name)
        }
        if let number = Int(name), columns.indices.contains(number) { return number }
        throw .missingColumn(file: self.name, column: name, found: columns)
    }

    /// The names of the classes whose numbers a column holds, where the file itself tells them.
    package func classNames(ofColumn column: Int) -> [String]? { parquet?.classNames(ofColumn: column) }

    /// Whether the values of a column are of a type that is read here.
    package func isReadable(_ column: Int) -> Bool { parquet?.isReadable(column) ?? true }

    /// The place and the cells, in the order of `wanted`, of the next row; nil at the end.
    public mutating func next(_ wanted: [Int]) throws(TableError) -> (place: DataPlace, cells: [Cell])? {
        var cells: [Cell] = []
        return try read(wanted, into: &cells).map { ($0, cells) }
    }

    /// Reads the cells of the next row over `cells`, in the order of `wanted`; its place, or nil at the end.
    public mutating func read(_ wanted: [Int], into cells: inout [Cell]) throws(TableError) -> DataPlace? {
        cells.removeAll(keepingCapacity: true)
        if parquet != nil { return try readParquet(wanted, into: &cells) }
        if json != nil { return try readObject(wanted, into: &cells) }
        guard try table?.read(into: &row) == true else { return nil }
        for column in wanted { cells.append(.text(row[column])) }
        return DataPlace(file: name, line: row.line)
    }

    /// The JSON object that was read last, on one line; empty in files of another form.
    public var objectText: [UInt8] {
        // Line ends stand between values alone: within a text they are escaped.
        (json?.bytes ?? []).map { ASCII.isLineEnd($0) ? ASCII.space : $0 }
    }

    /// Whether the JSON object that was read last has a key.
    public func objectHolds(_ key: String) -> Bool {
        guard let json else { return false }
        var line = JSONLine(json.bytes)
        return (try? line.keys())?.contains(key) ?? false
    }

    /// Appends the texts of the next rows to `columns`, in the order of `wanted`; how many rows, which are fewer than
    /// `count` at the end alone.
    /// - Throws: `TableError.unexpectedList` besides where a cell is a list.
    public mutating func read(
        _ count: Int, _ wanted: [Int], into columns: inout [TextColumn]
    ) throws(TableError) -> Int {
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
                case .list: throw .unexpectedList(place, column: name(ofColumn: wanted[column]))
                }
            }
            rows += 1
        }
        return rows
    }

    // MARK: JSON

    /// What a column can be asked for by: its name, or its number where others have that name or it has none.
    package func name(ofColumn column: Int) -> String {
        if column >= columns.count { return late.names[column - columns.count] }
        let name = columns[column]
        return name.isEmpty || repeatedNames.contains(name) ? String(column) : name
    }

    package func hasColumn(_ name: String) -> Bool { places[name] != nil }

    private mutating func readObject(
        _ wanted: [Int], into cells: inout [Cell]
    ) throws(TableError) -> DataPlace? {
        if wanted != jsonColumns { lookFor(wanted) }
        guard let (place, found) = try json?.next(jsonKeys) else {
            if let column = late.unseen { throw .missingColumn(file: name, column: column, found: columns) }
            return nil
        }
        for (column, place) in zip(wanted, jsonPlaces) {
            if column >= columns.count, found[place] != nil { late.see(column - columns.count) }
            cells.append(found[place] ?? .missing)
        }
        return place
    }

    private mutating func lookFor(_ wanted: [Int]) {
        jsonColumns = wanted
        var names: [String] = []
        var placesOfColumns: [Int: Int] = [:]
        jsonPlaces = wanted.map { column in
            if let place = placesOfColumns[column] { return place }
            placesOfColumns[column] = names.count
            names.append(name(ofColumn: column))
            return names.count - 1
        }
        jsonKeys = JSONKeys(names)
        jsonKeys.passesOverOddValues = passesOverOddValues
    }

    /// What to say of the file where no row of it has a key that was asked for; nil where every key has been seen.
    ///
    /// What is left of the file may be read to find that out.
    public mutating func unseenColumn() -> TableError? {
        guard late.unseen != nil, let wanted = jsonColumns else { return nil }
        var cells: [Cell] = []
        do throws(TableError) {
            while late.unseen != nil, try read(wanted, into: &cells) != nil {}
        } catch {
            if case .missingColumn = error { return error }
        }
        return nil
    }

    // MARK: Parquet

    /// Rows of Parquet have numbers, from 1, and no lines.
    private mutating func readParquet(
        _ wanted: [Int], into cells: inout [Cell]
    ) throws(TableError) -> DataPlace? {
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
    private mutating func readColumns(_ wanted: [Int]) throws(TableError) {
        guard let parquet else { return }
        parquetColumns = wanted
        parquetReaders = wanted.map { parquet.reader(ofColumn: $0) }
        for reader in parquetReaders.indices {
            for _ in 0..<rowsRead { _ = try parquetReaders[reader].next() }
        }
    }
}

/// Columns that were asked for before a row had them; a class, because to ask for a column changes no reader.
private final class LateColumns {
    private(set) var names: [String] = []
    private var indices: [String: Int] = [:]
    private var isSeen: [Bool] = []
    /// How many have been seen.
    private var seenCount = 0

    /// The index of a name, which is new or known.
    func index(of name: String) -> Int {
        if let index = indices[name] { return index }
        indices[name] = names.count
        names.append(name)
        isSeen.append(false)
        return names.count - 1
    }

    func see(_ index: Int) {
        if !isSeen[index] { seenCount += 1 }
        isSeen[index] = true
    }

    /// A column that no row had so far.
    var unseen: String? {
        seenCount == names.count ? nil : isSeen.firstIndex(of: false).map { names[$0] }
    }
}
