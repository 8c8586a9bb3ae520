/// The rows in which a gold label was missed where another one was given.
package struct ConfusedRows: Equatable, Sendable {
    /// The missed label.
    package let gold: Int
    /// The label that was given and is not gold.
    package let predicted: Int
    /// At least one, in corpus order.
    package let rows: [Int]
}

extension Predictions {
    /// Every confusion with its rows, the most frequent first; as many rows by the order of the labels.
    ///
    /// A row of several labels counts once for each pair of a missed and a wrongly given label.
    package var confusedRows: [ConfusedRows] {
        let K = labelSpace.count
        var rows = [[Int]](repeating: [], count: K * K)
        for row in ids.indices {
            let gold = self.gold.labels(ofRow: row)
            let predicted = self.predicted.labels(ofRow: row)
            for missed in gold where !predicted.contains(missed) {
                for given in predicted where !gold.contains(given) { rows[missed * K + given].append(row) }
            }
        }
        return rows.indices.filter { !rows[$0].isEmpty }
            .sorted { (rows[$0].count, -$0) > (rows[$1].count, -$1) }
            .map { ConfusedRows(gold: $0 / K, predicted: $0 % K, rows: rows[$0]) }
    }
}
