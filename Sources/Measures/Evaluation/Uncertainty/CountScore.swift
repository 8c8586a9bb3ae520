import Labels

/// A metric as a function of counts, and of sums over rows, for resamples: the formulas of `Scorecard` without its arrays.
struct CountScore: Sendable {
    private enum Ratio { case f1, precision, recall }
    private enum Form {
        case exact, hamming, rowF1, rowJaccard, rankDistance, cost, logLoss, brier, matthews, cohenKappa
        case kappa(isQuadratic: Bool)
        case label(Ratio, Int), micro(Ratio), macro(Ratio), defined(Ratio), weighted(Ratio)
    }

    private let form: Form

    /// Nil for a metric that is no function of these counts and sums, or that the task does not have.
    /// - Parameter labelSpace: Nil where only metrics of every task are asked about.
    init?(_ metric: MetricName, labelSpace: LabelSpace?) {
        func label(_ name: String, _ ratio: Ratio) -> Form? {
            labelSpace?.names.firstIndex(of: name).map { .label(ratio, $0) }
        }
        switch metric {
        case .f1Of(let name):
            guard let of = label(name, .f1) else { return nil }
            form = of
        case .precisionOf(let name):
            guard let of = label(name, .precision) else { return nil }
            form = of
        case .recallOf(let name):
            guard let of = label(name, .recall) else { return nil }
            form = of
        case .cohenKappaLinear where labelSpace?.isOrdinal == true: form = .kappa(isQuadratic: false)
        case .cohenKappaQuadratic where labelSpace?.isOrdinal == true: form = .kappa(isQuadratic: true)
        case .meanAbsoluteError where labelSpace?.isOrdinal == true: form = .rankDistance
        case .meanCost where labelSpace?.costs != nil: form = .cost
        case .accuracy, .subsetAccuracy: form = .exact
        case .hammingLoss: form = .hamming
        case .f1Samples: form = .rowF1
        case .jaccardSamples: form = .rowJaccard
        case .logLoss: form = .logLoss
        case .brierScore: form = .brier
        case .matthewsCorrcoef: form = .matthews
        case .cohenKappa: form = .cohenKappa
        case .f1: form = .label(.f1, 1)
        case .precision: form = .label(.precision, 1)
        case .recall: form = .label(.recall, 1)
        case .f1Micro: form = .micro(.f1)
        case .precisionMicro: form = .micro(.precision)
        case .recallMicro: form = .micro(.recall)
        case .f1Macro: form = .macro(.f1)
        case .precisionMacro: form = .macro(.precision)
        case .recallMacro: form = .macro(.recall)
        case .f1MacroDefined: form = .defined(.f1)
        case .precisionMacroDefined: form = .defined(.precision)
        case .recallMacroDefined, .balancedAccuracy: form = .defined(.recall)
        case .f1Weighted: form = .weighted(.f1)
        case .precisionWeighted: form = .weighted(.precision)
        case .recallWeighted: form = .weighted(.recall)
        default: return nil
        }
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
        case .matthews, .cohenKappa: return agreement(sums, gold: gold, N: Double(N))
        case .rankDistance: return sums.rankDistance / Double(N)
        case .cost: return sums.cost / Double(N)
        case .kappa(let isQuadratic):
            let predicted = (0..<K).map { sums.lists[2 * $0 + 1] }
            return Agreement.weightedKappa(
                observed: isQuadratic ? sums.squaredRankDistance : sums.rankDistance, gold: gold,
                predicted: predicted
            ) { isQuadratic ? Double(($0 - $1) * ($0 - $1)) : Double(abs($0 - $1)) } ?? .nan
        case .label(let ratio, let label):
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
            switch form {
            case .defined: return sum / Double(defined)
            case .weighted where support > 0: return weighted / Double(support)
            default: return sum / Double(K)
            }
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
        _ ratio: Ratio, _ sums: CountSums, _ gold: [Int], _ k: Int
    ) -> (top: Int, bottom: Int) {
        let (truePositives, predicted) = (sums.lists[2 * k], sums.lists[2 * k + 1])
        return switch ratio {
        case .f1: (2 * truePositives, predicted + gold[k])
        case .precision: (truePositives, predicted)
        case .recall: (truePositives, gold[k])
        }
    }
}

extension MetricName {
    /// Whether intervals and tests are to be had for it, in tasks that have it.
    public var isResampled: Bool {
        switch self {
        case .cohenKappaLinear, .cohenKappaQuadratic, .meanAbsoluteError, .meanCost, .f1Of, .precisionOf,
            .recallOf:
            true
        default: CountScore(self, labelSpace: nil) != nil
        }
    }
}
