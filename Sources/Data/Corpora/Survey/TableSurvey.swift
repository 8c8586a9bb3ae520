import Foundation
import Labels
import SettingKeys
import Tables

/// What a data file holds: how it is written, and what each of its columns seems to be.
///
/// What the options do not say is judged by the file, and each judgement is told.
public struct TableSurvey: Sendable {
    /// How the file is read, the judgements included.
    public private(set) var options: DatasetOptions
    /// What was judged, a sentence each.
    public private(set) var decisions: [String] = []
    public private(set) var columns: [ColumnSurvey] = []
    public private(set) var rowCount = 0
    private let path: String
    private let folder: URL

    /// - Parameters:
    ///   - path: A file, from `folder`.
    ///   - given: What is known.
    /// - Throws: `CorpusError`, `SettingsError`, and `Undecided` where two readings are as likely.
    public init(_ path: String, folder: URL, options given: DatasetOptions = DatasetOptions()) throws {
        self.path = path
        self.folder = folder
        options = given
        let guess = try FormGuess(DataFile(path: path, folder: folder))
        try decideForm(guess)
        try decideEncoding(guess)
        do {
            try readColumns()
        } catch TableError.invalidUTF8 where given.encoding == nil && options.encoding == nil {
            // The first such byte stands beyond what the guess looked at.
            try decideEncoding(FormGuess(format: guess.format, encoding: .windows1252))
            try readColumns()
        }
    }

    private func undecided(_ question: String, _ readings: [String]) -> Undecided {
        Undecided(file: path, question: question, readings: readings)
    }

    // MARK: Form

    private mutating func decideForm(_ guess: FormGuess) throws {
        guard options.format == nil, options.delimiter == nil else { return }
        let named = DataFormat(endingOf: path)
        guard let format = guess.format ?? named else {
            throw undecided(
                "its form cannot be told: no delimiter gives every row as many fields; say how it is written:",
                [
                    "--input-format csv, tsv, jsonl or parquet", "--delimiter CHARACTER",
                    "--quoting none or rfc4180",
                ])
        }
        guard case .table(let dialect) = format else {
            if named != format {
                options.format = format == .parquet ? "parquet" : "jsonl"
                decisions.append(
                    "Its bytes are those of \(format == .parquet ? "Parquet" : "JSON"), whatever its name says."
                )
            }
            return
        }
        if !guess.otherDelimiters.isEmpty {
            let all = [dialect.delimiter] + guess.otherDelimiters
            throw undecided(
                "several delimiters give every row as many fields; say which it is:",
                all.map { "--delimiter '\(TableSurvey.spelled($0))'" })
        }
        decideDialect(dialect, named: named)
    }

    private mutating func decideDialect(_ dialect: TableDialect, named: DataFormat?) {
        let isTab = dialect.delimiter == UInt8(ascii: "\t")
        let usual: TableDialect = isTab ? .tsv : .csv
        let isNamed = named == .table(usual)
        if !isNamed {
            if isTab { options.format = "tsv" } else if named != .table(.csv) { options.format = "csv" }
        }
        if !isTab, dialect.delimiter != usual.delimiter {
            options.delimiter = String(UnicodeScalar(dialect.delimiter))
        }
        if !isNamed || dialect.delimiter != usual.delimiter {
            decisions.append(
                "Fields are separated by \(TableSurvey.named(dialect.delimiter)): so every row has as many.")
        }
        if options.quoting == nil, dialect.splitting != usual.splitting {
            options.quoting = dialect.splitting == .quoted ? "rfc4180" : "none"
            decisions.append(
                dialect.splitting == .quoted
                    ? "Fields stand in quotes where they hold quotes, tabs or line endings, as pandas writes them."
                    : "Quotes stand for themselves: read as quoting, rows would not have as many fields.")
        }
    }

    private static func spelled(_ delimiter: UInt8) -> String {
        delimiter == UInt8(ascii: "\t") ? "\\t" : String(UnicodeScalar(delimiter))
    }

    private static func named(_ delimiter: UInt8) -> String {
        switch delimiter {
        case UInt8(ascii: "\t"): "tabs"
        case UInt8(ascii: ";"): "semicolons"
        case UInt8(ascii: ","): "commas"
        default: "'\(spelled(delimiter))'"
        }
    }

    private mutating func decideEncoding(_ guess: FormGuess) throws {
        guard options.encoding == nil, guess.encoding != .utf8 else { return }
        if guess.encoding == .utf16 {
            options.encoding = "utf-16"
            decisions.append("Its characters are UTF-16.")
            return
        }
        guard try isWestern() else {
            throw undecided(
                "its bytes are not UTF-8, and most of its letters are not ASCII, so that it may be in any of many encodings; "
                    + "say which, or convert it:",
                [
                    "--encoding windows-1252 or latin-1: languages of western Europe",
                    "iconv -f CP1251 -t UTF-8 OLD > NEW: Cyrillic; CP1253: Greek; SHIFT_JIS, GB18030, BIG5, EUC-KR: of East Asia",
                ])
        }
        options.encoding = guess.encoding.rawValue
        decisions.append(
            "Its bytes are not UTF-8; they are read as \(guess.encoding.rawValue), the encoding of western Europe. If its "
                + "language is written otherwise, convert it by iconv, since accented letters would be wrong."
        )
    }

