import Files

/// Reads the rows of all files of a dataset, and takes those steps of cleaning that look at one row.
final class RowLoader {
    let schema: DatasetSchema
    let cleaning: Cleaning
    /// Nil where only texts are wanted.
    private(set) var labels: (any LabelCollector)?
    private(set) var table = TextTable()
    /// Where each row that was kept stands. Shape: [N].
    private var places: [DataPlace] = []
    private var rowsByID: [String: Int] = [:]
    /// How many rows there were, dropped ones included.
    private var rowCount = 0
    private var flaggedCount = 0
    /// Rows that were not drawn.
    private var passedCount = 0
    private var sampler: RowSampler?
    private var repair: TextRepair
    /// Where each cell of a row that is read stands.
    private var layout = Layout()

    private struct Layout {
        var id: Int?
        var group: Int?
        var flags = 0..<0
        var labels = 0..<0
    }

    init(_ schema: DatasetSchema, cleaning: Cleaning, labels: (any LabelCollector)?) {
        self.schema = schema
        self.cleaning = cleaning
        self.labels = labels
        repair = TextRepair(cleaning)
    }

    /// The first file with a row, for messages about the dataset as a whole.
    var firstFile: String { places.first?.file ?? "" }

    func read() throws(CorpusError) {
        if case .parts = schema.files { table.officialParts = [] }
        if schema.groupColumn != nil { table.groups = [] }
        if let wanted = cleaning.randomRows {
            sampler = RowSampler(rows: try countRows(), wanted: wanted, seed: cleaning.seed)
        }
        var digest = Fingerprint.Running()
        let labelFiles = schema.labels?.pairedFiles?.entries
        for (number, entry) in schema.files.entries.enumerated() {
            let source = try entry.file.source().observed { digest.update($0) }
            var paired: PairedLabels?
            if let labelFiles {
                let labelSource = try labelFiles[number].file.source().observed { digest.update($0) }
                paired = try PairedLabels(labelSource)
            }
            try read(entry, from: source, paired: &paired)
        }
        table.fingerprint = digest.hexadecimal()
        record()
    }

    /// How many rows all files have: a first reading that keeps nothing.
    private func countRows() throws(CorpusError) -> Int {
        var count = 0
        var cells: [Cell] = []
        for entry in schema.files.entries {
            var reader = try RecordReader(entry.file.source(), schema.format)
            while try reader.read([], into: &cells) != nil { count += 1 }
        }
        return count
    }

    private func read(
        _ entry: DataFiles.Entry, from source: ByteSource, paired: inout PairedLabels?
    ) throws(CorpusError) {
        var reader = try RecordReader(source, schema.format)
        let columns = try columns(in: reader, labelsElsewhere: paired != nil)

        let keptBefore = table.texts.count
        // Rows are numbered in each file of a union, whose stem tells them apart, and throughout otherwise.
        let firstNumber = entry.idPrefix.isEmpty ? 0 : rowCount
        let rowsBefore = rowCount
        var cells: [Cell] = []
        while let place = try reader.read(columns, into: &cells) {
            let number = rowCount - firstNumber
            rowCount += 1
            if let label = try paired?.next() { cells.append(label) }
            if sampler?.takesNext() == false {
                passedCount += 1
                continue
            }
            do throws(CorpusError) {
                try add(cells, at: place, number: number, of: entry)
            } catch {
                guard cleaning.missing == .dropped, error.isMissingValue else { throw error }
                table.droppedRowCount += 1
            }
        }
        try paired?.requireEnd(after: rowCount - rowsBefore, rowsOf: source.name)
        if table.texts.count == keptBefore { throw .noRows(file: source.name) }
    }

    /// Finds the columns to be read, and keeps where each will stand.
    private func columns(
        in reader: RecordReader, labelsElsewhere: Bool
    ) throws(CorpusError) -> [Int] {
        var columns = [try reader.column(schema.textColumn)]
        layout = Layout()
        if let id = schema.idColumn {
            layout.id = columns.count
            columns.append(try reader.column(id))
        }
        if let group = schema.groupColumn {
            layout.group = columns.count
            columns.append(try reader.column(group))
        }
        let flags = columns.count
        for flag in cleaning.flagColumns { columns.append(try reader.column(flag)) }
        layout.flags = flags..<columns.count
        if labelsElsewhere {
            layout.labels = columns.count..<columns.count + 1
        } else {
            let labelColumns = try labels?.columns(in: reader) ?? []
            layout.labels = columns.count..<columns.count + labelColumns.count
            columns += labelColumns
        }
        return columns
    }

    /// Takes a row, or nothing of it where something is wrong with it.
    private func add(
        _ cells: [Cell], at place: DataPlace, number: Int, of entry: DataFiles.Entry
    ) throws(CorpusError) {
        if try isFlagged(cells, at: place) {
            flaggedCount += 1
            return
        }
        let original = try RowLoader.text(cells[0], column: schema.textColumn, at: place)
        let text = repair.repair(original)
        if text.unicodeScalars.allSatisfy(isWhiteSpace) { throw .emptyText(place) }

        var id = String(number)
        if let cell = layout.id {
            id = try RowLoader.text(cells[cell], column: schema.idColumn ?? "", at: place)
            if id.isEmpty { throw .emptyID(place) }
        }
        id = entry.idPrefix + id
        var group: String?
        if let cell = layout.group {
            group = try RowLoader.text(cells[cell], column: schema.groupColumn ?? "", at: place)
        }
        // Numbers that were counted here cannot repeat.
        if layout.id != nil || !entry.idPrefix.isEmpty {
            if let first = rowsByID[id] { throw .duplicateID(id, first: places[first], second: place) }
            rowsByID[id] = places.count
        }
        do throws(CorpusError) {
            try labels?.add(cells[layout.labels], at: place)
        } catch {
            rowsByID[id] = nil
            throw error
        }
        places.append(place)
        table.ids.append(id)
        table.texts.append(text)
        if let group { table.groups?.append(group) }
        if let part = entry.part { table.officialParts?.append(part) }
    }

    /// Whether a column of `drop-flagged` says true. A gap says false.
    private func isFlagged(_ cells: [Cell], at place: DataPlace) throws(CorpusError) -> Bool {
        for (cell, column) in zip(cells[layout.flags], cleaning.flagColumns) {
            let text = trimmed(try RowLoader.text(cell, column: column, at: place))
            if text.isEmpty { continue }
            guard let value = IndicatorLabels.truth(text) else {
                throw .badIndicator(place, column: column, value: text)
            }
            if value { return true }
        }
        return false
    }

    /// Writes down what was done, also where there was nothing to do.
    private func record() {
        if let wanted = cleaning.randomRows {
            table.cleaning.drop(
                passedCount,
                "beyond a random sample of \(wanted) rows, drawn while reading (clean.random-rows)")
        }
        repair.record(in: &table.cleaning)
        labels?.record(in: &table.cleaning)
        if !cleaning.flagColumns.isEmpty {
            let names = cleaning.flagColumns.joined(separator: " or ")
            table.cleaning.drop(flaggedCount, "\(names) is true (clean.drop-flagged)")
        }
        if cleaning.missing == .dropped {
            table.cleaning.drop(table.droppedRowCount, "no text or no label (clean.drop-missing)")
        }
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
