import Corpora
import Foundation
import Labels
import SettingKeys
import Tables

/// The labels of each row of a file, and probabilities where it has them.
struct LabeledRows {
    struct Row {
        let id: String?
        /// As spelled.
        var labels: [String]
        let place: DataPlace
        /// Of `scoredLabels`.
        let probabilities: [Double]
    }

    let file: String
    private(set) var rows: [Row] = []
    /// The labels that have a column `p_<label>`, in the order of the columns.
    private(set) var scoredLabels: [String] = []
    /// False where there are probabilities alone.
    private(set) var hasLabels = true
    /// Whether the columns are those of the stored predictions of a run.
    private(set) var isStoredByRun = false
    /// Whether cells are lists as such, so that a row may have no label or several.
    private var hasLists = false
    /// What joins the labels of a cell that holds several.
    private let separator: String
    /// The names of all columns, where the file has columns.
    private var columns: [String] = []
    /// The name of the label column where it stands in a first row that may be data all the same.
    private var heading: Row?

    /// - Parameters:
    ///   - column: The column or key of the labels, where the file has columns.
    ///   - readsProbabilities: Whether to look for columns `p_<label>`.
    ///   - known: Labels that are known from elsewhere: a lone column's first row that is one of them is no header.
    ///   - options: How the file is written, where its name does not tell.
    init(
        path: String, column: String, readsProbabilities: Bool = false, known: [String] = [],
        options: DatasetOptions = DatasetOptions()
    ) throws {
        let folder = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
        let source = DataFile(path: path, folder: folder)
        self.file = path == "-" ? "<stdin>" : path
        separator = options.labelSeparator ?? "|"
        let schema = try options.texts(in: path, folder: folder)
        let format = schema.format == .table(.lines) ? nil : schema.format
        var reader = try RecordReader(source.source(), schema.format, encoding: schema.encoding)
        var heading: Cell?
        if format != nil, options.hasHeader,
            let first = try LabeledRows.heading(reader.columns, column, source, schema, path: path)
        {
            reader = first.reader
            heading = first.cell
        }
        let isTable = if case .table = format { options.hasHeader } else { false }
        try read(
            &reader, column: column, hasColumns: format != nil && heading == nil, isTable: isTable,
            readsProbabilities, path)
        if let heading { try requireData(heading, column: column, known: known) }
        try readLists()
    }

    private var cells: [Cell] = []

    private mutating func read(
        _ reader: inout RecordReader, column: String, hasColumns: Bool, isTable: Bool,
        _ readsProbabilities: Bool, _ path: String
    ) throws {
        columns = hasColumns ? reader.columns : []
        let scored = columns.indices.filter { readsProbabilities && columns[$0].hasPrefix("p_") }
        scoredLabels = scored.map { LabelSpelling.trimmed(String(columns[$0].dropFirst("p_".count))) }
        // A name that several columns have is an error where it is asked for.
        var labelColumn = columns.contains(column) ? try reader.column(column) : nil
        if columns.count <= 1 { labelColumn = 0 }
        hasLabels = labelColumn != nil
        if labelColumn == nil && scored.isEmpty {
            throw ResultsError.noLabelColumn(file: path, expected: column, found: columns)
        }
        isStoredByRun = readsProbabilities && columns.starts(with: ["id", "gold", "predicted"])
        let idColumn = columns.contains("id") ? try reader.column("id") : nil
        if let labelColumn, isTable, hasColumns, idColumn == nil, scored.isEmpty {
            heading = Row(
                id: nil, labels: [LabelSpelling.trimmed(columns[labelColumn])],
                place: DataPlace(file: file, line: 1), probabilities: [])
        }
        let wanted = (labelColumn.map { [$0] } ?? []) + (idColumn.map { [$0] } ?? []) + scored
        while let (place, cells) = try reader.next(wanted) {
            if let labelColumn { self.cells.append(cells[wanted.firstIndex(of: labelColumn) ?? 0]) }
            let id = idColumn.map { _ in cells[hasLabels ? 1 : 0].text }
            if let id, LabelSpelling.trimmed(id).isEmpty { throw CorpusError.emptyID(place) }
            rows.append(
                Row(
                    id: id.map(LabelSpelling.canonical), labels: [], place: place,
                    probabilities: try zip(scored, cells.suffix(scored.count)).map { column, cell in
                        guard let p = Double(LabelSpelling.trimmed(cell.text)), (0...1).contains(p) else {
                            throw ResultsError.badPredictions(
                                place, found: "'\(cell.text.prefix(40))' in \(columns[column])",
                                expected: "a probability from 0 to 1")
                        }
                        return p
                    }))
        }
        if rows.isEmpty { throw ResultsError.noPredictions(file: file) }
    }

