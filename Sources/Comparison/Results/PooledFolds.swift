import Corpora
import Labels

/// The predictions of all folds together: each row is predicted once, by the model that was not fitted on its fold.
package struct PooledFolds: Sendable {
    /// The fold that each row is tested in, from 0. Shape: [N].
    package let foldOfRow: [Int]
    private let folds: [StoredPredictions]
    /// Where each row stands in its fold's predictions. Shape: [N].
    private let placeOfRow: [Int]

    /// - Parameters:
    ///   - splits: The part of each row in each fold's split. Shape: [folds][N].
    ///   - predictions: Of each fold, in the same order.
    /// - Returns: Nil unless each row is tested in one fold, and each fold has a prediction for each of its test rows.
    package init?(splits: [[Part]], predictions: [StoredPredictions]) {
        guard let rows = splits.first?.count, splits.allSatisfy({ $0.count == rows }),
            splits.count == predictions.count
        else { return nil }
        var foldOfRow = Array(repeating: -1, count: rows)
        var placeOfRow = foldOfRow
        for (fold, parts) in splits.enumerated() {
            var place = 0
            for row in parts.indices where parts[row] == .test {
                if foldOfRow[row] >= 0 { return nil }
                (foldOfRow[row], placeOfRow[row]) = (fold, place)
                place += 1
            }
            guard predictions[fold].contestants.allSatisfy({ $0.test.ids.count == place }) else { return nil }
        }
        if foldOfRow.contains(-1) { return nil }
        (self.foldOfRow, self.placeOfRow, folds) = (foldOfRow, placeOfRow, predictions)
    }

    /// The predictions of a contestant of every row, in corpus order. Labels are those that each fold decided on, which may be
    /// by thresholds of its own.
    package func predictions(of contestant: String) -> Predictions {
        let parts = folds.map { $0[contestant].test }
        let space = parts[0].labelSpace
        var (gold, predicted) = (TargetsBuilder(space), TargetsBuilder(space))
        var ids: [String] = []
        var values: [Double] = []
        values.reserveCapacity(foldOfRow.count * space.count)
        for (fold, place) in zip(foldOfRow, placeOfRow) {
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

    /// The text of `folds.csv`: the fold that each row is tested in.
    package var csv: String { foldsCSV(foldOfRow) }
}

/// The text of `folds.csv`: rows and folds, both from 0.
package func foldsCSV(_ foldOfRow: [Int]) -> String {
    "row,fold\n" + foldOfRow.enumerated().map { "\($0),\($1)\n" }.joined()
}
