import Evaluation
import Foundation
import Labels

/// What the stored predictions of all contestants say when they are set against each other: how sure their scores are,
/// who can be told from whom, and where they fail. A function of the predictions, the seed and the options alone.
public struct Analysis: Codable, Equatable, Sendable {
    public var options: AnalysisOptions
    /// 95% intervals of the headline scores on test: contestant, metric.
    public var intervals: [String: [String: Interval]]
    /// All pairs, the better ranked first.
    public var comparisons: [PairedComparison]
    /// Neighbours in the ranking that cannot be told apart, as ranges of places from 1; they may overlap.
    public var tieGroups: [[Int]]
    /// The smallest difference between the best two that this test set would show in four cases of five.
    public var smallestDifference: Double?
    /// By contestant; those without probabilities have none.
    public var curves: [String: ContestantCurves]
    public var errors: ErrorAnalysis

    private enum CodingKeys: String, CodingKey {
        case options, intervals, comparisons, curves, errors
        case tieGroups = "tie_groups"
        case smallestDifference = "smallest_difference"
    }

    /// Standard errors from 0 at which a difference is found at the 5% level with a power of 80%: the normal quantiles
    /// of 0.975 and 0.8 together.
    static let detectableStandardErrors = 1.959964 + 0.841621
}

/// What an experiment file chooses about the analysis.
public struct AnalysisOptions: Codable, Equatable, Sendable {
    public var thresholds = ThresholdOptions()
    public var calibration: ProbabilityScaling.Method?
    /// Published results to stand beside ours, by name.
    public var against: [String] = []
    /// Whether texts may be quoted.
    public var quotes = false
    public var draws = PairedResampling.usualDraws
    /// Without it there are scores alone: no intervals, comparisons, errors or leaks.
    public var isWanted = true

    private enum CodingKeys: String, CodingKey {
        case thresholds, calibration, against, quotes, draws
    }

    /// Far more than steady digits need.
    package static let maxDraws = 1_000_000

    public init() {}
}

/// A contestant's stored predictions.
public struct ScoredPredictions: Sendable {
    public let id: String
    public let isProbabilistic: Bool
    public let test: Predictions
    public let validation: Predictions?

    public init(id: String, isProbabilistic: Bool, test: Predictions, validation: Predictions?) {
        self.id = id
        self.isProbabilistic = isProbabilistic
        self.test = test
        self.validation = validation
    }
}

extension Analysis {
    /// - Parameters:
    ///   - ranked: The contestants from best to worst, on the same test rows.
    ///   - metric: The ranking's.
    public init(
        _ ranked: [ScoredPredictions], metric: MetricName, options: AnalysisOptions, seed: UInt64
    ) {
        self.options = options
        errors = ErrorAnalysis(ranked)
        curves = [:]
        for contestant in ranked where contestant.isProbabilistic {
            curves[contestant.id] = ContestantCurves(contestant, scaling: options.calibration)
        }
        intervals = [:]
        comparisons = []
        tieGroups = []
        guard let first = ranked.first, !first.test.ids.isEmpty else { return }

        let resampling = PairedResampling(
            gold: first.test.gold, predicted: ranked.map(\.test.predicted), labelSpace: first.test.labelSpace,
            draws: options.draws, seed: seed)
        let metrics = MetricName.headline(of: first.test.labelSpace, first: metric)
            .filter(\.isResampled)
        let drawn = resampling.bootstrap(metrics)
        for (c, contestant) in ranked.enumerated() {
            for (m, metric) in metrics.enumerated() {
                intervals[contestant.id, default: [:]][metric.rawValue] =
                    Interval(percentilesOf: drawn[m][c])
            }
        }
        let pairs = Analysis.pairs(ranked.count)
        comparisons = PairedComparison.all(
            ranked, metric: metric, pairs: pairs, resampling: resampling,
            drawn: metrics.firstIndex(of: metric).map { drawn[$0] })
        smallestDifference = comparisons.first?.interval.map {
            $0.standardError * Analysis.detectableStandardErrors
        }
        tieGroups = Evaluation.tieGroups(count: ranked.count) { i, j in
            pairs.firstIndex { $0 == (i, j) }.map { comparisons[$0].areApart } ?? true
        }.map { [$0.lowerBound + 1, $0.upperBound + 1] }
    }

    private static func pairs(_ count: Int) -> [(Int, Int)] {
        (0..<count).flatMap { i in (i + 1..<max(i + 1, count)).map { (i, $0) } }
    }
}
