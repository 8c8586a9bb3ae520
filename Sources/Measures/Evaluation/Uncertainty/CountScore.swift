import Labels

/// A metric as a function of counts, and of sums over rows, for resamples: the formulas of `Scorecard` without its arrays.
struct CountScore: Sendable {
    enum Form: Sendable {
        case exact, hamming, rowF1, rowJaccard, rankDistance, cost, logLoss, brier, matthews, cohenKappa
        case kappa(isQuadratic: Bool)
        /// Of the k most probable labels.
        case top(TopMeasure, _ k: Int)
        /// Of the label that the metric names, else of the second of two.
        case oneLabel(CountRatio)
        case micro(CountRatio), macro(CountRatio), defined(CountRatio), weighted(CountRatio)
    }

    private let form: Form
    /// Which label `oneLabel` is of.
    private let label: Int

    /// Nil for a metric that is no function of these counts and sums, or that the task does not have.
    init?(_ metric: MetricName, labelSpace: LabelSpace) {
        guard let form = metric.row.resampled, metric.applies(to: labelSpace) else { return nil }
        self.form = form
        label = metric.label.flatMap(labelSpace.names.firstIndex) ?? 1
    }

    /// NaN where the metric is undefined.
    ///
    /// - Parameters:
    ///   - gold: Gold rows of each label in the resample. Shape: [K].
    ///   - N: Its rows.
    func value(_ sums: CountSums, gold: [Int], N: Int) -> Double {
        let K = gold.count
        switch form {
        case .exact: return Double(sums.lists[2 * K]) / Double(N)
        case .rowF1: return sums.f1 / Double(N)
        case .rowJaccard: return sums.jaccard / Double(N)
        case .logLoss: return sums.logLoss / Double(N)
        case .brier: return sums.squaredDistance / Double(N)
        case .top(let measure, let k): return sums.top(measure, k) / Double(N)
        case .matthews, .cohenKappa: return agreement(sums, gold: gold, N: Double(N))
        case .rankDistance: return sums.rankDistance / Double(N)
        case .cost: return sums.cost / Double(N)
        case .kappa(let isQuadratic):
            let predicted = (0..<K).map { sums.lists[2 * $0 + 1] }
            return Agreement.weightedKappa(
                observed: isQuadratic ? sums.squaredRankDistance : sums.rankDistance, gold: gold,
                predicted: predicted
            ) { isQuadratic ? Double(($0 - $1) * ($0 - $1)) : Double(abs($0 - $1)) } ?? .nan
        case .oneLabel(let ratio):
            let (top, bottom) = parts(ratio, sums, gold, label)
            return Double(top) / Double(bottom)
        case .hamming:
            var wrong = 0
            for k in 0..<K { wrong += gold[k] + sums.lists[2 * k + 1] - 2 * sums.lists[2 * k] }
            return Double(wrong) / Double(N * K)
        case .micro(let ratio):
            var (top, bottom) = (0, 0)
            for k in 0..<K {
                let part = parts(ratio, sums, gold, k)
                top += part.top
                bottom += part.bottom
            }
            return Double(top) / Double(bottom)
        case .macro(let ratio), .defined(let ratio), .weighted(let ratio):
            var (sum, weighted) = (0.0, 0.0)
            var (defined, support) = (0, 0)
            for k in 0..<K {
                let (top, bottom) = parts(ratio, sums, gold, k)
                support += gold[k]
                if bottom == 0 { continue }
                let value = Double(top) / Double(bottom)
                defined += 1
                sum += value
                weighted += value * Double(gold[k])
            }
            if defined == 0 { return .nan }
            if case .defined = form { return sum / Double(defined) }
            if case .weighted = form, support > 0 { return weighted / Double(support) }
            return sum / Double(K)
        }
    }

    /// Matthews' correlation or Cohen's kappa, from the right rows and from the rows of each class in gold and predictions.
    private func agreement(_ sums: CountSums, gold: [Int], N: Double) -> Double {
        let K = gold.count
        let right = Double(sums.lists[2 * K])
        var (byChance, goldSquares, predictedSquares) = (0.0, 0.0, 0.0)
        for k in 0..<K {
            let (own, predicted) = (Double(gold[k]), Double(sums.lists[2 * k + 1]))
            byChance += own * predicted
            goldSquares += own * own
            predictedSquares += predicted * predicted
        }
        if case .cohenKappa = form { return (right * N - byChance) / (N * N - byChance) }
        return (right * N - byChance)
            / ((N * N - goldSquares) * (N * N - predictedSquares)).squareRoot()
    }

    private func parts(
        _ ratio: CountRatio, _ sums: CountSums, _ gold: [Int], _ k: Int
    ) -> (top: Int, bottom: Int) {
        let (truePositives, predicted) = (sums.lists[2 * k], sums.lists[2 * k + 1])
        return switch ratio {
        case .f1: (2 * truePositives, predicted + gold[k])
        case .precision: (truePositives, predicted)
        case .recall: (truePositives, gold[k])
        case .jaccard: (truePositives, predicted + gold[k] - truePositives)
        }
    }
}
