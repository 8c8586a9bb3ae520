/// The rows of a file of one form, as cells of its columns: how each form is read (see `RecordReader`).
protocol RowReader {
    var columns: ColumnNames { get }
    /// The line that names the columns.
    var headerLine: Int { get }
    /// The object that was read last, as it is spelled; empty where rows are no objects.
    var object: [UInt8] { get }

    /// The index of a column that no row has had so far but a later one may; nil where all columns are known.
    func columnToCome(_ name: String) -> Int?
    /// What a column can be asked for by.
    func name(ofColumn column: Int) -> String
    /// The names of the classes whose numbers a column holds, where the file itself tells them.
    func classNames(ofColumn column: Int) -> [String]?
    /// Whether the values of a column are of a type that is read here.
    func isReadable(_ column: Int) -> Bool

    /// Whether a column holds texts; nil where the file does not tell types.
    func isText(_ column: Int) -> Bool?

    /// Whether the next row would have to be waited for, since whoever sends the rows pauses.
    var wouldWait: Bool { get }

    /// Appends the cells of the next row, in the order of `wanted`; its place, or nil at the end.
    mutating func read(_ wanted: [Int], into cells: inout [Cell]) throws(TableError) -> DataPlace?
    /// Appends the texts of the next rows; how many rows, which are fewer than `count` at the end alone.
    mutating func read(
        _ count: Int, _ wanted: [Int], into columns: inout [TextColumn]
    ) throws(TableError) -> Int
    /// What to say of the file where no row of it has a key that was asked for.
    mutating func unseenColumn() -> TableError?
}

extension RowReader {
    var headerLine: Int { 1 }
    var object: [UInt8] { [] }
    func columnToCome(_ name: String) -> Int? { nil }
    func name(ofColumn column: Int) -> String { columns.name(of: column) }
    func classNames(ofColumn column: Int) -> [String]? { nil }
    func isReadable(_ column: Int) -> Bool { true }
    func isText(_ column: Int) -> Bool? { nil }
    var wouldWait: Bool { false }
    mutating func unseenColumn() -> TableError? { nil }

    mutating func read(
        _ count: Int, _ wanted: [Int], into columns: inout [TextColumn]
    ) throws(TableError) -> Int {
        var rows = 0
        var cells: [Cell] = []
        while rows < count, let place = try read(wanted, into: &cells) {
            for column in wanted.indices {
                switch cells[column] {
                case .text(let text): columns[column].append(text)
                case .missing: columns[column].appendMissing()
                case .list: throw .unexpectedList(place, column: name(ofColumn: wanted[column]))
                }
            }
            cells.removeAll(keepingCapacity: true)
            rows += 1
        }
        return rows
    }
}
