import DeterministicWork
import Labels

/// Thresholds that were tuned on validation, with how much they vary over resamples of it.
public struct TunedThresholds: Equatable, Sendable {
    /// A threshold with the 5th and the 95th percentile of what resamples of validation choose.
    public struct Choice: Codable, Equatable, Sendable {
        public let threshold: Double
        public let low: Double
        public let high: Double
    }

    /// The one threshold of all labels; of the positive label in a binary task.
    public let global: Choice
    /// One for each label; empty in a binary task. Shape: [K].
    public let perLabel: [Choice]
    /// The labels with too few gold rows, which took the global threshold.
    public let fallbacks: [Int]

    /// - Parameters:
    ///   - gold: Of the validation rows: classes of a binary task, or sets.
    ///   - seed: Of the resamples.
    ///   - labelSpace: Needed where the objective is of one label or of costs.
    public init(
        gold: Targets, probabilities: Probabilities, options: ThresholdOptions, seed: UInt64,
        labelSpace: LabelSpace? = nil
    ) {
        let tuning = Tuning(
            gold: gold, probabilities: probabilities, options: options, labelSpace: labelSpace)
        let N = gold.count
        let chosen = tuning.choose(weights: Array(repeating: 1, count: N))
        let draws = parallelMap(N == 0 ? 0 : options.draws, blockSize: 4) { draw in
            var random = RandomStream(seed: seed, for: .thresholdBootstrap(draw: draw))
            var weights = [UInt16](repeating: 0, count: N)
            for _ in 0..<N { weights[random.next(below: N)] += 1 }
            return tuning.choose(weights: weights)
        }
        func choice(_ threshold: (Tuning.Chosen) -> Double) -> Choice {
            let drawn = draws.map(threshold).sorted()
            return Choice(
                threshold: threshold(chosen), low: quantile(0.05, ofSorted: drawn) ?? threshold(chosen),
                high: quantile(0.95, ofSorted: drawn) ?? threshold(chosen))
        }
        global = choice(\.global)
        perLabel = chosen.perLabel.indices.map { label in choice { $0.perLabel[label] } }
        fallbacks = tuning.fallbacks
    }

    /// The thresholds of a rule. Shape: [K]; the first of a binary task is what the positive label's leaves.
    public func thresholds(_ rule: ThresholdRule, labelSpace: LabelSpace) -> [Double] {
        if let fixed = rule.fixedThresholds(labelSpace) { return fixed }
        let one = global.threshold
        if labelSpace.kind == .binary { return [1 - one, one] }
        return rule == .perLabel
            ? perLabel.map(\.threshold) : Array(repeating: one, count: labelSpace.count)
    }
}

/// The search itself.
private struct Tuning: Sendable {
    struct Chosen: Sendable {
        let global: Double
        let perLabel: [Double]
    }

    let grid: ThresholdGrid
    let objective: MetricName
    /// The label that the objective is of alone.
    let objectiveLabel: Int?
    /// What a gold and a predicted class of two cost together.
    let costs: [[Double]]?
    /// A binary task has one column, that of its positive label.
    let isBinary: Bool
    /// Labels with too few gold rows.
    let fallbacks: [Int]

    init(
        gold: Targets, probabilities: Probabilities, options: ThresholdOptions, labelSpace: LabelSpace?
    ) {
        objectiveLabel = options.objective?.label.flatMap { labelSpace?.names.firstIndex(of: $0) }
        costs = labelSpace?.costs
        switch gold {
        case .classes(let classes):
            objective = options.objective(for: .binary)
            isBinary = true
            fallbacks = []
            grid = ThresholdGrid(
                gold: IndicatorMatrix(labelCount: 1, values: classes.map { $0 == 1 }),
                probabilities: Probabilities(
                    labelCount: 1, values: classes.indices.map { probabilities[$0, 1] }))
        case .sets(let sets):
            objective = options.objective(for: .multilabel)
            isBinary = false
            fallbacks = sets.columnCounts.enumerated().filter { $1 < options.minSupport }.map(\.offset)
            grid = ThresholdGrid(gold: sets, probabilities: probabilities)
        }
    }

    func choose(weights: [UInt16]) -> Chosen {
        let counts = grid.counts(weights: weights)
        let N = weights.reduce(0) { $0 + Int($1) }
        let global = best { index in
            let labels = counts.map { $0[index] }
            return value(isBinary ? [complement(labels[0], N), labels[0]] : labels)
        }
        let perLabel = counts.indices.map { label in
            fallbacks.contains(label) ? global : best { counts[label][$0].f1 }
        }
        return Chosen(global: global, perLabel: isBinary ? [] : perLabel)
    }

    /// The threshold of the greatest score; of equals the one nearest to 0.5, the lower of two. 0.5 where a score is
    /// undefined: then no row is gold, and no threshold is right.
    private func best(_ score: (Int) -> Double?) -> Double {
        let thresholds = ThresholdGrid.thresholds
        let scores = thresholds.indices.compactMap { score($0) }
        if scores.count < thresholds.count { return 0.5 }
        return zip(scores, thresholds).map { (score: $0, threshold: $1) }.max { a, b in
            (a.score, -abs(a.threshold - 0.5), -a.threshold) < (
                b.score, -abs(b.threshold - 0.5), -b.threshold
            )
        }?.threshold ?? 0.5
    }

    private func value(_ labels: [Counts]) -> Double? {
        switch objective {
        case .f1Of: objectiveLabel.flatMap { labels[$0].f1 }
        case .meanCost: costs.map { -meanCost(labels, $0) }
        case .f1Macro: Average(labels.map(\.f1)).value
        case .f1Weighted: Average(labels.map(\.f1), weights: labels.map(\.gold)).value
        default: labels.reduce(into: Counts(), +=).f1
        }
    }

    /// Of two classes, the positive one second.
    private func meanCost(_ labels: [Counts], _ costs: [[Double]]) -> Double {
        let (negative, positive) = (labels[0], labels[1])
        let sum =
            costs[0][0] * Double(negative.truePositives) + costs[0][1] * Double(positive.falsePositives)
            + costs[1][0] * Double(positive.falseNegatives) + costs[1][1] * Double(positive.truePositives)
        return sum / Double(max(1, negative.gold + positive.gold))
    }

    /// The counts of the other class of a binary task.
    private func complement(_ positive: Counts, _ N: Int) -> Counts {
        var other = Counts()
        other.gold = N - positive.gold
        other.predicted = N - positive.predicted
        other.truePositives = N - positive.gold - positive.predicted + positive.truePositives
        return other
    }
}
