/// The rows of a Parquet file, which have numbers, from 1, and no lines.
struct ParquetRows: RowReader {
    let columns: ColumnNames
    private let name: String
    private let parquet: ParquetFile
    /// The columns that are being read, and how many rows have been.
    private var wanted: [Int] = []
    private var readers: [ParquetColumnReader] = []
    private var rowsRead = 0

    init(_ source: ByteSource) throws(TableError) {
        name = source.name
        parquet = try ParquetFile(source.unpacked().randomAccess())
        columns = ColumnNames(parquet.columns)
    }

    func classNames(ofColumn column: Int) -> [String]? { parquet.classNames(ofColumn: column) }

    func isReadable(_ column: Int) -> Bool { parquet.isReadable(column) }

    func isText(_ column: Int) -> Bool? { parquet.isText(column) }

    mutating func read(_ wanted: [Int], into cells: inout [Cell]) throws(TableError) -> DataPlace? {
        if wanted != self.wanted { try goOn(with: wanted) }
        guard rowsRead < parquet.rowCount else { return nil }
        for reader in readers.indices {
            guard let cell = try readers[reader].next() else {
                let column = columns.all[wanted[reader]]
                throw .parquet(ParquetError(file: name, column: column, .truncated("the column")))
            }
            cells.append(cell)
        }
        rowsRead += 1
        return DataPlace(file: name, line: rowsRead)
    }

    mutating func read(
        _ count: Int, _ wanted: [Int], into columns: inout [TextColumn]
    ) throws(TableError) -> Int {
        if wanted != self.wanted { try goOn(with: wanted) }
        let rows = max(0, min(count, parquet.rowCount - rowsRead))
        for column in wanted.indices { try readers[column].read(rows, into: &columns[column]) }
        rowsRead += rows
        return rows
    }

    /// Goes on with other columns than before, from the same row.
    private mutating func goOn(with wanted: [Int]) throws(TableError) {
        self.wanted = wanted
        readers = wanted.map { parquet.reader(ofColumn: $0) }
        for reader in readers.indices {
            for _ in 0..<rowsRead { _ = try readers[reader].next() }
        }
    }
}
