import Labels

/// All that is known of a metric: a row of the table of metrics.
struct MetricRow: Sendable {
    /// The key in JSON; after scikit-learn's function names.
    let key: String
    /// As people write it: `f1_macro` is macro F1.
    let name: String
    let tasks: MetricTasks
    var direction = MetricName.Direction.higherIsBetter
    /// Whether it is a function of probabilities, not of decided labels.
    var needsProbabilities = false
    /// The least and the greatest value possible.
    var range: ClosedRange<Double> = 0...1
    /// Formula and averaging in a line.
    let definition: String
    /// The same as a function of counts, for resamples; nil where there is none.
    var resampled: CountScore.Form?
    /// Nil for a metric of one label by name, which is read off that label's scores.
    var value: (@Sendable (ScoreParts) -> Value)?

    /// A metric of some rows.
    struct Value: Sendable {
        /// Nil where it is undefined.
        let value: Double?
        /// How many undefined values an average counts as 0 or leaves out; nil where it is no such average.
        let undefined: Int?

        init(_ value: Double?, undefined: Int? = nil) {
            self.value = value
            self.undefined = undefined
        }
    }
}

/// Which tasks have a metric.
enum MetricTasks: Sendable {
    case every, binary, multilabel
    /// Multilabel ones of so many labels at least.
    case severalLabels(atLeast: Int)
    /// Binary and multiclass.
    case singleLabel
    /// Those whose labels have an order.
    case ordinal
    /// Those whose confusions have costs.
    case withCosts
    /// Those with a label of this name.
    case withLabel(String)

    /// Whether a task with these labels has it.
    func include(kind: LabelKind, isOrdinal: Bool, hasCosts: Bool, labels: [String]) -> Bool {
        switch self {
        case .every: true
        case .binary: kind == .binary
        case .multilabel: kind == .multilabel
        case .severalLabels(let count): kind == .multilabel && labels.count >= count
        case .singleLabel: kind != .multilabel
        case .ordinal: isOrdinal
        case .withCosts: hasCosts
        case .withLabel(let name): labels.contains(name)
        }
    }
}

