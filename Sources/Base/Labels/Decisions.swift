extension Probabilities {
    /// The labels that these probabilities decide on.
    ///
    /// - Multiclass: the most probable label; the first of equals.
    /// - Binary: the same at a threshold of 0.5; otherwise the positive label from its threshold on.
    /// - Multilabel: every label whose probability is at least its threshold.
    ///
    /// - Parameter thresholds: One for each of the K labels; ignored if multiclass. scikit-learn's own
    ///   estimators decide on a decision function `> 0`, so a probability of exactly the threshold counts here
    ///   where it does not there; the two agree otherwise.
    public func decisions(kind: LabelKind, thresholds: [Double]) -> Targets {
        switch kind {
        case .binary where thresholds[1] != 0.5:
            return .classes((0..<rowCount).map { self[$0, 1] >= thresholds[1] ? 1 : 0 })
        case .binary, .multiclass:
            return .classes(
                (0..<rowCount).map { row in
                    var best = 0
                    for label in 1..<labelCount where self[row, label] > self[row, best] { best = label }
                    return best
                })
        case .multilabel:
            precondition(thresholds.count == labelCount)
            var bits = IndicatorMatrix(rowCount: rowCount, labelCount: labelCount)
            for row in 0..<rowCount {
                for label in 0..<labelCount { bits[row, label] = self[row, label] >= thresholds[label] }
            }
            return .sets(bits)
        }
    }

    /// Decisions with the customary threshold of 0.5 on every label.
    public func decisions(kind: LabelKind) -> Targets {
        decisions(kind: kind, thresholds: Array(repeating: 0.5, count: labelCount))
    }
}
