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
        self == .hammingLoss ? .lowerIsBetter : .higherIsBetter
    }

    /// The least and the greatest value possible.
    public var range: ClosedRange<Double> { 0...1 }

    /// Whether a task of this kind has the metric.
    public func applies(to kind: LabelKind) -> Bool {
        switch self {
        case .f1, .precision, .recall:
            kind == .binary
        case .subsetAccuracy, .f1Samples, .precisionSamples, .recallSamples, .hammingLoss, .jaccardSamples:
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
        }
    }
}
