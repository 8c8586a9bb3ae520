import Labels

/// The metrics that sum up a scorecard in one number each. Keys are after scikit-learn's function
/// names.
///
/// Throughout, TP counts the rows that have a label and were given it, FP those that were given it without having
/// it, FN those that have it and were not given it. What happens on 0 / 0 is told at `Scorecard`.
public enum MetricName: Hashable, Sendable {
    case accuracy
    case subsetAccuracy

    case f1
    case f1Micro
    case f1Macro
    case f1MacroDefined
    case f1Weighted
    case f1Samples

    case precision
    case precisionMicro
    case precisionMacro
    case precisionMacroDefined
    case precisionWeighted
    case precisionSamples

    case recall
    case recallMicro
    case recallMacro
    case recallMacroDefined
    case recallWeighted
    case recallSamples

    case hammingLoss
    case jaccardSamples

    case balancedAccuracy
    case matthewsCorrcoef
    case cohenKappa

    // Of labels in an order.
    case cohenKappaLinear
    case cohenKappaQuadratic
    case meanAbsoluteError

    // Of tasks whose confusions have costs.
    case meanCost

    // Of one label by name.
    case f1Of(label: String)
    case precisionOf(label: String)
    case recallOf(label: String)

    // What notebooks print as ROC AUC when they hand over decided labels.
    case rocAUCMicroDecided
    case rocAUCMacroDecided

    // From probabilities.
    case rocAUC
    case rocAUCMicro
    case rocAUCMacro
    case averagePrecision
    case averagePrecisionMicro
    case averagePrecisionMacro
    case labelRankingAveragePrecision
    case logLoss
    case brierScore
    case ece
}

/// The raw value is the key in JSON; of the metrics of one label `f1:LABEL`, `precision:LABEL`, `recall:LABEL`.
extension MetricName: RawRepresentable, CaseIterable, Codable {
    /// All that need no label's name.
    public static let allCases: [MetricName] = [
        .accuracy,
        .subsetAccuracy,
        .f1,
        .f1Micro,
        .f1Macro,
        .f1MacroDefined,
        .f1Weighted,
        .f1Samples,
        .precision,
        .precisionMicro,
        .precisionMacro,
        .precisionMacroDefined,
        .precisionWeighted,
        .precisionSamples,
        .recall,
        .recallMicro,
        .recallMacro,
        .recallMacroDefined,
        .recallWeighted,
        .recallSamples,
        .hammingLoss,
        .jaccardSamples,
        .balancedAccuracy,
        .matthewsCorrcoef,
        .cohenKappa,
        .cohenKappaLinear,
        .cohenKappaQuadratic,
        .meanAbsoluteError,
        .meanCost,
        .rocAUCMicroDecided,
        .rocAUCMacroDecided,
        .rocAUC,
        .rocAUCMicro,
        .rocAUCMacro,
        .averagePrecision,
        .averagePrecisionMicro,
        .averagePrecisionMacro,
        .labelRankingAveragePrecision,
        .logLoss,
        .brierScore,
        .ece,
    ]
    private static let byKey = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })

    // A table would have to be looked up by hash, and the hash is that of the raw value.
    public var rawValue: String {
        switch self {
        case .accuracy: "accuracy"
        case .subsetAccuracy: "subset_accuracy"
        case .f1: "f1"
        case .f1Micro: "f1_micro"
        case .f1Macro: "f1_macro"
        case .f1MacroDefined: "f1_macro_defined"
        case .f1Weighted: "f1_weighted"
        case .f1Samples: "f1_samples"
        case .precision: "precision"
        case .precisionMicro: "precision_micro"
        case .precisionMacro: "precision_macro"
        case .precisionMacroDefined: "precision_macro_defined"
        case .precisionWeighted: "precision_weighted"
        case .precisionSamples: "precision_samples"
        case .recall: "recall"
        case .recallMicro: "recall_micro"
        case .recallMacro: "recall_macro"
        case .recallMacroDefined: "recall_macro_defined"
        case .recallWeighted: "recall_weighted"
        case .recallSamples: "recall_samples"
        case .hammingLoss: "hamming_loss"
        case .jaccardSamples: "jaccard_samples"
        case .balancedAccuracy: "balanced_accuracy"
        case .matthewsCorrcoef: "matthews_corrcoef"
        case .cohenKappa: "cohen_kappa"
        case .cohenKappaLinear: "cohen_kappa_linear"
        case .cohenKappaQuadratic: "cohen_kappa_quadratic"
        case .meanAbsoluteError: "mean_absolute_error"
        case .meanCost: "mean_cost"
        case .rocAUCMicroDecided: "roc_auc_micro_decided"
        case .rocAUCMacroDecided: "roc_auc_macro_decided"
        case .rocAUC: "roc_auc"
        case .rocAUCMicro: "roc_auc_micro"
        case .rocAUCMacro: "roc_auc_macro"
        case .averagePrecision: "average_precision"
        case .averagePrecisionMicro: "average_precision_micro"
        case .averagePrecisionMacro: "average_precision_macro"
        case .labelRankingAveragePrecision: "label_ranking_average_precision"
        case .logLoss: "log_loss"
        case .brierScore: "brier_score"
        case .ece: "ece"
        case .f1Of(let label): "f1:\(label)"
        case .precisionOf(let label): "precision:\(label)"
        case .recallOf(let label): "recall:\(label)"
        }
    }

    public init?(rawValue: String) {
        if let metric = MetricName.byKey[rawValue] {
            self = metric
            return
        }
        guard let colon = rawValue.firstIndex(of: ":") else { return nil }
        let label = LabelSpelling.trimmed(String(rawValue[rawValue.index(after: colon)...]))
        if label.isEmpty { return nil }
        switch rawValue[..<colon] {
        case "f1": self = .f1Of(label: label)
        case "precision": self = .precisionOf(label: label)
        case "recall": self = .recallOf(label: label)
        default: return nil
        }
    }

    /// The label that it is of alone.
    public var label: String? {
        switch self {
        case .f1Of(let label), .precisionOf(let label), .recallOf(let label): label
        default: nil
        }
    }
}

