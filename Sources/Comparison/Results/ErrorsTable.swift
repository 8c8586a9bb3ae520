import Foundation
import Labels
import SafeFiles
import SettingKeys
import Tables

/// The text of `errors.csv`: each test row with its gold labels, how many contestants have it wrong, and of each contestant
/// the predicted labels and the probabilities of these; several of either are joined by `|`. Dummies are left out.
///
/// - Parameters:
///   - contestants: Their stored predictions on the same test rows, dummies left out.
///   - texts: Of rows, by id; nil where texts may not be quoted.
package func errorsCSV(
    _ contestants: [ScoredPredictions], texts: [String: String]?
) -> String {
    guard let first = contestants.first?.test else { return "" }
    func cell(_ targets: Targets, _ row: Int) -> String {
        first.labelSpace.cell(targets.labels(ofRow: row))
    }
    var text = spreadsheetLine(
        ["id", "gold"] + (texts == nil ? [] : [textColumn]) + ["contestants wrong"]
            + contestants.flatMap { [$0.id, "probability by \($0.id)"] })
    for row in first.ids.indices {
        let id = first.ids[row]
        let wrong = contestants.count {
            $0.test.predicted.labels(ofRow: row) != $0.test.gold.labels(ofRow: row)
        }
        let own = contestants.flatMap { contestant in
            let predictions = contestant.test
            let labels = predictions.predicted.labels(ofRow: row)
            let probabilities = labels.map { "\(Float(predictions.probabilities[row, $0]))" }
            return [
                cell(predictions.predicted, row),
                contestant.isProbabilistic ? probabilities.joined(separator: "|") : "",
            ]
        }
        text += spreadsheetLine(
            [id, cell(first.gold, row)] + (texts.map { [$0[id] ?? ""] } ?? []) + ["\(wrong)"] + own)
    }
    return text
}

private let textColumn = "text"

extension ExperimentResults {
    /// Writes `errors.csv` of the only task.
    ///
    /// - Parameter texts: Of test rows, by id; nil where texts may not be quoted.
    /// - Returns: Its SHA-256; nil where there are only dummies.
    public func writeErrors(
        _ predictions: StoredPredictions, texts: [String: String]?, in folder: RunLayout
    ) throws -> String? {
        guard let text = errorsTable(predictions, texts: texts) else {
            try PackableFile(folder.errors).remove()
            return nil
        }
        let bytes = Array(text.utf8)
        try PackableFile(folder.errors).write(bytes)
        return Fingerprint.sha256(of: bytes)
    }

    /// Compares `errors.csv` of the only task with the stored predictions; its texts are known by the file's digest alone.
    package func verifyErrors(_ predictions: StoredPredictions, in folder: RunLayout) throws {
        guard let sha256 = onlyErrorsSHA256 else { return }
        let isLeftOut = try folder.leavesOut(folder.errors)
        let bytes =
            try isLeftOut
            ? Array((errorsTable(predictions, texts: nil) ?? "").utf8) : PackableFile(folder.errors).bytes()
        let found = Fingerprint.sha256(of: bytes)
        if found != sha256 {
            throw ResultsError.disagrees(what: "SHA-256 of errors.csv", stored: sha256, recomputed: found)
        }
        // What was made just now need not be made again.
        if isLeftOut { return }
        let again = errorsTable(predictions, texts: try storedErrorTexts(predictions, in: folder))
        if again.map({ Array($0.utf8) }) != bytes {
            throw ResultsError.disagrees(
                what: "errors.csv", stored: "otherwise", recomputed: "other rows, labels or probabilities")
        }
    }

    /// The texts that `errors.csv` quotes; nil where it is absent or quotes none.
    package func storedErrorTexts(_ predictions: StoredPredictions, in folder: RunLayout) throws -> [String:
        String]?
    {
        let file = PackableFile(folder.errors)
        guard file.isThere else { return nil }
        var reader = try file.tableReader()
        guard reader.columns.count > 2, reader.columns[2] == textColumn else { return nil }
        // Rows are those of the predictions, in their order, so an id need not be read back from its cell.
        let ids = predictions.contestants.first?.test.ids
        var texts: [String: String] = [:]
        var place = 0
        while let row = try reader.next() {
            guard let ids, place < ids.count, row.count > 2 else { break }
            let cell = row[2]
            let bare = String(cell.dropFirst())
            texts[ids[place]] = cell.hasPrefix("'") && spreadsheetField(bare) == cell ? bare : cell
            place += 1
        }
        return texts
    }

    private func errorsTable(_ predictions: StoredPredictions, texts: [String: String]?) -> String? {
        let shown = contestants.filter { !$0.isDummy }
        return shown.isEmpty ? nil : errorsCSV(shown.map { predictions[$0.id] }, texts: texts)
    }
}