    private func isWestern() throws(CorpusError) -> Bool {
        let source = try fromTable(DataFile(path: path, folder: folder).source().unpacked())
        return FormGuess.isMostlyASCII(try fromTable(FormGuess.start(of: source)))
    }

    // MARK: Columns

    private mutating func readColumns() throws {
        (columns, rowCount) = ([], 0)
        var headless = options
        let schema = try options.texts(in: path, folder: folder)
        let isTable = if case .table = schema.format { true } else { false }
        // Whether a table has a header is judged by its first row, so that it is read as a row.
        if isTable {
            headless = headless.form
            headless.hasHeader = false
        }
        let reading = try headless.texts(in: path, folder: folder)
        let file = DataFile(path: path, folder: folder)
        var reader = try RecordReader(
            file.source(), reading.format, encoding: reading.encoding, passesOverOddValues: true)
        var names = reader.columns
        if !isTable {
            names = try allKeys(reading, first: names.indices.filter(reader.isReadable).map { names[$0] })
        }
        let wanted = try isTable ? Array(names.indices) : names.map { try reader.column($0) }
        var cells: [Cell] = []
        var first: [Cell]?
        columns = names.map(ColumnSurvey.init)
        while try reader.read(wanted, into: &cells) != nil {
            if isTable, first == nil {
                first = cells
                continue
            }
            rowCount += 1
            for column in columns.indices { columns[column].add(cells[column]) }
        }
        if let first { try decideHeader(first) }
        if rowCount == 0 { throw CorpusError.noRows(file: file.path) }
        if reading.format == .jsonLines, rowCount == 1 {
            throw undecided(
                "the file is a single JSON object, and rows are objects of their own; write it with one a row, in pandas by "
                    + "to_json(FILE, orient='records', lines=True)", [])
        }
    }

    /// The keys of the first JSON objects: some may lack some.
    private func allKeys(_ schema: DatasetSchema, first: [String]) throws -> [String] {
        guard schema.format == .jsonLines else { return first }
        var reader = try JSONLinesReader(
            DataFile(path: path, folder: folder).source().unpacked().decoded(from: schema.encoding))
        var keys: [String] = []
        var seen = Set<String>()
        for _ in 0..<TableSurvey.keyRows {
            guard let found = try reader.nextKeys() else { break }
            for key in found where seen.insert(key).inserted { keys.append(key) }
            _ = try reader.next(JSONKeys([]))
        }
        // An object that is empty in one row has its own keys in another.
        return keys.filter { key in !keys.contains { $0.hasPrefix("\(key).") } }
    }

    /// How many objects are looked at for keys.
    private static let keyRows = 1000

    /// Takes the first row for the names of the columns unless it looks like the others.
    private mutating func decideHeader(_ first: [Cell]) throws {
        let cells = first.map { if case .text(let text) = $0 { trimmed(text) } else { "" } }
        if let mark = cells.first, mark.lowercased().hasPrefix("sep=") {
            // Excel's line, which says what separates the fields; split by that, it has lost it.
            let delimiter = options.delimiter ?? (options.format == "tsv" ? "\t" : ",")
            throw TableError.missingColumn(
                file: path, column: "text", found: [mark.count > 4 ? mark : mark + delimiter])
        }
        if options.hasHeader, let reason = whyNoHeader(cells) {
            options.hasHeader = false
            decisions.append("There is no header: \(reason). Columns have numbers, from 0.")
        }
        guard options.hasHeader else {
            rowCount += 1
            for column in columns.indices { columns[column].add(first[column]) }
            return
        }
        let names = first.map { if case .text(let text) = $0 { text } else { "" } }
        let counts = Dictionary(names.map { ($0, 1) }, uniquingKeysWith: +)
        for (index, name) in names.enumerated() {
            let isOwn = !name.isEmpty && counts[name] == 1
            columns[index] = columns[index].named(isOwn ? name : String(index))
        }
    }

    private func whyNoHeader(_ cells: [String]) -> String? {
        let asked =
            options.text + options.labelColumns
            + [options.label, options.id, options.group].compactMap(\.self)
        if asked.contains(where: { Int($0) == nil && cells.contains($0) }) { return nil }
        let filled = cells.indices.filter { !cells[$0].isEmpty }
        // A column of ham and spam may be called spam. Where another column's first cell is none of its values, the
        // first row holds names.
        let categories = filled.filter { columns[$0].isCategory }
        let isRow = categories.allSatisfy { columns[$0].counts?[cells[$0]] != nil }
        for index in filled {
            let cell = cells[index]
            if decimalNumber(cell) != nil, columns[index].isNumeric {
                return "the first row has a number where other rows have numbers"
            }
            if isRow, columns[index].isCategory {
                return "the first row has the value '\(shown(cell))', as other rows have"
            }
            if cell.split(separator: " ").count >= 8 { return "the first row holds a text of several words" }
        }
        return nil
    }
}

extension ColumnSurvey {
    fileprivate func named(_ name: String) -> ColumnSurvey {
        var survey = self
        survey.name = name
        return survey
    }
}
