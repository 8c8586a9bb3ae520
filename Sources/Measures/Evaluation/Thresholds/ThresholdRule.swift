import Labels

/// From which probability on a label counts.
public enum ThresholdRule: Hashable, Sendable {
    /// One that nobody tuned, for every label; of two classes the positive one's.
    case fixed(Double)
    /// One threshold for all labels, tuned on validation.
    case global
    /// One for each label, tuned on validation; two classes have one threshold, so there it is the global one.
    case perLabel

    /// The customary 0.5.
    public static let half = fixed(0.5)

    /// Whether it takes validation rows to know the thresholds.
    public var isTuned: Bool {
        switch self {
        case .fixed: false
        case .global, .perLabel: true
        }
    }

    /// The thresholds where nothing has to be tuned. Shape: [K].
    public func fixedThresholds(_ labelSpace: LabelSpace) -> [Double]? {
        guard case .fixed(let threshold) = self else { return nil }
        if labelSpace.kind == .binary { return [1 - threshold, threshold] }
        return Array(repeating: threshold, count: labelSpace.count)
    }
}

/// As it is spelled in files: `0.5`, `global` or `per-label`.
extension ThresholdRule: RawRepresentable, Codable {
    public init?(rawValue: String) {
        switch rawValue {
        case "global": self = .global
        case "per-label": self = .perLabel
        default:
            guard let threshold = Double(rawValue), threshold > 0, threshold < 1 else { return nil }
            self = .fixed(threshold)
        }
    }

    public var rawValue: String {
        switch self {
        case .fixed(let threshold): "\(threshold)"
        case .global: "global"
        case .perLabel: "per-label"
        }
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let rule = ThresholdRule(rawValue: text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "'\(text)' is no rule for thresholds")
        }
        self = rule
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}

/// What to tune, and which thresholds decide.
public struct ThresholdOptions: Codable, Equatable, Sendable {
    /// The rules to set beside 0.5.
    public var tune: [ThresholdRule] = [.global, .perLabel]
    /// What the one global threshold maximizes on validation; by default micro F1 of sets and macro F1 of two classes.
    /// Thresholds per label maximize each label's own F1.
    public var objective: MetricName?
    /// The rule by which stored predictions, and so the ranking, are decided.
    public var use: ThresholdRule = .half
    /// Labels with fewer gold rows in validation take the global threshold.
    public var minSupport = 10
    /// Resamples of validation from which the spread of each threshold is read.
    public var draws = 200

    /// The metrics that may be the objective, besides F1 of one label; the mean cost of two classes, the less the better.
    public static let objectives: [MetricName] = [.f1Micro, .f1Macro, .f1Weighted, .meanCost]

    private enum CodingKeys: String, CodingKey {
        case tune, objective, use, draws
        case minSupport = "min_support"
    }

    public init() {}

    /// The objective in a task of this kind.
    public func objective(for kind: LabelKind) -> MetricName {
        objective ?? (kind == .binary ? .f1Macro : .f1Micro)
    }
}