    /// Reads the cells as labels, once it is known whether they are lists as Python or JSON writes them.
    private mutating func readLists() throws {
        guard hasLabels else { return }
        let texts = cells.map { LabelSpelling.trimmed($0.text) }
        let filled = cells.indices.filter { row in
            if case .list = cells[row] { false } else { !texts[row].isEmpty }
        }
        hasLists = filled.count < cells.count && cells.contains { if case .list = $0 { true } else { false } }
        var readsLists = false
        switch LabelList.reading(of: filled.map { LabelList(texts[$0]) }) {
        case .plain: break
        case .lists: readsLists = true
        case .mixed(let list, let other):
            throw CorpusError.mixedLists(
                rows[filled[list]].place, other: rows[filled[other]].place, column: "labels")
        }
        hasLists = hasLists || readsLists
        for (row, cell) in cells.enumerated() {
            if case .list(let items) = cell {
                rows[row].labels = items.map(LabelSpelling.trimmed)
            } else if readsLists {
                rows[row].labels = LabelList(texts[row])?.items ?? []
            } else {
                rows[row].labels = texts[row].split(separator: separator).map {
                    LabelSpelling.trimmed(String($0))
                }
            }
            if rows[row].labels.contains("") {
                throw ResultsError.badPredictions(
                    rows[row].place, found: "an empty label in a list", expected: "names of labels")
            }
        }
        cells = []
    }

    // MARK: Headers

    /// What people call a lone column of labels.
    private static let headings: Set<String> = [
        "gold", "truth", "true", "label", "labels", "target", "targets", "actual", "y", "ytrue", "class",
        "category",
        "goldlabel", "truelabel", "predicted", "prediction", "predictions", "pred", "preds", "ypred",
        "predictedlabel",
    ]

    /// Nil where the first row of a table is its header; else a reader that takes it for data, and what stands there.
    private static func heading(
        _ columns: [String], _ column: String, _ file: DataFile, _ schema: DatasetSchema, path: String
    ) throws -> (reader: RecordReader, cell: Cell)? {
        guard columns.count == 1, columns[0] != column, case .table(var dialect) = schema.format else {
            return nil
        }
        let name = columns[0].lowercased().filter { $0.isLetter }
        if headings.contains(name) { return nil }
        // What was read of standard input cannot be read again.
        guard case .file = file else {
            throw ResultsError.noLabelColumn(file: path, expected: column, found: columns)
        }
        dialect.hasHeader = false
        let reader = try RecordReader(file.source(), .table(dialect), encoding: schema.encoding)
        return (reader, .text(columns[0]))
    }

    /// - Throws: `ResultsError.noLabelColumn` unless the first row's cell is a label elsewhere too, so that it is no header.
    private func requireData(_ heading: Cell, column: String, known: [String]) throws(ResultsError) {
        let first = LabelSpelling.canonical(heading.text)
        let labels = cells.dropFirst().map(\.text) + known
        guard labels.contains(where: { LabelSpelling.canonical($0) == first }) else {
            throw .noLabelColumn(file: file, expected: column, found: [heading.text])
        }
    }

    /// Whether the first row, which was taken for the header, may be data: the name of its label column is a label too.
    func mayHoldDataInHeader(known labels: some Sequence<String>) -> Bool {
        guard let heading else { return false }
        let name = LabelSpelling.canonical(heading.labels[0])
        return rows.contains { $0.labels.contains { LabelSpelling.canonical($0) == name } }
            || labels.contains { LabelSpelling.canonical($0) == name }
    }

    /// The same file without a header.
    var withoutHeader: LabeledRows {
        var headless = self
        if let heading { headless.rows.insert(heading, at: 0) }
        headless.heading = nil
        return headless
    }

    /// - Throws: `ResultsError.headerOrLabel` where the first row may be the header or the first label.
    func requireCertainHeader(known labels: [String]) throws(ResultsError) {
        if let heading, mayHoldDataInHeader(known: labels) {
            throw .headerOrLabel(heading.place, heading.labels[0])
        }
    }

    /// Both files with their first rows taken for what they are, where a label stands in either that is also what a column
    /// may be called: only one reading gives both files equally many rows, or nothing tells.
    /// - Throws: `ResultsError.headerOrLabel`.
    static func withCertainHeaders(
        truth: LabeledRows, predictions: LabeledRows, labels: [String]
    ) throws(ResultsError) -> (truth: LabeledRows, predictions: LabeledRows) {
        func readings(_ file: LabeledRows, beside other: LabeledRows) -> [LabeledRows] {
            let known = labels + other.rows.flatMap(\.labels)
            return file.mayHoldDataInHeader(known: known) ? [file, file.withoutHeader] : [file]
        }
        let pairs = readings(truth, beside: predictions).flatMap { truth in
            readings(predictions, beside: truth).map { (truth: truth, predictions: $0) }
        }
        let alike = pairs.filter { $0.truth.rows.count == $0.predictions.rows.count }
        if alike.count > 1, let heading = truth.heading ?? predictions.heading {
            throw .headerOrLabel(heading.place, heading.labels[0])
        }
        return alike.first ?? pairs[0]
    }

