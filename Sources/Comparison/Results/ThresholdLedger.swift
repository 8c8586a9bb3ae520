import Evaluation
import Labels

/// What each way to choose thresholds is worth to one contestant: where it was tuned (validation) and where it was not
/// (test), so that a better model is told apart from a better threshold.
public struct ThresholdLedger: Codable, Equatable, Sendable {
    /// One way to choose thresholds.
    public struct Entry: Codable, Equatable, Sendable {
        public var rule: ThresholdRule
        /// Shape: [K].
        public var thresholds: [Double]
        /// The 5th and 95th percentile of each over resamples of validation; absent for 0.5. Shape: [K][2].
        public var spread: [[Double]]?
        /// Labels with too little support to tune, which take the global threshold.
        public var fallbacks: [String]
        /// The objective on validation, where the thresholds were chosen.
        public var validation: Double?
        /// The objective on test.
        public var test: Double?
        /// `test` minus that of 0.5.
        public var gain: Double?
        /// Other scores on test.
        public var testScores: [MetricName: Double]
        /// Test rows without a label; multilabel only.
        public var emptyRows: Int?

        private enum CodingKeys: String, CodingKey {
            case rule, thresholds, spread, fallbacks, validation, test, gain
            case testScores = "test_scores"
            case emptyRows = "empty_rows"
        }
    }

    public var objective: MetricName
    /// The rule by which the stored predictions were decided.
    public var used: ThresholdRule
    /// 0.5 first.
    public var entries: [Entry]

    /// The scores that stand beside the objective.
    static let otherScores: [MetricName] = [.f1Micro, .f1Macro, .accuracy]

    public subscript(rule: ThresholdRule) -> Entry? { entries.first { $0.rule == rule } }

    /// The thresholds that decide; nil where 0.5 does.
    public var deciding: [Double]? { used == .half ? nil : self[used]?.thresholds }

    /// 0.5, then other fixed thresholds, then the tuned ones.
    private static func rules(of options: ThresholdOptions, for labelSpace: LabelSpace) -> [ThresholdRule] {
        let wanted = Set(([options.use] + options.tune).map { $0.applied(to: labelSpace) })
        let fixed = wanted.filter { !$0.isTuned && $0 != .half }.sorted { $0.rawValue < $1.rawValue }
        // Of two classes one threshold is tuned, which is tuned only if somebody asked for one.
        let tuned = [ThresholdRule.global, .perLabel].filter(wanted.contains)
        return [.half] + fixed + tuned
    }
}

extension ThresholdRule {
    /// Two classes have one threshold, so none of their own.
    fileprivate func applied(to labelSpace: LabelSpace) -> ThresholdRule {
        self == .perLabel && labelSpace.kind == .binary ? .global : self
    }
}

/// The thresholds by which stored predictions are decided; nil where each row has one of several classes, or one of two
/// at 0.5.
///
/// - Parameter ledger: Of a contestant with probabilities and a validation part; nil without.
public func decidingThresholds(
    _ ledger: ThresholdLedger?, options: ThresholdOptions, labelSpace: LabelSpace, isProbabilistic: Bool
) -> [Double]? {
    if let tuned = ledger?.deciding { return tuned }
    if isProbabilistic, labelSpace.kind != .multiclass, options.use != .half,
        let fixed = options.use.fixedThresholds(labelSpace)
    {
        return fixed
    }
    return usualThresholds(labelSpace)
}

extension ThresholdLedger {
    /// Tunes on validation and scores on test; nil for tasks in which nothing is thresholded.
    public init?(
        validation: Predictions, test: Predictions, options: ThresholdOptions, seed: UInt64
    ) {
        let labelSpace = test.labelSpace
        if labelSpace.kind == .multiclass || validation.ids.isEmpty { return nil }
        let objective = options.objective(for: labelSpace.kind)
        let tuned = TunedThresholds(
            gold: validation.gold, probabilities: validation.probabilities, options: options, seed: seed,
            labelSpace: labelSpace)
        self.objective = objective
        used = options.use.applied(to: labelSpace)
        entries = []
        for rule in ThresholdLedger.rules(of: options, for: labelSpace) {
            let thresholds = tuned.thresholds(rule, labelSpace: labelSpace)
            var entry = Entry(
                rule: rule, thresholds: thresholds, fallbacks: [],
                validation: validation.scorecard(thresholds: thresholds)[objective], testScores: [:])
            switch rule {
            case .fixed: break
            case .global: entry.spread = [[tuned.global.low, tuned.global.high]]
            case .perLabel:
                entry.spread = tuned.perLabel.map { [$0.low, $0.high] }
                entry.fallbacks = tuned.fallbacks.map { labelSpace.names[$0] }
            }
            entries.append(entry)
        }
        self = scored(on: test)
    }

    /// The same thresholds with what they are worth on test.
    package func scored(on test: Predictions) -> ThresholdLedger {
        var ledger = self
        for index in entries.indices {
            let score = test.scorecard(thresholds: entries[index].thresholds)
            ledger.entries[index].test = score[objective]
            ledger.entries[index].emptyRows = score.emptyRows
            ledger.entries[index].gain = nil
            ledger.entries[index].testScores = [:]
            for metric in ThresholdLedger.otherScores {
                ledger.entries[index].testScores[metric] = score[metric]
            }
            if index > 0, let half = ledger.entries[0].test, let own = score[objective] {
                ledger.entries[index].gain = own - half
            }
        }
        return ledger
    }
}

extension ThresholdLedger {
    /// Nil also for a contestant without probabilities, or without predictions on validation.
    public init?(_ contestant: ScoredPredictions, options: AnalysisOptions, seed: UInt64) {
        guard contestant.isProbabilistic, let validation = contestant.validation else { return nil }
        self.init(
            validation: validation, test: contestant.test, options: options.thresholds, seed: seed)
    }
}

extension Predictions {
    /// The scores of what other thresholds would decide.
    func scorecard(thresholds: [Double]) -> Scorecard {
        Scorecard(
            gold: gold, predicted: probabilities.decisions(kind: labelSpace.kind, thresholds: thresholds),
            labelSpace: labelSpace)
    }
}

/// 0.5 for each label of a multilabel task; nothing is thresholded in the others.
public func usualThresholds(_ labelSpace: LabelSpace) -> [Double]? {
    labelSpace.kind == .multilabel ? Array(repeating: 0.5, count: labelSpace.count) : nil
}
