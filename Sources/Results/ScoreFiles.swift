import Corpora
import Evaluation
import Foundation
import Labels

/// Scores a file of predictions, made by anything, against a file of the truth.
///
/// - Parameters:
///   - truth: A table with a column `gold`, JSON Lines with such a key, or one row's labels a line; `-` is standard
///     input.
///   - predictions: The same with `predicted`; a table may have a column `p_<label>` for every label, which the
///     metrics of probabilities are computed from.
///   - kind: By default multilabel if any row has no label or several, else binary or multiclass by the number of
///     label names.
///   - labels: The K names in order; by default those that occur in either file, sorted.
/// - Throws: `CorpusError`, `ResultsError` or `LabelError`, with file and line.
public func scorePredictions(
    truth: String, predictions: String, kind: LabelKind?, labels: [String]?
) throws -> Scorecard {
    let truth = try LabeledRows(path: truth, column: "gold")
    let predictions = try LabeledRows(path: predictions, column: "predicted", readsProbabilities: true)
        .matched(to: truth)
    let all = truth.rows + predictions.rows
    let names =
        labels ?? (predictions.scoredLabels.isEmpty ? nil : predictions.scoredLabels)
        ?? Set(all.flatMap(\.labels)).sorted {
            $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars)
        }
    let kind =
        kind
        ?? (all.contains { $0.labels.count != 1 } ? .multilabel : names.count == 2 ? .binary : .multiclass)
    let labelSpace = try LabelSpace(kind: kind, names: names)
    return Scorecard(
        gold: try truth.targets(in: labelSpace), predicted: try predictions.targets(in: labelSpace),
        probabilities: try predictions.probabilities(in: labelSpace), labelSpace: labelSpace)
}

/// The labels of each row of a file.
struct LabeledRows {
    struct Row {
        let id: String?
        let labels: [String]
        let place: DataPlace
        /// Of `scoredLabels`.
        let probabilities: [Double]
    }

    let file: String
    private(set) var rows: [Row] = []
    /// The labels that have a column `p_<label>`, in the order of the columns.
    private(set) var scoredLabels: [String] = []

    /// - Parameters:
    ///   - column: The column or key of the labels, where the file has columns.
    ///   - readsProbabilities: Whether to look for columns `p_<label>`.
    init(path: String, column: String, readsProbabilities: Bool = false) throws {
        let file = DataFile(
            path: path, folder: URL(fileURLWithPath: FileManager.default.currentDirectoryPath))
        self.file = path == "-" ? "<stdin>" : path
        let format = DataFormat(endingOf: path)
        var reader = try RecordReader(file.source(), format ?? .table(.lines))
        let labelColumn: Int
        if format == nil {
            labelColumn = 0
        } else if let index = reader.columns.firstIndex(of: column) {
            labelColumn = index
        } else if reader.columns.count == 1 {
            labelColumn = 0
        } else {
            throw ResultsError.noLabelColumn(file: path, expected: column, found: reader.columns)
        }
        let idColumn = format == nil ? nil : reader.columns.firstIndex(of: "id")
        let scored = reader.columns.indices.filter {
            readsProbabilities && reader.columns[$0].hasPrefix("p_")
        }
        scoredLabels = scored.map { String(reader.columns[$0].dropFirst("p_".count)) }
        let columns = [labelColumn] + (idColumn.map { [$0] } ?? []) + scored
        while let (place, cells) = try reader.next(columns) {
            rows.append(
                Row(
                    id: idColumn == nil ? nil : cells[1].text, labels: cells[0].labels, place: place,
                    probabilities: try cells.suffix(scored.count).map { cell in
                        guard let p = Double(cell.text), (0...1).contains(p) else {
                            throw ResultsError.badPredictions(
                                place, found: "'\(cell.text)'", expected: "a probability from 0 to 1")
                        }
                        return p
                    }))
        }
        if rows.isEmpty { throw ResultsError.noPredictions(file: self.file) }
    }

    /// The same rows in the order of `truth`: by id where both have ids, else as they are.
    func matched(to truth: LabeledRows) throws -> LabeledRows {
        if rows.count != truth.rows.count {
            throw ResultsError.differentRowCount(truth: truth.rows.count, predictions: rows.count)
        }
        guard truth.rows[0].id != nil, rows[0].id != nil else { return self }
        let byID = try indexByID()
        var matched = self
        matched.rows = try truth.rows.map { row in
            guard let match = byID[row.id ?? ""] else {
                throw ResultsError.unmatchedID(row.id ?? "", file: file)
            }
            return rows[match]
        }
        return matched
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

    /// Nil where the file has no probabilities.
    /// - Throws: `ResultsError.noLabelColumn` if it has those of some labels only.
    func probabilities(in labelSpace: LabelSpace) throws(ResultsError) -> Probabilities? {
        if scoredLabels.isEmpty { return nil }
        var columns: [Int] = []
        for name in labelSpace.names {
            guard let column = scoredLabels.firstIndex(of: name) else {
                throw .noLabelColumn(
                    file: file, expected: "p_\(name)", found: scoredLabels.map { "p_\($0)" })
            }
            columns.append(column)
        }
        return Probabilities(
            labelCount: labelSpace.count,
            values: rows.flatMap { row in columns.map { row.probabilities[$0] } })
    }

    func targets(in labelSpace: LabelSpace) throws(ResultsError) -> Targets {
        let cells = LabelCells(labelSpace)
        var builder = TargetsBuilder(labelSpace)
        for row in rows { builder.add(try cells.labels(named: row.labels, at: row.place)) }
        return builder.targets
    }
}

extension Cell {
    /// As one text.
    fileprivate var text: String {
        switch self {
        case .text(let text): text
        case .list(let items): items.joined(separator: "|")
        case .missing: ""
        }
    }

    /// As label names.
    fileprivate var labels: [String] {
        if case .list(let items) = self { return items }
        return text.split(separator: "|").map(String.init)
    }
}
