import DeterministicWork
import Labels

/// The bin of each row when rows are dealt to bins at random, so that every bin has about the same share of each label.
///
/// - Parameters:
///   - targets: What each of N rows is labelled.
///   - labelCount: K, the number of labels.
///   - weights: The shares of the bins, in units of their sum; all positive.
///   - groups: The group of each row, where groups are dealt whole; nil for single rows. Shape: [N].
/// - Returns: Shape: [N].
package func dealt(
    _ targets: Targets, labelCount: Int, stratify: SplitPlan.Stratification, weights: [Int], groups: [Int]?,
    random: RandomStream
) -> [Int] {
    if let groups {
        let labelsOfRow: [[Int]] =
            switch stratify {
            case .labels: (0..<targets.count).map { targets.labels(ofRow: $0) }
            case .labelCount: targets.labelCountOfRows.map { [$0] }
            case .none: Array(repeating: [], count: targets.count)
            }
        return GroupedStratification(
            labelsOfRow: labelsOfRow, labelCount: labelCount + 1, groups: groups, weights: weights,
            random: random
        ).bins
    }
    var random = random
    return
        switch (stratify, targets)
    {
    case (.labels, .sets(let matrix)):
        IterativeStratification(matrix, weights: weights, random: random).bins
    case (.labels, .classes(let classes)):
        stratifiedDeal(classes, weights: weights, random: &random)
    case (.labelCount, _):
        stratifiedDeal(targets.labelCountOfRows, weights: weights, random: &random)
    case (.none, _):
        stratifiedDeal(Array(repeating: 0, count: targets.count), weights: weights, random: &random)
    }
}

extension Targets {
    /// How many labels each row carries. Shape: [N].
    var labelCountOfRows: [Int] {
        (0..<count).map { labels(ofRow: $0).count }
    }
}
