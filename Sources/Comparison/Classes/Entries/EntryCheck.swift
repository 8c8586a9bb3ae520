import Corpora
import Foundation
import Labels
import Results
import SettingKeys
import Tables

/// Everything that is wrong with a file of predictions, found in one reading.
///
/// It only says what is wrong: what is right is read by `ExternalPredictions`, as any predictions that were made elsewhere.
struct EntryCheck {
    private(set) var faults: [EntryFault] = []
    /// The test rows that have one row of the file, as it should be.
    private(set) var usableRows = 0

    private let file: URL
    private let labelSpace: LabelSpace
    private let reader: LabelReader
    /// The ids that an entry must have.
    private let expected: [String]

    /// - Parameter ids: Of the test rows.
    init(_ file: URL, ids: [String], labelSpace: LabelSpace) {
        self.file = file
        self.labelSpace = labelSpace
        reader = LabelReader(labelSpace.names)
        expected = ids.map(LabelSpelling.canonical)
        do throws(TableError) {
            try check()
        } catch {
            // A path of the grader's machine tells students nothing.
            let text = error.description.replacing(file.path, with: file.lastPathComponent)
            let isCut = rowCount > 0
            add(.unreadable, text + (isCut ? ". The rows after it were not checked" : ""))
            noteRows(isWhole: false)
        }
    }

    private mutating func add(_ kind: EntryFault.Kind, count: Int = 1, _ text: String) {
        faults.append(EntryFault(kind, count: count, text + "."))
    }

    // MARK: Columns

    private struct Columns {
        var id: Int?
        var predicted: Int?
        /// Columns of probabilities with the label of each.
        var probabilities: [(column: Int, label: Int)] = []
        var names: [String] = []

        var wanted: [Int] { [id, predicted].compactMap(\.self) + probabilities.map(\.column) }
    }

    private var columns = Columns()
    private var rowCount = 0

    private mutating func check() throws(TableError) {
        guard let format = DataFormat(endingOf: file.path) else {
            return add(
                .fileName,
                "The file is called \(shown(file.lastPathComponent)); expected a name that ends in .csv, .tsv, .jsonl or .parquet, which says how it is written"
            )
        }
        var records = try RecordReader(
            DataFile.file(file).source(), format, passesOverOddValues: true)
        findColumns(records.columns)
        if columns.wanted.isEmpty { return }
        var cells: [Cell] = []
        while let place = try records.read(columns.wanted, into: &cells) {
            rowCount += 1
            note(cells, at: place)
        }
        if rowCount == 0 { return add(.unreadable, "The file has a header and no rows") }
        noteRows(isWhole: true)
    }

    private mutating func findColumns(_ names: [String]) {
        columns.names = names
        // What spreadsheets write where a comma is part of numbers.
        if names.count == 1, let mark = [";", "\t", "|"].first(where: names[0].contains) {
            return add(
                .unreadable,
                "The header is one column, '\(shown(names[0]))', in which '\(shown(mark))' parts the names; expected commas, or tabs in a file that ends in .tsv"
            )
        }
        let spelled = listed(names)
        columns.id = names.firstIndex(of: "id")
        columns.predicted = names.firstIndex(of: "predicted")
        for name in ["id", "predicted"] where names.count(where: { $0 == name }) > 1 {
            add(.predictionColumn, "The header names the column '\(name)' more than once")
        }
        if columns.id == nil {
            add(
                .idColumn,
                "The header has no column 'id'; found \(spelled). The ids are those of \(ClassLayout.testName)"
            )
        }
        findProbabilities(names)
        if columns.predicted == nil, !names.contains(where: { $0.hasPrefix("p_") }) {
            let near = nearest(to: "predicted", in: names).map { ", perhaps meant by '\(shown($0))'" } ?? ""
            add(.predictionColumn, "The header has no column 'predicted'\(near); found \(spelled)")
        }
    }

    private mutating func findProbabilities(_ names: [String]) {
        let scored = names.indices.filter { names[$0].hasPrefix("p_") }
        if scored.isEmpty { return }
        var labels = Set<Int>()
        var unknown: [String] = []
        for column in scored {
            guard let label = reader.index(of: LabelSpelling.trimmed(String(names[column].dropFirst(2))))
            else {
                unknown.append(names[column])
                continue
            }
            if labels.insert(label).inserted {
                columns.probabilities.append((column, label))
            } else {
                add(
                    .probabilityColumns,
                    "Two columns hold probabilities of '\(shown(labelSpace.names[label]))'")
            }
        }
        if !unknown.isEmpty {
            add(
                .probabilityColumns, count: unknown.count,
                "The columns \(EntryFault.names(unknown)) are of no label; expected p_ and one of \(listed(labelSpace.names))"
            )
        }
        let missing = labelSpace.names.indices.filter { !labels.contains($0) }
        if !missing.isEmpty {
            add(
                .probabilityColumns, count: missing.count,
                "There are probabilities of some labels only: \(EntryFault.names(missing.map { "p_\(labelSpace.names[$0])" })) \(missing.count == 1 ? "is" : "are") missing. Give those of all labels, or none"
            )
        }
    }

    // MARK: Rows

    /// What rows have in common that is wrong: how many there are, and the first.
    private struct Finding {
        var count = 0
        var first = ""

        mutating func note(_ text: @autoclosure () -> String) {
            if count == 0 { first = text() }
            count += 1
        }

        /// Such as ` (in 3 rows)`, where there are several.
        var elsewhere: String {
            count > 1 ? ", and so it is in \(count - 1) more \(count == 2 ? "row" : "rows")" : ""
        }
    }

