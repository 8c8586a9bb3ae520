import Labels

/// The metrics that sum up a scorecard in one number each. The raw value is the key in JSON, after scikit-learn's
/// function names.
///
/// Throughout, TP counts the rows that have a label and were given it, FP those that were given it without having
/// it, FN those that have it and were not given it. What happens on 0 / 0 is told at `Scorecard`.
public enum MetricName: String, Codable, Sendable, CaseIterable {
    case accuracy
    case subsetAccuracy = "subset_accuracy"

    case f1
    case f1Micro = "f1_micro"
    case f1Macro = "f1_macro"
    case f1MacroDefined = "f1_macro_defined"
    case f1Weighted = "f1_weighted"
    case f1Samples = "f1_samples"

    case precision
    case precisionMicro = "precision_micro"
    case precisionMacro = "precision_macro"
    case precisionMacroDefined = "precision_macro_defined"
    case precisionWeighted = "precision_weighted"
    case precisionSamples = "precision_samples"

    case recall
    case recallMicro = "recall_micro"
    case recallMacro = "recall_macro"
    case recallMacroDefined = "recall_macro_defined"
    case recallWeighted = "recall_weighted"
    case recallSamples = "recall_samples"

    case hammingLoss = "hamming_loss"
    case jaccardSamples = "jaccard_samples"

    case balancedAccuracy = "balanced_accuracy"
    case matthewsCorrcoef = "matthews_corrcoef"
    case cohenKappa = "cohen_kappa"

    // What notebooks print as ROC AUC when they hand over decided labels.
    case rocAUCMicroDecided = "roc_auc_micro_decided"
    case rocAUCMacroDecided = "roc_auc_macro_decided"

    // From probabilities.
    case rocAUC = "roc_auc"
    case rocAUCMicro = "roc_auc_micro"
    case rocAUCMacro = "roc_auc_macro"
    case averagePrecision = "average_precision"
    case averagePrecisionMicro = "average_precision_micro"
    case averagePrecisionMacro = "average_precision_macro"
    case labelRankingAveragePrecision = "label_ranking_average_precision"
    case logLoss = "log_loss"
    case brierScore = "brier_score"
    case ece

    /// The metric that a person means by `name`: its key, with `-` as good as `_` (`f1-micro`, `f1_micro`).
    public init?(name: String) {
        self.init(rawValue: String(name.map { $0 == "-" ? "_" : $0 }))
    }

    /// Which way is better.
    public enum Direction: String, Sendable {
        case higherIsBetter, lowerIsBetter
    }

    /// Which way is better.
    public var direction: Direction {
        switch self {
        case .hammingLoss, .logLoss, .brierScore, .ece: .lowerIsBetter
        default: .higherIsBetter
        }
    }

    /// Whether it is a function of probabilities, not of decided labels.
    public var needsProbabilities: Bool {
        switch self {
        case .rocAUC, .rocAUCMicro, .rocAUCMacro, .averagePrecision, .averagePrecisionMicro,
            .averagePrecisionMacro, .labelRankingAveragePrecision, .logLoss, .brierScore, .ece:
            true
        default:
            false
        }
    }

    /// The least and the greatest value possible.
    public var range: ClosedRange<Double> {
        switch self {
        case .matthewsCorrcoef, .cohenKappa: -1...1
        case .logLoss: 0...ProbabilityScores.largestLogLoss
        case .brierScore: 0...2
        default: 0...1
        }
    }

    /// Whether a task of this kind has the metric.
    public func applies(to kind: LabelKind) -> Bool {
        switch self {
        case .f1, .precision, .recall, .rocAUC, .averagePrecision:
            kind == .binary
        case .balancedAccuracy, .matthewsCorrcoef, .cohenKappa:
            kind != .multilabel
        case .subsetAccuracy, .f1Samples, .precisionSamples, .recallSamples, .hammingLoss, .jaccardSamples,
            .rocAUCMicroDecided, .rocAUCMacroDecided, .labelRankingAveragePrecision:
            kind == .multilabel
        default:
            true
        }
    }
}

extension MetricName: CustomStringConvertible {
    /// Formula and averaging in a line.
    public var description: String {
        switch self {
        case .accuracy: "rows whose predicted labels are exactly the gold ones / N"
        case .subsetAccuracy:
            "rows whose predicted set of labels is exactly the gold one / N; the same as accuracy"

        case .f1: "2 TP / (2 TP + FP + FN) of the positive label"
        case .f1Micro: "2 TP / (2 TP + FP + FN), the counts summed over labels"
        case .f1Macro: "mean over labels of 2 TP / (2 TP + FP + FN)"
        case .f1MacroDefined: "f1_macro over the labels that occur in gold or predictions"
        case .f1Weighted: "mean over labels of 2 TP / (2 TP + FP + FN), weighted by gold rows"
        case .f1Samples: "mean over rows of 2 TP / (2 TP + FP + FN), counted over the row's labels"

        case .precision: "TP / (TP + FP) of the positive label"
        case .precisionMicro: "TP / (TP + FP), the counts summed over labels"
        case .precisionMacro: "mean over labels of TP / (TP + FP)"
        case .precisionMacroDefined: "precision_macro over the labels that were predicted at all"
        case .precisionWeighted: "mean over labels of TP / (TP + FP), weighted by gold rows"
        case .precisionSamples: "mean over rows of TP / (TP + FP), counted over the row's labels"

        case .recall: "TP / (TP + FN) of the positive label"
        case .recallMicro: "TP / (TP + FN), the counts summed over labels"
        case .recallMacro: "mean over labels of TP / (TP + FN)"
        case .recallMacroDefined: "recall_macro over the labels that have gold rows"
        case .recallWeighted: "mean over labels of TP / (TP + FN), weighted by gold rows"
        case .recallSamples: "mean over rows of TP / (TP + FN), counted over the row's labels"

        case .hammingLoss: "(FP + FN) / (N x K), the counts summed over labels"
        case .jaccardSamples: "mean over rows of TP / (TP + FP + FN), counted over the row's labels"

        case .balancedAccuracy: "mean of TP / (TP + FN) over the labels that have gold rows"
        case .matthewsCorrcoef: "correlation of gold and predicted labels, from -1 to 1"
        case .cohenKappa: "(accuracy - accuracy by chance) / (1 - accuracy by chance)"

        case .rocAUCMicroDecided: "(TP / (TP + FN) + TN / (TN + FP)) / 2, the counts summed over labels"
        case .rocAUCMacroDecided:
            "mean of (TP / (TP + FN) + TN / (TN + FP)) / 2 over the labels that some rows have and some have not"

        case .rocAUC: "chance that a row of the positive label is ranked above one of the other"
        case .rocAUCMicro: "area under the ROC curve of all N x K cells together"
        case .rocAUCMacro:
            "mean area under the ROC curve over the labels that some rows have and some have not"
        case .averagePrecision: "sum of precision x gain in recall down the ranking by the positive label"
        case .averagePrecisionMicro: "average precision of all N x K cells together"
        case .averagePrecisionMacro: "mean average precision over the labels that have gold rows"
        case .labelRankingAveragePrecision:
            "mean over rows of the precision at each gold label in the row's ranking of labels"
        case .logLoss: "mean over rows (multilabel: cells) of -ln of the probability of what is gold"
        case .brierScore: "mean squared distance of probabilities and gold labels"
        case .ece: "mean distance of stated probability and share of gold, in 15 bins"
        }
    }
}
