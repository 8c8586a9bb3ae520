import Labels

/// What the metrics of some rows are computed from; what several of them need is computed once.
final class ScoreParts {
    typealias Value = MetricRow.Value

    let tally: Tally
    let labelSpace: LabelSpace
    let probabilityScores: ProbabilityScores?

    init(tally: Tally, probabilityScores: ProbabilityScores?, labelSpace: LabelSpace) {
        self.tally = tally
        self.probabilityScores = probabilityScores
        self.labelSpace = labelSpace
    }

    /// N.
    private var rowCount: Int { tally.rowCount }
    /// The counts of all cells together.
    private lazy var whole = tally.labels.reduce(into: Counts(), +=)
    private lazy var averages: [CountRatio: Average] = [:]
    lazy var agreement = Agreement(confusionMatrix: tally.confusionMatrix)

    // Of decided labels.

    var accuracy: Value { Value(ratio(tally.exactRows, rowCount)) }

    var hammingLoss: Value {
        Value(ratio(whole.falsePositives + whole.falseNegatives, rowCount * labelSpace.count))
    }

    /// Of the second of two labels.
    func positive(_ ratio: CountRatio) -> Value { Value(ratio.of(tally.labels[1])) }

    func micro(_ ratio: CountRatio) -> Value { Value(ratio.of(whole)) }

    func macro(_ ratio: CountRatio) -> Value {
        let average = average(ratio)
        return Value(average.value, undefined: average.undefined)
    }

    func macroDefined(_ ratio: CountRatio) -> Value { Value(average(ratio).defined) }

    func weighted(_ ratio: CountRatio) -> Value {
        let average = Average(tally.labels.map(ratio.of), weights: tally.labels.map(\.gold))
        return Value(average.value, undefined: average.undefined)
    }

    func samples(_ ratio: CountRatio) -> Value {
        let average = Average(tally.rows.map(ratio.of))
        return Value(average.value, undefined: average.undefined)
    }

    var balancedAccuracy: Value {
        Value(average(.recall).defined, undefined: average(.recall).undefined)
    }

    func weightedKappa(_ weight: (_ gold: Int, _ predicted: Int) -> Double) -> Value {
        Value(Agreement.weightedKappa(tally.confusionMatrix, weight: weight))
    }

    /// The mean of what each row's gold and predicted label give.
    func meanOverRows(_ value: (_ gold: Int, _ predicted: Int) -> Double) -> Value {
        let C = tally.confusionMatrix
        let N = C.reduce(0) { $0 + $1.reduce(0, +) }
        if N == 0 { return Value(nil) }
        var sum = 0.0
        for i in C.indices { for j in C.indices where C[i][j] > 0 { sum += value(i, j) * Double(C[i][j]) } }
        return Value(sum / Double(N))
    }

    var meanCost: Value {
        guard let costs = labelSpace.costs else { return Value(nil) }
        return meanOverRows { costs[$0][$1] }
    }

    var rocAUCMicroDecided: Value { Value(whole.rocAUC(cellCount: rowCount * labelSpace.count)) }

    var rocAUCMacroDecided: Value {
        let areas = Average(tally.labels.map { $0.rocAUC(cellCount: rowCount) })
        return Value(areas.defined, undefined: areas.undefined)
    }

    private func average(_ ratio: CountRatio) -> Average {
        if let known = averages[ratio] { return known }
        let average = Average(tally.labels.map(ratio.of))
        averages[ratio] = average
        return average
    }

    // Of probabilities.

    /// Of the rankings' first k places.
    func top(_ k: Int, _ value: (TopLabels) -> Double?) -> Value {
        Value(probabilityScores?.top.first { $0.k == k }.flatMap(value))
    }

    func fromProbabilities(_ metric: MetricName) -> Value {
        Value(probabilityScores?.values[metric], undefined: probabilityScores?.undefined[metric])
    }
}

/// A ratio of counts.
enum CountRatio: Sendable {
    case f1, precision, recall, jaccard

    /// nil for 0 / 0.
    func of(_ counts: Counts) -> Double? {
        switch self {
        case .f1: counts.f1
        case .precision: counts.precision
        case .recall: counts.recall
        case .jaccard: counts.jaccard
        }
    }
}
