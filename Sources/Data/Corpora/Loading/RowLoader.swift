import SafeFiles
import SettingKeys
import Tables

/// Reads the rows of all files of a dataset, and takes those steps of cleaning that look at one row.
final class RowLoader {
    let schema: DatasetSchema
    let cleaning: Cleaning
    /// Nil where a labeler makes them of the texts, and nobody made others.
    private(set) var labels: (any LabelCollector)?
    private(set) var table = TextTable()
    /// Where each row that was kept stands. Shape: [N].
    private var places: [DataPlace] = []
    /// The rows of the part that is being read, or of all files where there are no parts.
    private var rowsByID: [String: Int] = [:]
    /// Rows without an id where others have one.
    private var unnamedCount = 0
    /// Whether a text of the file at hand begins with a quote that stands for itself by default.
    private var beginsQuoted = false
    /// A file whose fields seem to be quoted all the same.
    private var quotedFile: String?
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
        var text = 0..<0
        var id: Int?
        var group: Int?
        var rater: Int?
        var slices = 0..<0
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
        if schema.labels?.raterColumn != nil { table.raters = [] }
        table.sliceValues = schema.sliceColumns.map { _ in [] }
        if let wanted = cleaning.randomRows {
            sampler = RowSampler(rows: try countRows(), wanted: wanted, seed: cleaning.seed)
        }
        var digest = Fingerprint.Running()
        let labelFiles = schema.labels?.pairedFiles?.entries
        var part: Part?
        var rows: [Int] = []
        for (number, entry) in schema.files.entries.enumerated() {
            // Numbers often begin anew in each part.
            if entry.part != part { rowsByID = [:] }
            part = entry.part
            let source = try fromTable(entry.file.source()).observed { digest.update($0) }
            var paired: PairedLabels?
            if let labelFiles {
                let labelSource = try fromTable(labelFiles[number].file.source()).observed {
                    digest.update($0)
                }
                paired = try PairedLabels(labelSource)
            }
            let before = table.texts.count
            try read(entry, from: source, paired: &paired)
            rows.append(table.texts.count - before)
        }
        try requireRows(rows)
        table.fingerprint = digest.hexadecimal()
        nameParts()
        record()
        tell()
    }

    /// How many rows all files have: a first reading that keeps nothing.
    private func countRows() throws(CorpusError) -> Int {
        var count = 0
        var cells: [Cell] = []
        for entry in schema.files.entries {
            var reader = try fromTable(schema.reader(of: entry.file, source: entry.file.source()))
            while try fromTable(reader.read([], into: &cells)) != nil { count += 1 }
        }
        return count
    }

    private func read(
        _ entry: DataFiles.Entry, from source: ByteSource, paired: inout PairedLabels?
    ) throws(CorpusError) {
        var reader = try fromTable(schema.reader(of: entry.file, source: source))
        let columns = try columns(in: reader, labelsElsewhere: paired != nil)

        beginsQuoted = false
        // Rows are numbered in each file of a union, whose stem tells them apart, and throughout otherwise.
        let firstNumber = entry.idPrefix.isEmpty ? 0 : rowCount
        let rowsBefore = rowCount
        var cells: [Cell] = []
        while let place = try fromTable(reader.read(columns, into: &cells)) {
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
                guard let missing = error.missingValue else { throw error }
                guard cleaning.missing == .dropped else {
                    // What every row lacks is no gap of this one.
                    throw reader.unseenColumn().map(CorpusError.table) ?? error
                }
                table.missingValues[keyPath: missing] += 1
            }
        }
        try paired?.requireEnd(after: rowCount - rowsBefore, rowsOf: source.name)
        try lookForQuotes(in: entry.file)
    }

    /// - Parameter rows: How many rows each file left. Shape: [files].
    /// - Throws: `CorpusError.noRows` where the files of a part, or all of them, leave none. One shard of several may.
    private func requireRows(_ rows: [Int]) throws(CorpusError) {
        let files = zip(schema.files.entries, rows).map { (part: $0.part, file: $0.file, rows: $1) }
        for (part, file, _) in files where !files.contains(where: { $0.part == part && $0.rows > 0 }) {
            throw .noRows(file: file.path, missing: table.missingValues)
        }
        for (_, file, rows) in files where rows == 0 { table.notices.append("\(file.path) gives no rows") }
    }

    /// Finds the columns to be read, and keeps where each will stand.
    private func columns(
        in reader: RecordReader, labelsElsewhere: Bool
    ) throws(CorpusError) -> [Int] {
        var columns = try fromTable(schema.text.indices(in: reader))
        layout = Layout()
        layout.text = 0..<columns.count
        if let id = schema.idColumn {
            layout.id = columns.count
            columns.append(try fromTable(reader.column(id)))
        }
        if let group = schema.groupColumn {
            layout.group = columns.count
            columns.append(try fromTable(reader.column(group)))
        }
        if let rater = schema.labels?.raterColumn?.column {
            layout.rater = columns.count
            columns.append(try fromTable(reader.column(rater)))
        }
        let slices = columns.count
        for column in schema.sliceColumns { columns.append(try fromTable(reader.column(column))) }
        layout.slices = slices..<columns.count
        let flags = columns.count
        for flag in cleaning.flagColumns { columns.append(try fromTable(reader.column(flag))) }
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
        let written = try fromTable(schema.text.text(of: cells[layout.text], at: place))
        if written.utf8.first == ASCII.quote { beginsQuoted = true }
        let text = repair.repair(written)
        if text.unicodeScalars.allSatisfy(isWhiteSpace) { throw .emptyText(place) }

        var id = String(number)
        if let cell = layout.id {
            if cells[cell] == .missing {
                // No cell at all, as of a key that some JSON objects lack.
                id = "row-\(number)"
            } else {
                id = try RowLoader.text(cells[cell], column: schema.idColumn ?? "", at: place)
                if id.isEmpty { throw .emptyID(place) }
            }
        }
        id = entry.idPrefix + id
        var group: String?
        if let cell = layout.group {
            group = try RowLoader.text(cells[cell], column: schema.groupColumn ?? "", at: place)
        }
        let rater = try rater(of: cells, group: group, at: place)
        let slices = try zip(cells[layout.slices], schema.sliceColumns).map {
            (cell, column) throws(CorpusError) in
            try RowLoader.text(cell, column: column, at: place)
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
        if let cell = layout.id, cells[cell] == .missing { unnamedCount += 1 }
        places.append(place)
        table.ids.append(id)
        table.texts.append(text)
        if let group { table.groups?.append(group) }
        if let rater { table.raters?.append(rater) }
        for (column, value) in slices.enumerated() { table.sliceValues[column].append(value) }
        if let part = entry.part { table.officialParts?.append(part) }
    }

    /// Who made the row, where rows are ratings; nil elsewhere.
    private func rater(
        of cells: [Cell], group: String?, at place: DataPlace
    ) throws(CorpusError) -> String? {
        guard let cell = layout.rater, let column = schema.labels?.raterColumn?.column else { return nil }
        let rater = trimmed(try RowLoader.text(cells[cell], column: column, at: place))
        if rater.isEmpty { throw .emptyRater(place, column: column) }
        if group.map({ trimmed($0).isEmpty }) ?? true {
            throw .emptyRater(place, column: schema.groupColumn ?? "")
        }
        return rater
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

    /// Looks whether a file's fields are quoted, where quotes stand for themselves and nobody said so, as in tsv. That is
    /// known when all of the file is, so that it is read again.
    private func lookForQuotes(in file: DataFile) throws(CorpusError) {
        guard beginsQuoted, quotedFile == nil, schema.hasDefaultQuoting, case .file = file,
            case .table(let dialect) = schema.format(of: file), dialect.splitting == .everyDelimiter
        else { return }
        let text = try fromTable(file.source().unpacked().decoded(from: schema.encoding))
        if try fromTable(QuoteEvidence(of: text, delimiter: dialect.delimiter)).mayBeQuoted {
            quotedFile = file.path
        }
    }

    /// Where ids of one part are those of another's rows too, all get the name of their part before them.
    private func nameParts() {
        guard schema.idColumn != nil, let parts = table.officialParts,
            Set(table.ids).count < table.ids.count
        else { return }
        table.ids = zip(parts, table.ids).map { "\($0.rawValue)/\($1)" }
        table.notices.append(
            "ids of column '\(shown(schema.idColumn ?? ""))' begin anew in each part, so that each is told with its part, "
                + "such as '\(shown(table.ids[0]))'")
    }

    /// Adds what a reader should know of how the rows were read.
    private func tell() {
        if unnamedCount > 0 {
            table.notices.append(
                "\(unnamedCount) rows have no '\(shown(schema.idColumn ?? ""))'; their id is 'row-' and their number"
            )
        }
        if let quotedFile {
            table.notices.append(
                "the fields of \(quotedFile) seem to be quoted, as pandas and spreadsheets write them; they are read with all "
                    + "their quotes, and a line ending inside a field ends the row. To read them without, set "
                    + "'quoting: rfc4180' (--quoting rfc4180); 'quoting: none' keeps them without this notice"
            )
        }
    }

    /// The text of a cell; empty where there is none.
    private static func text(_ cell: Cell, column: String, at place: DataPlace) throws(CorpusError) -> String
    {
        switch cell {
        case .text(let text): return text
        case .missing: return ""
        case .list: throw .table(.unexpectedList(place, column: column))
        }
    }
}

extension CorpusError {
    /// What a row merely lacks, so that it may be dropped if the user asks for that.
    fileprivate var missingValue: WritableKeyPath<MissingValues, Int>? {
        switch self {
        case .emptyText: \.texts
        case .emptyLabel: \.labels
        default: nil
        }
    }
}