extension MetricName {
    /// The metric that a person means by `name`: its key, with `-` as good as `_` and words in any order (`f1-micro`,
    /// `f1_micro`, `micro-F1`).
    public init?(name: String) {
        if let colon = name.firstIndex(of: ":") {
            self.init(rawValue: name[..<colon].map { $0 == "-" ? "_" : String($0) }.joined() + name[colon...])
            return
        }
        func words(_ name: String) -> [String] {
            name.lowercased().split { "-_".contains($0) }.map(String.init)
        }
        let wanted = words(name)
        if let metric = MetricName(rawValue: wanted.joined(separator: "_")) {
            self = metric
            return
        }
        let sorted = wanted.sorted()
        guard let metric = MetricName.allCases.first(where: { words($0.rawValue).sorted() == sorted })
        else { return nil }
        self = metric
    }

    /// Which way is better.
    public enum Direction: String, Sendable {
        case higherIsBetter, lowerIsBetter
    }

    /// Which way is better.
    public var direction: Direction {
        switch self {
        case .hammingLoss, .meanAbsoluteError, .meanCost, .logLoss, .brierScore, .ece: .lowerIsBetter
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
        case .matthewsCorrcoef, .cohenKappa, .cohenKappaLinear, .cohenKappaQuadratic: -1...1
        case .meanAbsoluteError: 0...Double.greatestFiniteMagnitude
        case .meanCost: -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude
        case .logLoss: 0...ProbabilityScores.largestLogLoss
        case .brierScore: 0...2
        default: 0...1
        }
    }

    /// Whether a task with these labels has the metric.
    public func applies(to labelSpace: LabelSpace) -> Bool {
        switch self {
        case .cohenKappaLinear, .cohenKappaQuadratic, .meanAbsoluteError: labelSpace.isOrdinal
        case .meanCost: labelSpace.costs != nil
        case .f1Of(let label), .precisionOf(let label), .recallOf(let label): labelSpace.names.contains(label)
        default: applies(to: labelSpace.kind)
        }
    }

    /// Whether every task of this kind has the metric.
    public func applies(to kind: LabelKind) -> Bool {
        switch self {
        case .cohenKappaLinear, .cohenKappaQuadratic, .meanAbsoluteError, .meanCost, .f1Of, .precisionOf,
            .recallOf:
            false
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
        case .cohenKappaLinear:
            "1 - sum of w C / sum of w E, C the confusion matrix, E the one by chance, w the distance of labels in their order"
        case .cohenKappaQuadratic: "the same as cohen_kappa_linear with w the squared distance"
        case .meanAbsoluteError: "mean distance of predicted and gold label in the order of labels"
        case .meanCost: "mean over rows of what the predicted label costs where the gold one is right"

        case .f1Of(let label): "2 TP / (2 TP + FP + FN) of label '\(label)'"
        case .precisionOf(let label): "TP / (TP + FP) of label '\(label)'"
        case .recallOf(let label): "TP / (TP + FN) of label '\(label)'"

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
