import Labels

/// The metrics that sum up a scorecard in one number each. Keys are after scikit-learn's function
/// names.
///
/// What each is stands in one table, `MetricTable.swift`.
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
    // Of the k most probable labels of a row.
    case precisionAt1
    case precisionAt3
    case precisionAt5
    case ndcgAt1
    case ndcgAt3
    case ndcgAt5
    case logLoss
    case brierScore
    case ece
}

/// The raw value is the key in JSON; of the metrics of one label `f1:LABEL`, `precision:LABEL`, `recall:LABEL`.
extension MetricName: RawRepresentable, CaseIterable, Codable, CodingKeyRepresentable {
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
        .precisionAt1,
        .precisionAt3,
        .precisionAt5,
        .ndcgAt1,
        .ndcgAt3,
        .ndcgAt5,
        .logLoss,
        .brierScore,
        .ece,
    ]
    private static let byKey = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })

    public var rawValue: String { row.key }

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
        if case .withLabel(let name) = row.tasks { name } else { nil }
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

        /// The value as a score, the higher the better; the value again from such a score.
        public func score(_ value: Double) -> Double {
            self == .higherIsBetter ? value : -value
        }
    }

    /// Which way is better.
    public var direction: Direction { row.direction }

    /// Whether it is a function of probabilities, not of decided labels.
    public var needsProbabilities: Bool { row.needsProbabilities }

    /// The least and the greatest value possible.
    public var range: ClosedRange<Double> { row.range }

    /// As an experiment file, the command line and messages spell it: its key with `-` for `_`, such as `f1-macro`.
    public var settingName: String {
        guard let colon = rawValue.firstIndex(of: ":") else { return rawValue.replacing("_", with: "-") }
        return String(rawValue[..<colon]).replacing("_", with: "-") + rawValue[colon...]
    }

    /// As people write it: `f1_macro` is macro F1.
    public var readableName: String { row.name }

    /// Whether intervals and tests are to be had for it, in tasks that have it.
    public var isResampled: Bool { row.resampled != nil }
    /// Whether it is a mean of counts' scores over labels, in which each label, be it rare, counts the same.
    package var averagesLabels: Bool {
        switch row.resampled {
        case .macro, .defined: true
        default: false
        }
    }

    /// Whether a task with these labels has the metric.
    public func applies(to labelSpace: LabelSpace) -> Bool {
        row.tasks.include(
            kind: labelSpace.kind, isOrdinal: labelSpace.isOrdinal, hasCosts: labelSpace.costs != nil,
            labels: labelSpace.names)
    }

    /// Whether every task of this kind has the metric.
    public func applies(to kind: LabelKind) -> Bool {
        row.tasks.include(kind: kind, isOrdinal: false, hasCosts: false, labels: [])
    }

    /// How many of a row's most probable labels it looks at, where it looks at some alone.
    public var depth: Int? {
        if case .severalLabels(let depth) = row.tasks { depth } else { nil }
    }
}

extension MetricName: CustomStringConvertible {
    /// Formula and averaging in a line.
    public var description: String { row.definition }
}
