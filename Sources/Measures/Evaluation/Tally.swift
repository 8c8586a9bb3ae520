import Labels

/// Everything a scorecard is computed from, counted in one pass over gold labels and predictions.
package struct Tally: Sendable {
    /// N.
    package let rowCount: Int
    /// Rows whose predicted labels are exactly the gold ones.
    package private(set) var exactRows = 0
    /// Counts of each label over all rows. Shape: [K].
    package private(set) var labels: [Counts]
    /// Counts of each row over all labels. Shape: [N] if multilabel, else empty.
    package private(set) var rows: [Counts] = []
    /// Binary and multiclass: K x K counts, a row for each gold label and a column for each predicted one.
    /// Multilabel: for each of the K labels `[TN, FP, FN, TP]`.
    package private(set) var confusionMatrix: [[Int]] = []

    /// - Precondition: `gold` and `predicted` have equally many rows, are classes (binary, multiclass) or sets
    ///   (multilabel) as `labelSpace` says, and name no label outside it.
    package init(gold: Targets, predicted: Targets, labelSpace: LabelSpace) {
        precondition(gold.count == predicted.count, "as many predictions as gold rows")
        rowCount = gold.count
        labels = Array(repeating: Counts(), count: labelSpace.count)
        switch (labelSpace.kind, gold, predicted) {
        case (.binary, .classes(let gold), .classes(let predicted)),
            (.multiclass, .classes(let gold), .classes(let predicted)):
            count(gold, predicted)
        case (.multilabel, .sets(let gold), .sets(let predicted)):
            count(gold, predicted)
        default:
            preconditionFailure("classes for a single-label task, sets for a multilabel one")
        }
    }

    private mutating func count(_ gold: [Int], _ predicted: [Int]) {
        let K = labels.count
        var cells = Array(repeating: 0, count: K * K)
        for (g, p) in zip(gold, predicted) {
            precondition(0..<K ~= g && 0..<K ~= p, "a label of the label space")
            cells[g * K + p] += 1
        }
        for g in 0..<K {
            for p in 0..<K {
                labels[g].gold += cells[g * K + p]
                labels[p].predicted += cells[g * K + p]
            }
            labels[g].truePositives = cells[g * K + g]
            exactRows += cells[g * K + g]
        }
        confusionMatrix = (0..<K).map { Array(cells[$0 * K..<($0 + 1) * K]) }
    }

    private mutating func count(_ gold: IndicatorMatrix, _ predicted: IndicatorMatrix) {
        let K = labels.count
        precondition(gold.labelCount == K && predicted.labelCount == K, "a column for each label")
        let (isGold, isPredicted) = (gold.values, predicted.values)
        rows.reserveCapacity(rowCount)
        for row in 0..<rowCount {
            var counts = Counts()
            for label in 0..<K {
                let (g, p) = (isGold[row * K + label], isPredicted[row * K + label])
                guard g || p else { continue }
                if g {
                    counts.gold += 1
                    labels[label].gold += 1
                }
                if p {
                    counts.predicted += 1
                    labels[label].predicted += 1
                }
                if g && p {
                    counts.truePositives += 1
                    labels[label].truePositives += 1
                }
            }
            if counts.gold == counts.truePositives && counts.predicted == counts.truePositives {
                exactRows += 1
            }
            rows.append(counts)
        }
        confusionMatrix = labels.map { label in
            let (fp, fn, tp) = (label.falsePositives, label.falseNegatives, label.truePositives)
            return [rowCount - fp - fn - tp, fp, fn, tp]
        }
    }
}
