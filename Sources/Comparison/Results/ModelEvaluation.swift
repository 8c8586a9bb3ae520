import Evaluation

/// What saved models are worth on labelled rows that came later: the scores of each, how sure they are, and who can be told
/// from whom. A function of the predictions, the metric and the seed alone.
public struct ModelEvaluation: Encodable, Equatable, Sendable {
    /// One saved model.
    public struct Model: Encodable, Equatable, Sendable {
        public var id: String
        /// The family, such as `tfidf-logreg`.
        public var model: String
        /// The thresholds that decide; nil where the most probable class does. Shape: [K].
        public var thresholds: [Double]?
        public var scores: Scorecard
        /// 95% intervals of the headline scores, by metric.
        public var intervals: [MetricName: Interval]
    }

    /// The rows' file, and what was read of it.
    public var dataset: DatasetSummary
    /// The metric that orders the models.
    public var rankBy: MetricName
    public var seed: UInt64
    /// Best first; those in which the metric is undefined last.
    public var models: [Model]
    /// All pairs but those with a dummy, the better ranked first.
    public var comparisons: [PairedComparison]
    /// Each model against the best dummy, if there is one.
    public var baselineComparisons: [PairedComparison]
    /// Neighbours in the ranking that cannot be told apart, as ranges of places from 1.
    public var tieGroups: [[Int]]

    private enum CodingKeys: String, CodingKey {
        case dataset, seed, models, comparisons
        case rankBy = "rank_by"
        case baselineComparisons = "baseline_comparisons"
        case tieGroups = "tie_groups"
    }

    /// A saved model with what it says of the rows.
    public struct Candidate: Sendable {
        public let model: String
        public let thresholds: [Double]?
        public let predictions: ScoredPredictions

        public init(model: String, thresholds: [Double]?, predictions: ScoredPredictions) {
            self.model = model
            self.thresholds = thresholds
            self.predictions = predictions
        }
    }

    /// - Parameters:
    ///   - candidates: Models with ids of their own, on the same rows.
    ///   - progress: Told how many of how many resamples are done, from any thread.
    public init(
        _ candidates: [Candidate], dataset: DatasetSummary, metric: MetricName, seed: UInt64,
        options: AnalysisOptions = AnalysisOptions(),
        progress: @escaping @Sendable (_ done: Int, _ of: Int) -> Void = { _, _ in }
    ) {
        let cards = candidates.map {
            (
                candidate: $0,
                card: $0.predictions.test.scorecard(isProbabilistic: $0.predictions.isProbabilistic)
            )
        }
        let scored = ranked(cards, by: metric) { $0.card[metric] }
        let analysis = Analysis(
            scored.map(\.candidate.predictions), metric: metric, options: options, seed: seed,
            progress: progress)
        self.dataset = dataset
        rankBy = metric
        self.seed = seed
        comparisons = analysis.comparisons
        baselineComparisons = analysis.baselineComparisons ?? []
        tieGroups = analysis.tieGroups
        models = scored.map { candidate, card in
            Model(
                id: candidate.predictions.id, model: candidate.model, thresholds: candidate.thresholds,
                scores: card, intervals: analysis.intervals[candidate.predictions.id] ?? [:])
        }
    }
}