    // MARK: Rows that belong together

    /// The same rows in the order of `truth`: by id where both have ids, else as they are.
    func matched(to truth: LabeledRows) throws -> LabeledRows {
        guard truth.rows[0].id != nil, rows[0].id != nil else {
            if rows.count != truth.rows.count {
                throw ResultsError.differentRowCount(truth: truth.rows.count, predictions: rows.count)
            }
            return self
        }
        let (inTruth, byID) = (try truth.indexByID(), try indexByID())
        var matched = self
        matched.rows = try truth.rows.map { row in
            guard let match = byID[row.id ?? ""] else {
                throw ResultsError.unmatchedID(row.id ?? "", file: file)
            }
            return rows[match]
        }
        for row in rows where inTruth[row.id ?? ""] == nil {
            throw ResultsError.unmatchedID(row.id ?? "", file: truth.file)
        }
        return matched
    }

    /// What to say where rows cannot be matched by ids.
    func orderNotices(_ truth: LabeledRows) -> [String] {
        let (own, others) = (rows[0].id != nil, truth.rows[0].id != nil)
        if own == others {
            guard !own, let shared = sharedColumn(with: truth) else { return [] }
            return [
                "no column is called 'id': rows are matched by their order, though both files have a column "
                    + "'\(shown(shared))'"
            ]
        }
        return ["\(own ? truth.file : file) has no column 'id': rows are matched by their order"]
    }

    /// The first column that both files have besides labels and probabilities, such as an `index`.
    private func sharedColumn(with other: LabeledRows) -> String? {
        let labels: Set = ["gold", "predicted"]
        return columns.first {
            other.columns.contains($0) && !labels.contains($0) && !$0.hasPrefix("p_") && columns.count > 1
        }
    }

    /// Where each id stands.
    func indexByID() throws -> [String: Int] {
        var byID: [String: Int] = [:]
        for (index, row) in rows.enumerated() {
            if let first = byID.updateValue(index, forKey: row.id ?? "") {
                throw CorpusError.duplicateID(row.id ?? "", first: rows[first].place, second: row.place)
            }
        }
        return byID
    }

    // MARK: Labels

    /// Whether rows may have any number of labels.
    /// - Throws: `ResultsError.badPredictions` where rows without a label stand among rows with one each.
    static func isMultilabel(_ files: LabeledRows...) throws(ResultsError) -> Bool {
        if files.contains(where: { $0.hasLists || $0.rows.contains { $0.labels.count > 1 } }) { return true }
        for file in files where file.hasLabels {
            if let row = file.rows.first(where: { $0.labels.isEmpty }) {
                throw .badPredictions(
                    row.place, found: "no label",
                    expected:
                        "one, as in the other rows; leave the row out of both files, or say --kind multilabel"
                )
            }
        }
        return false
    }

    /// Nil where the file has no probabilities.
    /// - Throws: `ResultsError.noLabelColumn` if it has those of some labels only, `.unknownLabel` for a column of none.
    func probabilities(in labelSpace: LabelSpace) throws(ResultsError) -> Probabilities? {
        if scoredLabels.isEmpty { return nil }
        let reader = LabelReader(labelSpace.names)
        var columns: [Int?] = Array(repeating: nil, count: labelSpace.count)
        for (column, name) in scoredLabels.enumerated() {
            guard let label = reader.index(of: name) else {
                throw .unknownLabel(
                    DataPlace(file: file, line: 1), "p_\(name)", known: labelSpace.names.map { "p_\($0)" })
            }
            if let other = columns[label] {
                throw .badPredictions(
                    DataPlace(file: file, line: 1), found: "columns p_\(scoredLabels[other]) and p_\(name)",
                    expected: "one column for label '\(labelSpace.names[label])'")
            }
            columns[label] = column
        }
        for (label, column) in columns.enumerated() where column == nil {
            throw .noLabelColumn(
                file: file, expected: "p_\(labelSpace.names[label])", found: scoredLabels.map { "p_\($0)" })
        }
        return Probabilities(
            labelCount: labelSpace.count,
            values: rows.flatMap { row in columns.map { row.probabilities[$0 ?? 0] } })
    }

    /// - Parameter countsNames: Whether the number of a name may stand for it.
    func targets(in labelSpace: LabelSpace, countsNames: Bool = false) throws(ResultsError) -> Targets {
        let cells = LabelCells(labelSpace, countsNames: countsNames)
        var builder = TargetsBuilder(labelSpace)
        for row in rows { builder.add(try cells.labels(named: row.labels, at: row.place)) }
        return builder.targets
    }
}

/// The name that was probably meant, if any is near. A number is not a misspelling of another, nor is a letter.
package func nearestLabel(to label: String, in names: [String]) -> String? {
    decimalNumber(label) == nil && label.count > 2
        ? nearest(to: label, in: names.filter { decimalNumber($0) == nil }) : nil
}
