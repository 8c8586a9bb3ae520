import Labels

/// A metric as a function of counts alone, for resamples: the formulas of `Scorecard` without its arrays.
struct CountScore: Sendable {
    private enum Ratio { case f1, precision, recall }
    private enum Form {
        case exact, hamming, rowF1, rowJaccard
        case positive(Ratio), micro(Ratio), macro(Ratio), defined(Ratio), weighted(Ratio)
    }

    private let form: Form

    /// Nil for a metric that is no function of these counts.
    init?(_ metric: MetricName) {
        switch metric {
        case .accuracy, .subsetAccuracy: form = .exact
        case .hammingLoss: form = .hamming
        case .f1Samples: form = .rowF1
        case .jaccardSamples: form = .rowJaccard
        case .f1: form = .positive(.f1)
        case .precision: form = .positive(.precision)
        case .recall: form = .positive(.recall)
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
        case .positive(let ratio):
            let (top, bottom) = parts(ratio, sums, gold, 1)
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
    /// Whether intervals and tests are to be had for it.
    public var isResampled: Bool { CountScore(self) != nil }
}
