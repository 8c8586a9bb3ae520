import Labels

/// The predictions of one contestant on one part of a split: a row for each text, in corpus order.
///
/// Stored as CSV: `id, gold, predicted, p_<label>...`, label names joined by `|`, empty for none.
public struct Predictions: Equatable, Sendable {
    public let labelSpace: LabelSpace
    /// Shape: [N].
    public let ids: [String]
    /// Shape: [N].
    public let gold: Targets
    /// Shape: [N].
    public let predicted: Targets
    /// Shape: [N, K].
    public let probabilities: Probabilities

    /// Probabilities are rounded to the nearest `Float`, as they are stored, before anything is decided from them:
    /// what is scored is what is on disk.
    public init(
        labelSpace: LabelSpace, ids: [String], gold: Targets, probabilities: Probabilities,
        thresholds: [Double]?
    ) {
        precondition(ids.count == gold.count && ids.count == probabilities.rowCount)
        let stored = Probabilities(
            labelCount: probabilities.labelCount, values: probabilities.values.map { Double(Float($0)) })
        self.init(
            labelSpace: labelSpace, ids: ids, gold: gold,
            predicted: thresholds.map { stored.decisions(kind: labelSpace.kind, thresholds: $0) }
                ?? stored.decisions(kind: labelSpace.kind),
            probabilities: stored)
    }

    package init(
        labelSpace: LabelSpace, ids: [String], gold: Targets, predicted: Targets, probabilities: Probabilities
    ) {
        self.labelSpace = labelSpace
        self.ids = ids
        self.gold = gold
        self.predicted = predicted
        self.probabilities = probabilities
    }

    /// The rows with the given indices, in the given order.
    package func selecting(_ rows: [Int]) -> Predictions {
        Predictions(
            labelSpace: labelSpace, ids: rows.map { ids[$0] }, gold: gold.selecting(rows),
            predicted: predicted.selecting(rows), probabilities: probabilities.selecting(rows))
    }
}
