import Evaluation
import Foundation
import Synchronization

/// What the stored predictions of all contestants say when they are set against each other: how sure their scores are,
/// who can be told from whom, and where they fail. A function of the predictions, the seed and the options alone.
public struct Analysis: Codable, Equatable, Sendable {
    public var options: AnalysisOptions
    /// 95% intervals of the headline scores on test: contestant, metric.
    public var intervals: [String: [MetricName: Interval]]
    /// The pairs of the family, the better ranked first; baselines take no part.
    public var comparisons: [PairedComparison]
    /// Which pairs those are; absent in results of version 0.1, which compared all, baselines among them.
    public var family: ComparisonFamily?
    /// Each contestant against the best ranked baseline: questions of their own, with a correction of their own.
    public var baselineComparisons: [PairedComparison]?
    /// Neighbours in the ranking that cannot be told apart, as ranges of places from 1; they may overlap. Baselines that
    /// stand between them are not meant. Only where all pairs are compared.
    public var tieGroups: [[Int]]
    /// For planning: the true difference between two contestants that differ in as many rows as the best two which a test
    /// set of this size shows, by one planned comparison, in four cases of five.
    public var smallestDifference: Double?
    /// By contestant; those without probabilities have none.
    public var curves: [String: ContestantCurves]
    public var errors: ErrorAnalysis

    private enum CodingKeys: String, CodingKey {
        case options, intervals, comparisons, family, curves, errors
        case baselineComparisons = "baseline_comparisons"
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
    /// `all`, `best`, or a contestant's id; nil for all.
    public var compare: String?
    public var draws = PairedResampling.usualDraws
    /// Without it there are scores alone: no intervals, comparisons, errors or leaks.
    public var isWanted = true

    private enum CodingKeys: String, CodingKey {
        case thresholds, calibration, against, quotes, compare, draws
    }

    /// Far more than steady digits need.
    package static let maxDraws = 1_000_000

    public init() {}

    /// The same for contestants that are fitted on samples of train, of which no spread of thresholds is told.
    package var ofSamples: AnalysisOptions {
        var options = self
        options.thresholds.draws = 0
        return options
    }
}

/// A contestant's stored predictions.
public struct ScoredPredictions: Sendable {
    public let id: String
    /// Whether it is there to be beaten, such as a dummy.
    public let isBaseline: Bool
    public let isProbabilistic: Bool
    public let test: Predictions
    /// Absent also where a compact run leaves them out.
    public let validation: Predictions?
    /// The scores on validation, where they are known without the predictions.
    private let validationCard: Scorecard?
    /// On the same test rows, under the other seeds of the run.
    public let otherSeeds: [Predictions]

    public init(
        id: String, isBaseline: Bool = false, isProbabilistic: Bool, test: Predictions,
        validation: Predictions?, validationCard: Scorecard? = nil, otherSeeds: [Predictions] = []
    ) {
        self.id = id
        self.isBaseline = isBaseline
        self.isProbabilistic = isProbabilistic
        self.test = test
        self.validation = validation
        self.validationCard = validationCard
        self.otherSeeds = otherSeeds
    }

    /// Nil without a validation part, or where the metric is undefined there.
    func scoreOnValidation(_ metric: MetricName) -> Double? {
        (validationCard ?? validation?.scorecard(isProbabilistic: isProbabilistic))?[metric]
    }

    /// The same on some of the test rows alone, without validation and further seeds.
    package func selecting(_ rows: [Int], id: String? = nil, isBaseline: Bool? = nil) -> ScoredPredictions {
        ScoredPredictions(
            id: id ?? self.id, isBaseline: isBaseline ?? self.isBaseline, isProbabilistic: isProbabilistic,
            test: test.selecting(rows), validation: nil)
    }

    /// How well it agrees with the gold labels of the test rows.
    package var scorecard: Scorecard { test.scorecard(isProbabilistic: isProbabilistic) }

    /// Under every seed, the run's own first.
    var seeds: [Predictions] { [test] + otherSeeds }

    /// For resamples.
    package func rows(for metrics: [MetricName]) -> [PredictedRows] {
        let needsProbabilities = isProbabilistic && metrics.contains(where: \.needsProbabilities)
        return seeds.map {
            PredictedRows(
                predicted: $0.predicted, probabilities: needsProbabilities ? $0.probabilities : nil)
        }
    }
}

extension Analysis {
    /// - Parameters:
    ///   - ranked: The contestants from best to worst, on the same test rows.
    ///   - metric: The ranking's.
    ///   - progress: Told how many of how many resamples are done, from any thread.
    public init(
        _ ranked: [ScoredPredictions], metric: MetricName, options: AnalysisOptions, seed: UInt64,
        progress: @escaping @Sendable (_ done: Int, _ of: Int) -> Void = { _, _ in }
    ) {
        self.options = options
        errors = ErrorAnalysis(ranked.filter { !$0.isBaseline })
        curves = [:]
        for contestant in ranked where contestant.isProbabilistic {
            curves[contestant.id] = ContestantCurves(contestant, scaling: options.calibration)
        }
        intervals = [:]
        comparisons = []
        tieGroups = []
        guard let first = ranked.first, !first.test.ids.isEmpty else { return }

        let metrics = MetricName.headline(of: first.test.labelSpace, first: metric)
            .filter(\.isResampled)
        // Two passes go over the draws: intervals, then tests.
        let draws = options.draws
        let passes = 2 * draws
        let drawsDone = Mutex(0)
        let resampling = PairedResampling(
            gold: first.test.gold, runs: ranked.map { $0.rows(for: [metric]) },
            labelSpace: first.test.labelSpace, draws: draws, seed: seed,
            progress: { done, _ in progress(min(passes, drawsDone.withLock { $0 } + done), passes) })
        let drawn = resampling.bootstrap(metrics)
        drawsDone.withLock { $0 = draws }
        for (c, contestant) in ranked.enumerated() {
            for (m, metric) in metrics.enumerated() {
                intervals[contestant.id, default: [:]][metric] = Interval(percentilesOf: drawn[m][c])
            }
        }
        let tests = PairedTests(
            ranked, metric: metric, resampling: resampling,
            drawn: metrics.firstIndex(of: metric).map { drawn[$0] })
        let family = ComparisonFamily(options.compare, ranked, metric: metric)
        self.family = family
        (comparisons, baselineComparisons) = tests.comparisons(of: family, ranked)
        smallestDifference = comparisons.first?.interval.map {
            $0.standardError * Analysis.detectableStandardErrors
        }
        guard family.compare == ComparisonFamily.all else { return }
        let places = ranked.indices.filter { !ranked[$0].isBaseline }
        tieGroups = Evaluation.tieGroups(count: places.count) { i, j in
            let ids = (ranked[places[i]].id, ranked[places[j]].id)
            return comparisons.first { ($0.first, $0.second) == ids }?.areApart ?? true
        }.map { [places[$0.lowerBound] + 1, places[$0.upperBound] + 1] }
    }
}
