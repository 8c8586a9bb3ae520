import Corpora
import Labels

/// The predictions of all folds together: each row is predicted once, by the model that was not fitted on its fold.
///
/// Where rows were dealt into folds several times, these are the predictions of the first dealing's folds: several of one row are
/// not independent, so tests over rows take one of each.
package struct PooledFolds: Sendable {
    /// The fold that each row is tested in, by dealing. Folds are counted from 0, those of the second dealing after those of the
    /// first. Shape: [dealings][N].
    package let foldsOfRows: [[Int]]
    /// Of the first dealing.
    private let folds: [StoredPredictions]
    /// Where each row stands in the predictions of its fold in the first dealing. Shape: [N].
    private let placeOfRow: [Int]

    /// - Parameters:
    ///   - splits: The part of each row in each fold's split, the first dealing's first. Shape: [dealings * folds][N].
    ///   - predictions: Of each fold of the first dealing.
    /// - Returns: Nil unless each row is tested in one fold of each dealing, and each fold of the first has a prediction for each
    ///   of its test rows.
    package init?(splits: [[Part]], predictions: [StoredPredictions]) {
        let each = predictions.count
        guard let rows = splits.first?.count, splits.allSatisfy({ $0.count == rows }), each > 0,
            splits.count.isMultiple(of: each)
        else { return nil }
        var foldsOfRows = Array(repeating: Array(repeating: -1, count: rows), count: splits.count / each)
        var placeOfRow = Array(repeating: -1, count: rows)
        for (fold, parts) in splits.enumerated() {
            let dealing = fold / each
            let tested = parts.indices.filter { parts[$0] == .test }
            for row in tested {
                if foldsOfRows[dealing][row] >= 0 { return nil }
                foldsOfRows[dealing][row] = fold
            }
            if dealing > 0 { continue }
            for (place, row) in tested.enumerated() { placeOfRow[row] = place }
            guard predictions[fold].contestants.allSatisfy({ $0.test.ids.count == tested.count }) else {
                return nil
            }
        }
        if foldsOfRows.contains(where: { $0.contains(-1) }) { return nil }
        (self.foldsOfRows, self.placeOfRow, folds) = (foldsOfRows, placeOfRow, predictions)
    }

    /// The predictions of a contestant of every row, in corpus order. Labels are those that each fold decided on, which may be
    /// by thresholds of its own.
    package func predictions(of contestant: String) -> Predictions {
        let parts = folds.map { $0[contestant].test }
        let space = parts[0].labelSpace
        var (gold, predicted) = (TargetsBuilder(space), TargetsBuilder(space))
        var ids: [String] = []
        var values: [Double] = []
        values.reserveCapacity(placeOfRow.count * space.count)
        for (fold, place) in zip(foldsOfRows[0], placeOfRow) {
            let part = parts[fold]
            ids.append(part.ids[place])
            gold.add(part.gold.labels(ofRow: place))
            predicted.add(part.predicted.labels(ofRow: place))
            for label in 0..<space.count { values.append(part.probabilities[place, label]) }
        }
        return Predictions(
            labelSpace: space, ids: ids, gold: gold.targets, predicted: predicted.targets,
            probabilities: Probabilities(labelCount: space.count, values: values))
    }

    /// The text of `folds.csv`.
    package var csv: String { foldsCSV(foldsOfRows) }
}

/// The text of `folds.csv`: the fold that each row is tested in, both from 0, and, where rows were dealt several times, in which
/// dealing.
/// - Parameter foldsOfRows: As of `PooledFolds`.
package func foldsCSV(_ foldsOfRows: [[Int]]) -> String {
    let isRepeated = foldsOfRows.count > 1
    return "row,fold\(isRepeated ? ",repeat" : "")\n"
        + foldsOfRows.enumerated().map { dealing, folds in
            let end = isRepeated ? ",\(dealing)\n" : "\n"
            return folds.enumerated().map { "\($0),\($1)\(end)" }.joined()
        }.joined()
}
