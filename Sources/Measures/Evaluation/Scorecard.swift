import Labels

/// How well predictions agree with gold labels: every metric that decided labels give and, where there are
/// probabilities, those that these give.
///
/// Formulas stand at `MetricName`. Labels are all K of the label space, whether they occur or not, as with
/// scikit-learn's `labels=` naming all of them; it is the reference for every number.
///
/// **Zero division.** A ratio 0 / 0 is undefined, and there are two honest things to do with it in an average. Both
/// are here:
///
/// - `*_macro`, `*_weighted`, `*_samples` count it as 0, scikit-learn's default (`zero_division=0`), because these
///   are the figures that people compare. `undefined` says how many labels (of `*_samples`: rows) were counted so.
/// - `*_macro_defined` leaves it out (`zero_division=np.nan`), and so do the macro averages of what probabilities
///   give and of the areas under ROC curves, since a ranking without gold rows is neither good nor bad; `undefined`
///   says how many labels those leave out.
///
/// Whatever is undefined as a whole is nil, never 0: a single ratio 0 / 0 (per label, micro, or of the positive
/// label), an average in which nothing is defined, everything when N = 0. That is where scikit-learn gives NaN with
/// `zero_division=np.nan`.
///
/// In JSON every key that applies to the kind of task is present, undefined values as `null`. Foundation's
/// `JSONEncoder` keeps no order of keys unless told to: encode with `.sortedKeys` for the same bytes every time.
public struct Scorecard: Equatable, Sendable {
    /// Binary, multiclass or multilabel; decides which metrics there are.
    public let kind: LabelKind
    /// N, the number of rows.
    public let support: Int
    /// Rows for which no label was predicted; nil unless multilabel.
    public let emptyRows: Int?
    /// How many undefined values each average counts as 0: labels, or rows for `*_samples`. In `*_weighted` labels
    /// without weight are not among them.
    public let undefined: [MetricName: Int]
    /// One for each label, in the order of the label space.
    public let perLabel: [LabelScore]
    /// Binary and multiclass: K x K counts, a row for each gold label and a column for each predicted one.
    /// Multilabel: for each of the K labels `[TN, FP, FN, TP]`.
    public let confusionMatrix: [[Int]]
    /// The defined ones of the metrics that apply.
    let values: [MetricName: Double]
    /// Whether it holds the metrics that need probabilities.
    public let hasProbabilities: Bool
    /// Multilabel, with probabilities: the mean share of gold labels among the k most probable ones of a row (equals
    /// in the order of the label space), by k.
    public let precisionAtK: [Int: Double]

    /// Whether it holds the metrics of labels in an order.
    public let isOrdinal: Bool
    /// Whether it holds the mean cost.
    public let hasCosts: Bool

    /// The metric's value; nil where it is undefined or does not apply to this kind of task.
    public subscript(metric: MetricName) -> Double? {
        switch metric {
        case .f1Of(let label): score(of: label)?.f1
        case .precisionOf(let label): score(of: label)?.precision
        case .recallOf(let label): score(of: label)?.recall
        default: values[metric]
        }
    }

    private func score(of label: String) -> LabelScore? { perLabel.first { $0.label == label } }

    /// The mean over the rows of a confusion matrix; nil without rows.
    private static func mean(_ C: [[Int]], _ value: (_ gold: Int, _ predicted: Int) -> Double) -> Double? {
        let N = C.reduce(0) { $0 + $1.reduce(0, +) }
        if N == 0 { return nil }
        var sum = 0.0
        for i in C.indices { for j in C.indices where C[i][j] > 0 { sum += value(i, j) * Double(C[i][j]) } }
        return sum / Double(N)
    }

