import Labels

/// From which probability on a label counts.
public enum ThresholdRule: String, Codable, Sendable, CaseIterable {
    /// The customary 0.5 for every label.
    case half = "0.5"
    /// One threshold for all labels, tuned on validation.
    case global
    /// One for each label, tuned on validation.
    case perLabel = "per-label"
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
