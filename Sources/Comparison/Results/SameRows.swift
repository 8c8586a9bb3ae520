import Foundation

/// Throws where stored predictions that are to be set against each other are not of the same rows with the same labels.
/// - Throws: `ResultsError.differentRows` at the first row that differs.
package func checkSameRows(_ all: [ScoredPredictions]) throws(ResultsError) {
    let every = all.flatMap { contestant in contestant.seeds.map { (id: contestant.id, test: $0) } }
    guard let first = every.first else { return }
    for other in every.dropFirst()
    where other.test.ids != first.test.ids || other.test.gold != first.test.gold {
        let (a, b) = (first.test, other.test)
        let common = min(a.ids.count, b.ids.count)
        let row =
            (0..<common).first {
                a.ids[$0] != b.ids[$0] || a.gold.labels(ofRow: $0) != b.gold.labels(ofRow: $0)
            } ?? common
        throw .differentRows(
            first: first.id, second: other.id, row: row, found: b.wording(ofRow: row),
            expected: a.wording(ofRow: row))
    }
}

/// - Parameters:
///   - ids: Of a table that is stored beside the predictions.
///   - expected: Of the predictions.
/// - Throws: `ResultsError.badResults` where the table is of other rows, or of the same in another order.
func requireRows(_ ids: [String], of expected: [String], in file: URL) throws(ResultsError) {
    if ids == expected { return }
    let row = zip(expected, ids).enumerated().first { $0.element.0 != $0.element.1 }?.offset
    throw .badResults(
        file: file.path,
        reason: row.map { "row \($0 + 1) is of '\(ids[$0])', not of '\(expected[$0])'" }
            ?? "\(ids.count) rows, not the \(expected.count) of the predictions")
}

extension Predictions {
    fileprivate func wording(ofRow row: Int) -> String {
        guard ids.indices.contains(row) else { return "no row" }
        let labels = labelSpace.cell(gold.labels(ofRow: row))
        return "id '\(ids[row].prefix(60))', gold '\(labels.prefix(60))'"
    }
}
