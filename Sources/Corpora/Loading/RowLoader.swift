import Files

/// Reads the rows of all files of a dataset.
struct RowLoader {
    let schema: DatasetSchema
    let missing: MissingRows
    /// Nil where only texts are wanted.
    private(set) var labels: (any LabelCollector)?
    private(set) var table = TextTable()
    /// Where each row that was kept stands. Shape: [N].
    private var places: [DataPlace] = []
    private var rowsByID: [String: Int] = [:]
    /// How many rows there were, dropped ones included.
    private var rowCount = 0

    init(_ schema: DatasetSchema, missing: MissingRows, labels: (any LabelCollector)?) {
        self.schema = schema
        self.missing = missing
        self.labels = labels
    }

    /// The first file with a row, for messages about the dataset as a whole.
    var firstFile: String { places.first?.file ?? "" }

    mutating func read() throws(CorpusError) {
        if case .parts = schema.files { table.officialParts = [] }
        var digest = Fingerprint.Running()
        for entry in schema.files.entries {
            let source = try entry.file.source().observed { digest.update($0) }
            try read(entry, from: source)
        }
        table.fingerprint = digest.hexadecimal()
    }

    private mutating func read(_ entry: DataFiles.Entry, from source: ByteSource) throws(CorpusError) {
        var reader = try RecordReader(source, schema.format)
        var columns = [try reader.column(schema.textColumn)]
        if let id = schema.idColumn { columns.append(try reader.column(id)) }
        columns += try labels?.columns(in: reader) ?? []

        let keptBefore = table.texts.count
        // Rows are numbered in each file of a union, whose stem tells them apart, and throughout otherwise.
        let firstNumber = entry.idPrefix.isEmpty ? 0 : rowCount
        var cells: [Cell] = []
        while let place = try reader.read(columns, into: &cells) {
            let number = rowCount - firstNumber
            rowCount += 1
            do throws(CorpusError) {
                try add(cells, at: place, number: number, of: entry)
            } catch {
                guard missing == .dropped, error.isMissingValue else { throw error }
                table.droppedRowCount += 1
            }
        }
        if table.texts.count == keptBefore { throw .noRows(file: source.name) }
    }

    /// Takes a row, or nothing of it where something is wrong with it.
    private mutating func add(
        _ cells: [Cell], at place: DataPlace, number: Int, of entry: DataFiles.Entry
    ) throws(CorpusError) {
        let text = try RowLoader.text(cells[0], column: schema.textColumn, at: place)
        if text.unicodeScalars.allSatisfy(isWhiteSpace) { throw .emptyText(place) }

        var id = String(number)
        if let column = schema.idColumn {
            id = try RowLoader.text(cells[1], column: column, at: place)
            if id.isEmpty { throw .emptyID(place) }
        }
        id = entry.idPrefix + id
        if let first = rowsByID[id] { throw .duplicateID(id, first: places[first], second: place) }

        let labelCells = cells[(schema.idColumn == nil ? 1 : 2)...]
        try labels?.add(labelCells, at: place)
        rowsByID[id] = places.count
        places.append(place)
        table.ids.append(id)
        table.texts.append(text)
        if let part = entry.part { table.officialParts?.append(part) }
    }

    /// The text of a cell; empty where there is none.
    private static func text(_ cell: Cell, column: String, at place: DataPlace) throws(CorpusError) -> String
    {
        switch cell {
        case .text(let text): return text
        case .missing: return ""
        case .list: throw .unexpectedList(place, column: column)
        }
    }
}

extension CorpusError {
    /// Whether a row is merely incomplete, so that it may be dropped if the user asks for that.
    fileprivate var isMissingValue: Bool {
        switch self {
        case .emptyText, .emptyLabel: true
        default: false
        }
    }
}