    /// Scores `predicted` against `gold`.
    ///
    /// - Parameter probabilities: What the labels were decided from, if anything. Shape: [N, K].
    /// - Precondition: `gold` and `predicted` have equally many rows, are classes (binary, multiclass) or sets
    ///   (multilabel) as `labelSpace` says, and name no label outside it.
    public init(
        gold: Targets, predicted: Targets, probabilities: Probabilities? = nil, labelSpace: LabelSpace
    ) {
        let tally = Tally(gold: gold, predicted: predicted, labelSpace: labelSpace)
        let (N, K) = (tally.rowCount, labelSpace.count)
        let whole = tally.labels.reduce(into: Counts(), +=)
        let weights = tally.labels.map(\.gold)
        var values: [MetricName: Double] = [:]
        var undefined: [MetricName: Int] = [:]

        values[.accuracy] = ratio(tally.exactRows, N)
        for family in Family.all {
            let perLabel = tally.labels.map(family.ratio)
            let macro = Average(perLabel)
            let weighted = Average(perLabel, weights: weights)
            values[family.micro] = family.ratio(whole)
            values[family.macro] = macro.value
            values[family.macroDefined] = macro.defined
            values[family.weighted] = weighted.value
            undefined[family.macro] = macro.undefined
            undefined[family.weighted] = weighted.undefined
            if labelSpace.kind == .binary { values[family.positive] = perLabel[1] }
        }
        if labelSpace.kind == .multilabel {
            values[.subsetAccuracy] = values[.accuracy]
            values[.hammingLoss] = ratio(whole.falsePositives + whole.falseNegatives, N * K)
            let areas = Average(tally.labels.map { $0.rocAUC(cellCount: N) })
            values[.rocAUCMicroDecided] = whole.rocAUC(cellCount: N * K)
            values[.rocAUCMacroDecided] = areas.defined
            undefined[.rocAUCMacroDecided] = areas.undefined
            for (metric, rowRatio) in Scorecard.samplewise {
                let average = Average(tally.rows.map(rowRatio))
                values[metric] = average.value
                undefined[metric] = average.undefined
            }
        } else {
            let agreement = Agreement(confusionMatrix: tally.confusionMatrix)
            values[.balancedAccuracy] = values[.recallMacroDefined]
            undefined[.balancedAccuracy] = undefined[.recallMacro]
            values[.matthewsCorrcoef] = agreement.matthewsCorrcoef
            values[.cohenKappa] = agreement.cohenKappa
            let C = tally.confusionMatrix
            if labelSpace.isOrdinal {
                values[.cohenKappaLinear] = Agreement.weightedKappa(C) { Double(abs($0 - $1)) }
                values[.cohenKappaQuadratic] = Agreement.weightedKappa(C) { Double(($0 - $1) * ($0 - $1)) }
                values[.meanAbsoluteError] = Scorecard.mean(C) { Double(abs($0 - $1)) }
            }
            if let costs = labelSpace.costs { values[.meanCost] = Scorecard.mean(C) { costs[$0][$1] } }
        }
        let scores = probabilities.map {
            ProbabilityScores(gold: gold, probabilities: $0, labelSpace: labelSpace)
        }
        if let scores {
            values.merge(scores.values) { $1 }
            undefined.merge(scores.undefined) { $1 }
        }

        kind = labelSpace.kind
        isOrdinal = labelSpace.isOrdinal
        hasCosts = labelSpace.costs != nil
        support = N
        emptyRows = kind == .multilabel ? tally.rows.count { $0.predicted == 0 } : nil
        perLabel = labelSpace.names.indices.map { label in
            LabelScore(
                label: labelSpace.names[label], counts: tally.labels[label],
                fromProbabilities: scores?.perLabel[label])
        }
        confusionMatrix = tally.confusionMatrix
        self.values = values
        self.undefined = undefined
        hasProbabilities = scores != nil
        precisionAtK = scores?.precisionAtK ?? [:]
    }

    init(
        kind: LabelKind, isOrdinal: Bool, hasCosts: Bool, support: Int, emptyRows: Int?,
        undefined: [MetricName: Int], perLabel: [LabelScore],
        confusionMatrix: [[Int]], values: [MetricName: Double], hasProbabilities: Bool,
        precisionAtK: [Int: Double]
    ) {
        self.kind = kind
        self.isOrdinal = isOrdinal
        self.hasCosts = hasCosts
        self.support = support
        self.emptyRows = emptyRows
        self.undefined = undefined
        self.perLabel = perLabel
        self.confusionMatrix = confusionMatrix
        self.values = values
        self.hasProbabilities = hasProbabilities
        self.precisionAtK = precisionAtK
    }

    /// Whether it has the metric, be it undefined.
    public func has(_ metric: MetricName) -> Bool {
        switch metric {
        case .cohenKappaLinear, .cohenKappaQuadratic, .meanAbsoluteError: isOrdinal
        case .meanCost: hasCosts
        case .f1Of(let label), .precisionOf(let label), .recallOf(let label): score(of: label) != nil
        default: metric.applies(to: kind) && (hasProbabilities || !metric.needsProbabilities)
        }
    }
}

extension Scorecard {
    /// A ratio of counts, and the metrics that it gives when taken of, or averaged over, labels.
    private struct Family: Sendable {
        let ratio: @Sendable (Counts) -> Double?
        let positive, micro, macro, macroDefined, weighted: MetricName

        static let all = [
            Family(
                ratio: { $0.f1 }, positive: .f1, micro: .f1Micro, macro: .f1Macro,
                macroDefined: .f1MacroDefined, weighted: .f1Weighted),
            Family(
                ratio: { $0.precision }, positive: .precision, micro: .precisionMicro, macro: .precisionMacro,
                macroDefined: .precisionMacroDefined, weighted: .precisionWeighted),
            Family(
                ratio: { $0.recall }, positive: .recall, micro: .recallMicro, macro: .recallMacro,
                macroDefined: .recallMacroDefined, weighted: .recallWeighted),
        ]
    }

    /// The metrics that are averaged over rows, and the ratio that each takes of a row's counts.
    private static let samplewise: [(MetricName, @Sendable (Counts) -> Double?)] = [
        (.f1Samples, { $0.f1 }), (.precisionSamples, { $0.precision }), (.recallSamples, { $0.recall }),
        (.jaccardSamples, { $0.jaccard }),
    ]
}
