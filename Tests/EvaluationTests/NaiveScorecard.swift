import Evaluation
import Labels

/// The definitions of the metrics, cell by cell and without haste: the twin that `Scorecard` must agree with.
struct NaiveScorecard {
    let gold: [Set<Int>]
    let predicted: [Set<Int>]
    let K: Int
    let kind: LabelKind

    init(gold: Targets, predicted: Targets, labelSpace: LabelSpace) {
        self.gold = (0..<gold.count).map { Set(gold.labels(ofRow: $0)) }
        self.predicted = (0..<predicted.count).map { Set(predicted.labels(ofRow: $0)) }
        K = labelSpace.count
        kind = labelSpace.kind
    }

    private typealias Cell = (row: Int, label: Int)

    /// precision, recall, F1 or Jaccard over some of the N x K cells; nil for 0 / 0.
    private func score(_ name: String, over cells: [Cell]) -> Double? {
        func count(_ isGold: Bool, _ isPredicted: Bool) -> Double {
            Double(
                cells.filter {
                    gold[$0.row].contains($0.label) == isGold
                        && predicted[$0.row].contains($0.label) == isPredicted
                }.count)
        }
        let (tp, fp, fn) = (count(true, true), count(false, true), count(true, false))
        let value =
            switch name {
            case "precision": tp / (tp + fp)
            case "recall": tp / (tp + fn)
            case "f1": 2 * tp / (2 * tp + fp + fn)
            default: tp / (tp + fp + fn)
            }
        return value.isNaN ? nil : value
    }

    private func mean(_ values: [Double?], undefinedAs filler: Double?) -> Double? {
        if values.allSatisfy({ $0 == nil }) { return nil }
        let kept = values.compactMap { $0 ?? filler }
        return kept.reduce(0, +) / Double(kept.count)
    }

    /// Pearson's correlation of the one-hot cells of gold and predictions, each label's centred on its share; and
    /// kappa of observed and expected agreement.
    private func agreement(_ metric: MetricName) -> Double? {
        let N = Double(gold.count)
        func share(_ side: [Set<Int>], _ label: Int) -> Double {
            Double(side.filter { $0.contains(label) }.count) / N
        }
        let observed = Double((0..<gold.count).filter { gold[$0] == predicted[$0] }.count) / N
        let expected = (0..<K).map { share(gold, $0) * share(predicted, $0) }.reduce(0, +)
        if metric == .cohenKappa {
            return expected >= 1 || gold.isEmpty ? nil : (observed - expected) / (1 - expected)
        }
        func spread(_ side: [Set<Int>]) -> Double {
            1 - (0..<K).map { share(side, $0) * share(side, $0) }.reduce(0, +)
        }
        let product = spread(gold) * spread(predicted)
        return product > 1e-12 ? (observed - expected) / product.squareRoot() : nil
    }

    /// The chance that a cell which is gold is ranked above one which is not, by whether they are predicted; a tie is half.
    private func area(over cells: [Cell]) -> Double? {
        func ranks(_ isGold: Bool) -> [Int] {
            cells.filter { gold[$0.row].contains($0.label) == isGold }
                .map { predicted[$0.row].contains($0.label) ? 1 : 0 }
        }
        func share(_ ranks: [Int], _ rank: Int) -> Double {
            Double(ranks.filter { $0 == rank }.count) / Double(ranks.count)
        }
        let (having, lacking) = (ranks(true), ranks(false))
        if having.isEmpty || lacking.isEmpty { return nil }
        let tied = share(having, 0) * share(lacking, 0) + share(having, 1) * share(lacking, 1)
        return share(having, 1) * share(lacking, 0) + tied / 2
    }

    /// The value of any metric by its definition.
    func value(of metric: MetricName) -> Double? {
        let N = gold.count
        if !metric.applies(to: kind) || metric.needsProbabilities { return nil }
        let rows = (0..<N).map { row in (0..<K).map { Cell(row, $0) } }
        let labels = (0..<K).map { label in (0..<N).map { Cell($0, label) } }
        let parts = metric.rawValue.split(separator: "_", maxSplits: 1).map(String.init)
        switch metric {
        case .accuracy, .subsetAccuracy:
            return N == 0 ? nil : Double((0..<N).filter { gold[$0] == predicted[$0] }.count) / Double(N)
        case .hammingLoss:
            let wrong = (0..<N).map { gold[$0].symmetricDifference(predicted[$0]).count }.reduce(0, +)
            return N == 0 ? nil : Double(wrong) / Double(N * K)
        case .balancedAccuracy:
            return mean(labels.map { score("recall", over: $0) }, undefinedAs: nil)
        case .matthewsCorrcoef, .cohenKappa:
            return agreement(metric)
        case .rocAUCMicroDecided:
            return area(over: labels.flatMap { $0 })
        case .rocAUCMacroDecided:
            return mean(labels.map { area(over: $0) }, undefinedAs: nil)
        case .f1, .precision, .recall:
            return score(parts[0], over: labels[1])
        default:
            break
        }
        let perLabel = labels.map { score(parts[0], over: $0) }
        switch parts[1] {
        case "micro": return score(parts[0], over: labels.flatMap { $0 })
        case "macro": return mean(perLabel, undefinedAs: 0)
        case "macro_defined": return mean(perLabel, undefinedAs: nil)
        case "samples": return mean(rows.map { score(parts[0], over: $0) }, undefinedAs: 0)
        default:
            // Weighted: each gold label of each row brings the score of its label.
            let scores = gold.flatMap { row in row.map { perLabel[$0] } }
            if perLabel.allSatisfy({ $0 == nil }) { return nil }
            return scores.isEmpty ? 0 : mean(scores, undefinedAs: 0) ?? 0
        }
    }
}