    private var emptyIDs = Finding()
    private var labelCounts = Finding()
    private var badProbabilities = Finding()
    private var sums = Finding()
    /// In the order in which they are found.
    private var unknownLabels: [(label: String, finding: Finding)] = []
    private var unknownIDs: [String] = []
    private var repeatedIDs: [String] = []
    /// How often each id was seen, and whether every row that has it is as it should be.
    private var seen: [String: (count: Int, isRight: Bool)] = [:]
    private lazy var known = Set(expected)

    private mutating func note(_ cells: [Cell], at place: DataPlace) {
        var cells = cells[...]
        let id = columns.id.map { _ in cells.removeFirst().text }
        let predicted = columns.predicted.map { _ in cells.removeFirst() }
        var isRight = true
        if let predicted, !checkLabels(predicted, at: place) { isRight = false }
        if !checkProbabilities(Array(cells), at: place) { isRight = false }
        guard let id else { return }
        let canonical = LabelSpelling.canonical(id)
        if canonical.isEmpty { return emptyIDs.note("The row at line \(place.line) has no id") }
        guard known.contains(canonical) else { return unknownIDs.append(id) }
        let before = seen[canonical]
        if before?.count == 1 { repeatedIDs.append(id) }
        seen[canonical] = ((before?.count ?? 0) + 1, (before?.isRight ?? true) && isRight)
    }

    private mutating func checkLabels(_ cell: Cell, at place: DataPlace) -> Bool {
        let labels: [String]
        switch cell {
        case .missing: labels = []
        case .list(let items): labels = items
        case .text(let text):
            labels =
                LabelList(text)?.items
                ?? text.split(separator: "|").map(String.init).filter { !LabelSpelling.trimmed($0).isEmpty }
        }
        var isRight = true
        for label in labels.map(LabelSpelling.trimmed) where reader.index(of: label) == nil {
            isRight = false
            let index = unknownLabels.firstIndex { $0.label == label } ?? unknownLabels.count
            if index == unknownLabels.count { unknownLabels.append((label, Finding())) }
            unknownLabels[index].finding.note("line \(place.line)")
        }
        if labelSpace.kind != .multilabel, labels.count != 1 {
            isRight = false
            labelCounts.note(
                "The row at line \(place.line) has \(labels.isEmpty ? "no label" : "\(labels.count) labels"); expected one"
            )
        }
        return isRight
    }

    private mutating func checkProbabilities(_ cells: [Cell], at place: DataPlace) -> Bool {
        if cells.isEmpty { return true }
        var sum = 0.0
        for (cell, (column, _)) in zip(cells, columns.probabilities) {
            let text = LabelSpelling.trimmed(cell.text)
            guard let p = Double(text), (0...1).contains(p) else {
                let name = shown(columns.names[column])
                badProbabilities.note(
                    "The row at line \(place.line) has '\(shown(text))' in the column \(name); expected a number from 0 to 1"
                )
                return false
            }
            sum += p
        }
        let isWhole = columns.probabilities.count == labelSpace.count
        let tolerance = ProbabilitySum.tolerance(labelCount: labelSpace.count)
        if labelSpace.kind != .multilabel, isWhole, abs(sum - 1) > tolerance {
            let rounded = String(format: "%.4g", sum)
            sums.note("The probabilities of the row at line \(place.line) sum to \(rounded); expected 1")
            return false
        }
        return true
    }

    // MARK: Faults of all rows

    /// - Parameter isWhole: Whether all rows were read, so that an id that was not seen is missing.
    private mutating func noteRows(isWhole: Bool) {
        usableRows = seen.values.count { $0.count == 1 && $0.isRight }
        if columns.id != nil {
            let missing = expected.filter { seen[$0] == nil }
            if isWhole, !missing.isEmpty {
                add(
                    .missingIDs, count: missing.count,
                    "\(counted(missing.count, "id")) of \(ClassLayout.testName) \(missing.count == 1 ? "has" : "have") no row: \(EntryFault.names(missing)). Every one of the \(expected.count) rows needs a prediction"
                )
            }
            if !repeatedIDs.isEmpty {
                add(
                    .repeatedIDs, count: repeatedIDs.count,
                    "\(counted(repeatedIDs.count, "id")) \(repeatedIDs.count == 1 ? "stands" : "stand") in several rows: \(EntryFault.names(repeatedIDs)). It is not clear which of them counts"
                )
            }
            if !unknownIDs.isEmpty {
                add(
                    .unknownIDs, count: unknownIDs.count,
                    "\(counted(unknownIDs.count, "row")) \(unknownIDs.count == 1 ? "has an id" : "have ids") that \(ClassLayout.testName) does not have: \(EntryFault.names(unknownIDs))"
                )
            }
        }
        let findings: [(EntryFault.Kind, Finding)] = [
            (.emptyIDs, emptyIDs), (.labelCount, labelCounts), (.probabilities, badProbabilities),
            (.sums, sums),
        ]
        for (kind, finding) in findings where finding.count > 0 {
            add(kind, count: finding.count, finding.first + finding.elsewhere)
        }
        if unknownLabels.isEmpty { return }
        let few = unknownLabels.prefix(5).map { label, finding -> String in
            let meant =
                nearestLabel(to: label, in: labelSpace.names).map { ", perhaps meant '\(shown($0))'" } ?? ""
            return "'\(shown(label))' (first at \(finding.first)\(meant))"
        }
        let more = unknownLabels.count > 5 ? " and \(unknownLabels.count - 5) more" : ""
        add(
            .unknownLabels, count: unknownLabels.reduce(0) { $0 + $1.finding.count },
            "Labels that there are not: \(few.joined(separator: ", "))\(more); expected \(listed(labelSpace.names))"
        )
    }
}
