import Labels

/// What each of 101 thresholds, 0.00 to 1.00, would decide for every label by itself, counted against gold labels: the curves
/// of precision, recall and F1.
package struct ThresholdCounts: Equatable, Sendable {
    /// Ascending hundredths, the ends among them.
    package static let thresholds = [0] + ThresholdGrid.thresholds + [1]
    /// The place of 0.5 among them.
    package static let half = 50

    /// The labels that are thresholded: all K of a multilabel task, the positive one of a binary task.
    package let labels: [Int]
    /// The counts at each threshold. Shape: [labels, 101].
    package let counts: [[Counts]]

    /// Nil for a multiclass task, in which nothing is thresholded.
    ///
    /// - Precondition: `gold` and `probabilities` have equally many rows, of the kind that `labelSpace` says.
    package init?(gold: Targets, probabilities: Probabilities, labelSpace: LabelSpace) {
        switch labelSpace.kind {
        case .multiclass: return nil
        case .binary: labels = [1]
        case .multilabel: labels = Array(labelSpace.names.indices)
        }
        let N = gold.count
        let indicators = gold.indicators(labelCount: labelSpace.count)
        let within = ThresholdGrid(gold: indicators, probabilities: probabilities)
            .counts(weights: Array(repeating: 1, count: N))
        var counts = labels.map { label in
            var none = Counts()
            none.gold = within[label][0].gold
            var (every, certain) = (none, none)
            (every.predicted, every.truePositives) = (N, none.gold)
            for row in 0..<N where probabilities[row, label] >= 1 {
                certain.predicted += 1
                if indicators[row, label] { certain.truePositives += 1 }
            }
            return [every] + within[label] + [certain]
        }
        // Two classes are decided at 0.5 by which of them is the more probable.
        if labelSpace.kind == .binary {
            let decided = Tally(
                gold: gold, predicted: probabilities.decisions(kind: .binary), labelSpace: labelSpace)
            counts[0][ThresholdCounts.half] = decided.labels[1]
        }
        self.counts = counts
    }

    /// The counts of all labels together, which micro averages are made of.
    /// - Parameter place: Of the threshold among `thresholds`.
    package func sum(at place: Int) -> Counts {
        var sum = Counts()
        for label in counts { sum += label[place] }
        return sum
    }
}