extension MetricName {
    /// The table of metrics. Throughout, TP counts the rows that have a label and were given it, FP those that were given it
    /// without having it, FN those that have it and were not given it. What happens on 0 / 0 is told at `Scorecard`.
    var row: MetricRow {
        switch self {
        case .accuracy:
            MetricRow(
                key: "accuracy", name: "accuracy", tasks: .every,
                definition: "rows whose predicted labels are exactly the gold ones / N",
                resampled: .exact, value: { $0.accuracy })
        case .subsetAccuracy:
            MetricRow(
                key: "subset_accuracy", name: "subset accuracy", tasks: .multilabel,
                definition:
                    "rows whose predicted set of labels is exactly the gold one / N; the same as accuracy",
                resampled: .exact, value: { $0.accuracy })
        case .f1:
            MetricRow(
                key: "f1", name: "F1", tasks: .binary,
                definition: "2 TP / (2 TP + FP + FN) of the positive label",
                resampled: .oneLabel(.f1), value: { $0.positive(.f1) })
        case .f1Micro:
            MetricRow(
                key: "f1_micro", name: "micro F1", tasks: .every,
                definition: "2 TP / (2 TP + FP + FN), the counts summed over labels",
                resampled: .micro(.f1), value: { $0.micro(.f1) })
        case .f1Macro:
            MetricRow(
                key: "f1_macro", name: "macro F1", tasks: .every,
                definition: "mean over labels of 2 TP / (2 TP + FP + FN)",
                resampled: .macro(.f1), value: { $0.macro(.f1) })
        case .f1MacroDefined:
            MetricRow(
                key: "f1_macro_defined", name: "macro defined F1", tasks: .every,
                definition: "f1-macro over the labels that occur in gold or predictions",
                resampled: .defined(.f1), value: { $0.macroDefined(.f1) })
        case .f1Weighted:
            MetricRow(
                key: "f1_weighted", name: "weighted F1", tasks: .every,
                definition: "mean over labels of 2 TP / (2 TP + FP + FN), weighted by gold rows",
                resampled: .weighted(.f1), value: { $0.weighted(.f1) })
        case .f1Samples:
            MetricRow(
                key: "f1_samples", name: "samples F1", tasks: .multilabel,
                definition: "mean over rows of 2 TP / (2 TP + FP + FN), counted over the row's labels",
                resampled: .rowF1, value: { $0.samples(.f1) })
        case .precision:
            MetricRow(
                key: "precision", name: "precision", tasks: .binary,
                definition: "TP / (TP + FP) of the positive label",
                resampled: .oneLabel(.precision), value: { $0.positive(.precision) })
        case .precisionMicro:
            MetricRow(
                key: "precision_micro", name: "micro precision", tasks: .every,
                definition: "TP / (TP + FP), the counts summed over labels",
                resampled: .micro(.precision), value: { $0.micro(.precision) })
        case .precisionMacro:
            MetricRow(
                key: "precision_macro", name: "macro precision", tasks: .every,
                definition: "mean over labels of TP / (TP + FP)",
                resampled: .macro(.precision), value: { $0.macro(.precision) })
        case .precisionMacroDefined:
            MetricRow(
                key: "precision_macro_defined", name: "macro defined precision", tasks: .every,
                definition: "precision-macro over the labels that were predicted at all",
                resampled: .defined(.precision), value: { $0.macroDefined(.precision) })
        case .precisionWeighted:
            MetricRow(
                key: "precision_weighted", name: "weighted precision", tasks: .every,
                definition: "mean over labels of TP / (TP + FP), weighted by gold rows",
                resampled: .weighted(.precision), value: { $0.weighted(.precision) })
        case .precisionSamples:
            MetricRow(
                key: "precision_samples", name: "samples precision", tasks: .multilabel,
                definition: "mean over rows of TP / (TP + FP), counted over the row's labels",
                value: { $0.samples(.precision) })
        case .recall:
            MetricRow(
                key: "recall", name: "recall", tasks: .binary,
                definition: "TP / (TP + FN) of the positive label",
                resampled: .oneLabel(.recall), value: { $0.positive(.recall) })
        case .recallMicro:
            MetricRow(
                key: "recall_micro", name: "micro recall", tasks: .every,
                definition: "TP / (TP + FN), the counts summed over labels",
                resampled: .micro(.recall), value: { $0.micro(.recall) })
        case .recallMacro:
            MetricRow(
                key: "recall_macro", name: "macro recall", tasks: .every,
                definition: "mean over labels of TP / (TP + FN)",
                resampled: .macro(.recall), value: { $0.macro(.recall) })
        case .recallMacroDefined:
            MetricRow(
                key: "recall_macro_defined", name: "macro defined recall", tasks: .every,
                definition: "recall-macro over the labels that have gold rows",
                resampled: .defined(.recall), value: { $0.macroDefined(.recall) })
        case .recallWeighted:
            MetricRow(
                key: "recall_weighted", name: "weighted recall", tasks: .every,
                definition: "mean over labels of TP / (TP + FN), weighted by gold rows",
                resampled: .weighted(.recall), value: { $0.weighted(.recall) })
        case .recallSamples:
            MetricRow(
                key: "recall_samples", name: "samples recall", tasks: .multilabel,
                definition: "mean over rows of TP / (TP + FN), counted over the row's labels",
                value: { $0.samples(.recall) })
        case .hammingLoss:
            MetricRow(
                key: "hamming_loss", name: "hamming loss", tasks: .multilabel, direction: .lowerIsBetter,
                definition: "(FP + FN) / (N x K), the counts summed over labels",
                resampled: .hamming, value: { $0.hammingLoss })
        case .jaccardSamples:
            MetricRow(
                key: "jaccard_samples", name: "samples jaccard", tasks: .multilabel,
                definition: "mean over rows of TP / (TP + FP + FN), counted over the row's labels",
                resampled: .rowJaccard, value: { $0.samples(.jaccard) })
        case .balancedAccuracy:
            MetricRow(
                key: "balanced_accuracy", name: "balanced accuracy", tasks: .singleLabel,
                definition: "mean of TP / (TP + FN) over the labels that have gold rows",
                resampled: .defined(.recall), value: { $0.balancedAccuracy })
        case .matthewsCorrcoef:
            MetricRow(
                key: "matthews_corrcoef", name: "matthews corrcoef", tasks: .singleLabel, range: -1...1,
                definition: "correlation of gold and predicted labels, from -1 to 1",
                resampled: .matthews, value: { .init($0.agreement.matthewsCorrcoef) })
        case .cohenKappa:
            MetricRow(
                key: "cohen_kappa", name: "cohen kappa", tasks: .singleLabel, range: -1...1,
                definition: "(accuracy - accuracy by chance) / (1 - accuracy by chance)",
                resampled: .cohenKappa, value: { .init($0.agreement.cohenKappa) })
        case .cohenKappaLinear:
            MetricRow(
                key: "cohen_kappa_linear", name: "cohen kappa linear", tasks: .ordinal, range: -1...1,
                definition:
                    "1 - sum of w C / sum of w E, C the confusion matrix, E the one by chance, w the distance of labels in their order",
                resampled: .kappa(isQuadratic: false), value: { $0.weightedKappa { Double(abs($0 - $1)) } })
        case .cohenKappaQuadratic:
            MetricRow(
                key: "cohen_kappa_quadratic", name: "cohen kappa quadratic", tasks: .ordinal, range: -1...1,
                definition: "the same as cohen-kappa-linear with w the squared distance",
                resampled: .kappa(isQuadratic: true),
                value: { $0.weightedKappa { Double(($0 - $1) * ($0 - $1)) } })
        case .meanAbsoluteError:
            MetricRow(
                key: "mean_absolute_error", name: "mean absolute error", tasks: .ordinal,
                direction: .lowerIsBetter, range: 0...Double.greatestFiniteMagnitude,
                definition: "mean distance of predicted and gold label in the order of labels",
                resampled: .rankDistance, value: { $0.meanOverRows { Double(abs($0 - $1)) } })
        case .meanCost:
            MetricRow(
                key: "mean_cost", name: "mean cost", tasks: .withCosts, direction: .lowerIsBetter,
                range: -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude,
                definition: "mean over rows of what the predicted label costs where the gold one is right",
                resampled: .cost, value: { $0.meanCost })
        case .rocAUCMicroDecided:
            MetricRow(
                key: "roc_auc_micro_decided", name: "ROC AUC micro decided", tasks: .multilabel,
                definition: "(TP / (TP + FN) + TN / (TN + FP)) / 2, the counts summed over labels",
                value: { $0.rocAUCMicroDecided })
        case .rocAUCMacroDecided:
            MetricRow(
                key: "roc_auc_macro_decided", name: "ROC AUC macro decided", tasks: .multilabel,
                definition:
                    "mean of (TP / (TP + FN) + TN / (TN + FP)) / 2 over the labels that some rows have and some have not",
                value: { $0.rocAUCMacroDecided })
        case .rocAUC:
            MetricRow(
                key: "roc_auc", name: "ROC AUC", tasks: .binary, needsProbabilities: true,
                definition: "chance that a row of the positive label is ranked above one of the other",
                value: { $0.fromProbabilities(.rocAUC) })
        case .rocAUCMicro:
            MetricRow(
                key: "roc_auc_micro", name: "ROC AUC micro", tasks: .every, needsProbabilities: true,
                definition: "area under the ROC curve of all N x K cells together",
                value: { $0.fromProbabilities(.rocAUCMicro) })
        case .rocAUCMacro:
            MetricRow(
                key: "roc_auc_macro", name: "ROC AUC macro", tasks: .every, needsProbabilities: true,
                definition:
                    "mean area under the ROC curve over the labels that some rows have and some have not",
                value: { $0.fromProbabilities(.rocAUCMacro) })
        case .averagePrecision:
            MetricRow(
                key: "average_precision", name: "average precision", tasks: .binary, needsProbabilities: true,
                definition: "sum of precision x gain in recall down the ranking by the positive label",
                value: { $0.fromProbabilities(.averagePrecision) })
        case .averagePrecisionMicro:
            MetricRow(
                key: "average_precision_micro", name: "average precision micro", tasks: .every,
                needsProbabilities: true,
                definition: "average precision of all N x K cells together",
                value: { $0.fromProbabilities(.averagePrecisionMicro) })
        case .averagePrecisionMacro:
            MetricRow(
                key: "average_precision_macro", name: "average precision macro", tasks: .every,
                needsProbabilities: true,
                definition: "mean average precision over the labels that have gold rows",
                value: { $0.fromProbabilities(.averagePrecisionMacro) })
        case .labelRankingAveragePrecision:
            MetricRow(
                key: "label_ranking_average_precision", name: "label ranking average precision",
                tasks: .multilabel, needsProbabilities: true,
                definition:
                    "mean over rows of the precision at each gold label in the row's ranking of labels",
                value: { $0.fromProbabilities(.labelRankingAveragePrecision) })
        case .precisionAt1: .precision(at: 1)
        case .precisionAt3: .precision(at: 3)
        case .precisionAt5: .precision(at: 5)
        case .ndcgAt1: .ndcg(at: 1)
        case .ndcgAt3: .ndcg(at: 3)
        case .ndcgAt5: .ndcg(at: 5)
        case .logLoss:
            MetricRow(
                key: "log_loss", name: "log loss", tasks: .every, direction: .lowerIsBetter,
                needsProbabilities: true, range: 0...ProbabilityScores.largestLogLoss,
                definition: "mean over rows (multilabel: cells) of -ln of the probability of what is gold",
                resampled: .logLoss, value: { $0.fromProbabilities(.logLoss) })
        case .brierScore:
            MetricRow(
                key: "brier_score", name: "Brier score", tasks: .every, direction: .lowerIsBetter,
                needsProbabilities: true, range: 0...2,
                definition: "mean squared distance of probabilities and gold labels",
                resampled: .brier, value: { $0.fromProbabilities(.brierScore) })
        case .ece:
            MetricRow(
                key: "ece", name: "ECE", tasks: .every, direction: .lowerIsBetter, needsProbabilities: true,
                definition: "mean distance of stated probability and share of gold, in 15 bins",
                value: { $0.fromProbabilities(.ece) })
        case .f1Of(let label):
            MetricRow(
                key: "f1:\(label)", name: "F1 of \(label)", tasks: .withLabel(label),
                definition: "2 TP / (2 TP + FP + FN) of label '\(label)'",
                resampled: .oneLabel(.f1))
        case .precisionOf(let label):
            MetricRow(
                key: "precision:\(label)", name: "precision of \(label)", tasks: .withLabel(label),
                definition: "TP / (TP + FP) of label '\(label)'",
                resampled: .oneLabel(.precision))
        case .recallOf(let label):
            MetricRow(
                key: "recall:\(label)", name: "recall of \(label)", tasks: .withLabel(label),
                definition: "TP / (TP + FN) of label '\(label)'",
                resampled: .oneLabel(.recall))
        }
    }
}

extension MetricRow {
    fileprivate static func precision(at k: Int) -> MetricRow {
        MetricRow(
            key: "precision_at_\(k)", name: "precision at \(k)", tasks: .severalLabels(atLeast: k),
            needsProbabilities: true,
            definition: "mean over rows of gold labels among the \(k) most probable / \(k)",
            resampled: .top(.precision, k), value: { $0.top(k, \.precision) })
    }

    fileprivate static func ndcg(at k: Int) -> MetricRow {
        MetricRow(
            key: "ndcg_at_\(k)", name: "nDCG at \(k)", tasks: .severalLabels(atLeast: k),
            needsProbabilities: true,
            definition:
                "mean over rows of the sum of 1 / log2(1 + place) over the gold labels among the \(k) most probable, divided by the best possible",
            resampled: .top(.ndcg, k), value: { $0.top(k, \.ndcg) })
    }
}
