/// The three counts that precision, recall and F1 are made of: of one label over all rows, of one row over all
/// labels, or of the whole table.
package struct Counts: Equatable, Sendable {
    /// Cells that are both predicted and gold (TP).
    package var truePositives = 0
    /// Cells that are predicted (TP + FP).
    package var predicted = 0
    /// Cells that are gold (TP + FN).
    package var gold = 0

    package init() {}

    /// FP.
    package var falsePositives: Int { predicted - truePositives }
    /// FN.
    package var falseNegatives: Int { gold - truePositives }

    /// TP / (TP + FP); nil where nothing was predicted.
    package var precision: Double? { ratio(truePositives, predicted) }
    /// TP / (TP + FN); nil where nothing is gold.
    package var recall: Double? { ratio(truePositives, gold) }
    /// 2 TP / (2 TP + FP + FN); nil only where nothing is predicted and nothing is gold.
    ///
    /// One ratio rather than the harmonic mean of precision and recall, which is undefined wherever either is.
    package var f1: Double? { ratio(2 * truePositives, predicted + gold) }
    /// TP / (TP + FP + FN); nil where nothing is predicted and nothing is gold.
    package var jaccard: Double? { ratio(truePositives, predicted + gold - truePositives) }

    /// (TP / (TP + FN) + TN / (TN + FP)) / 2, the area under the ROC curve of decided labels; nil where all or none of
    /// `cellCount` cells are gold.
    func rocAUC(cellCount: Int) -> Double? {
        let specificity = ratio(cellCount - gold - falsePositives, cellCount - gold)
        guard let recall, let specificity else { return nil }
        return (recall + specificity) / 2
    }

    package static func += (sum: inout Counts, other: Counts) {
        sum.truePositives += other.truePositives
        sum.predicted += other.predicted
        sum.gold += other.gold
    }
}

/// `numerator` / `denominator`; nil for 0 / 0.
package func ratio(_ numerator: Int, _ denominator: Int) -> Double? {
    denominator == 0 ? nil : Double(numerator) / Double(denominator)
}
