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
    private(set) var values: [MetricName: Double]
    /// Whether it holds the metrics that need probabilities.
    public let hasProbabilities: Bool

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

    /// Scores `predicted` against `gold`.
    ///
    /// - Parameter probabilities: What the labels were decided from, if anything. Shape: [N, K].
    /// - Precondition: `gold` and `predicted` have equally many rows, are classes (binary, multiclass) or sets
    ///   (multilabel) as `labelSpace` says, and name no label outside it.
    public init(
        gold: Targets, predicted: Targets, probabilities: Probabilities? = nil, labelSpace: LabelSpace
    ) {
        let tally = Tally(gold: gold, predicted: predicted, labelSpace: labelSpace)
        let scores = probabilities.map {
            ProbabilityScores(gold: gold, probabilities: $0, labelSpace: labelSpace)
        }
        let parts = ScoreParts(tally: tally, probabilityScores: scores, labelSpace: labelSpace)
        var values: [MetricName: Double] = [:]
        var undefined: [MetricName: Int] = [:]
        for metric in MetricName.allCases where metric.applies(to: labelSpace) {
            let row = metric.row
            if row.needsProbabilities && scores == nil { continue }
            let found = row.value?(parts)
            values[metric] = found?.value
            undefined[metric] = found?.undefined
        }

        kind = labelSpace.kind
        isOrdinal = labelSpace.isOrdinal
        hasCosts = labelSpace.costs != nil
        support = tally.rowCount
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
    }

    init(
        kind: LabelKind, isOrdinal: Bool, hasCosts: Bool, support: Int, emptyRows: Int?,
        undefined: [MetricName: Int], perLabel: [LabelScore],
        confusionMatrix: [[Int]], values: [MetricName: Double], hasProbabilities: Bool
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
    }

    /// Whether it has the metric, be it undefined. nDCG at k, which earlier versions did not compute, it has where it is defined.
    public func has(_ metric: MetricName) -> Bool {
        if Scorecard.gains.contains(metric) { return values[metric] != nil }
        let row = metric.row
        return (hasProbabilities || !row.needsProbabilities)
            && row.tasks.include(
                kind: kind, isOrdinal: isOrdinal, hasCosts: hasCosts, labels: perLabel.map(\.label))
    }
}

extension Scorecard {
    /// Metrics that earlier versions did not compute.
    static let gains: [MetricName] = [.ndcgAt1, .ndcgAt3, .ndcgAt5]

    /// The same without what the version that made another one did not compute.
    package func limited(to other: Scorecard) -> Scorecard {
        var card = self
        for metric in Scorecard.gains where !other.has(metric) { card.values[metric] = nil }
        return card
    }
}
