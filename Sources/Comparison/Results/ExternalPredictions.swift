import Foundation
import Labels
import SettingKeys

/// Predictions that were made elsewhere: a table with a column `predicted`, possibly `id` and `p_<label>` for each
/// label, or one row's labels a line.
public struct ExternalPredictions: Sendable {
    private let file: String
    private let labelSpace: LabelSpace
    /// Absent where the file has none: rows are then in the order of the part.
    private let rowOfID: [String: Int]?
    private let values: Probabilities
    /// What the file itself decides, be it at thresholds of its own.
    private let decided: Targets
    public let hasProbabilities: Bool
    /// What is worth knowing about the file but no error.
    public let notices: [String]

    /// - Throws: `CorpusError` for the form of the file, `ResultsError` for its content.
    public init(contentsOf url: URL, labelSpace: LabelSpace) throws {
        file = url.path
        self.labelSpace = labelSpace
        let rows = try LabeledRows(
            path: url.path, column: "predicted", readsProbabilities: true,
            known: labelSpace.names)
        try rows.requireCertainHeader(known: labelSpace.names)
        let outcome = try rows.outcome(in: labelSpace)
        hasProbabilities = outcome.probabilities != nil
        decided = outcome.predicted
        values =
            outcome.probabilities
            ?? Probabilities(certainOf: outcome.predicted, labelCount: labelSpace.count)
        rowOfID = rows.rows[0].id == nil ? nil : try rows.indexByID()
        notices =
            outcome.notices
            + (rowOfID == nil
                ? ["\(url.lastPathComponent) has no ids: its rows are taken in the order of the part"] : [])
    }

    /// The ids of its rows; nil where it has none.
    package var ids: Set<String>? { rowOfID.map { Set($0.keys) } }

    /// What to say of rows whose ids no row of the dataset has; nil where there are none.
    public func foreignRowsNotice(among ids: [String]) -> String? {
        let known = Set(ids.map(LabelSpelling.canonical))
        let foreign = (rowOfID ?? [:]).filter { !known.contains($0.key) }
        guard let first = foreign.min(by: { $0.value < $1.value }) else { return nil }
        return "\(counted(foreign.count, "row")) of "
            + "\(URL(fileURLWithPath: file).lastPathComponent) \(foreign.count == 1 ? "has an id" : "have ids") that no row of "
            + "the dataset has, such as '\(shown(first.key))', and \(foreign.count == 1 ? "counts" : "count") for nothing"
    }

    /// - Throws: `ResultsError` for an id that the file does not have, or another number of rows.
    public func probabilities(ofIDs ids: [String]) throws -> Probabilities {
        values.selecting(try rows(ofIDs: ids))
    }

    /// The labels that the file says, be they decided at other thresholds than 0.5.
    /// - Throws: As `probabilities(ofIDs:)`.
    package func decisions(ofIDs ids: [String]) throws -> Targets {
        decided.selecting(try rows(ofIDs: ids))
    }

    private func rows(ofIDs ids: [String]) throws -> [Int] {
        guard let rowOfID else {
            guard ids.count == values.rowCount else {
                throw ResultsError.differentRowCount(truth: ids.count, predictions: values.rowCount)
            }
            return Array(ids.indices)
        }
        return try ids.map { id in
            guard let row = rowOfID[LabelSpelling.canonical(id)] else {
                throw ResultsError.unmatchedID(id, file: file)
            }
            return row
        }
    }
}
