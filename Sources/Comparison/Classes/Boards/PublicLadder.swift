import Evaluation
import Results

/// The Ladder of one team's entries on the public rows of a class.
package struct PublicLadder: Sendable {
    private var ladder: Ladder
    private let metric: MetricName
    private let seed: UInt64
    /// The entry whose score is shown, on the public rows.
    package private(set) var standing: ScoredPredictions?

    /// As many as a standard error needs; the board's intervals have more.
    private static let draws = 1000

    /// - Parameter seed: Of the resamples.
    package init(metric: MetricName, step: Double, seed: UInt64) {
        ladder = Ladder(step: step)
        self.metric = metric
        self.seed = seed
    }

    /// The score that the board shows, as the metric has it.
    package var shown: Double? { ladder.best.map(metric.direction.score) }

    /// Takes the next entry.
    /// - Parameter entry: On the public rows.
    /// - Returns: Whether its score is shown from now on; nil where it has none by the metric.
    package mutating func take(_ entry: ScoredPredictions) -> Bool? {
        guard let score = entry.scorecard[metric] else { return nil }
        let (standing, metric, seed) = (self.standing, self.metric, self.seed)
        let isShown = ladder.take(metric.direction.score(score)) {
            standing.flatMap { PublicLadder.standardError($0, entry, metric: metric, seed: seed) }
        }
        if isShown { self.standing = entry }
        return isShown
    }

    /// Of the difference of two entries' scores, by resamples of the rows, the same for both.
    private static func standardError(
        _ first: ScoredPredictions, _ second: ScoredPredictions, metric: MetricName, seed: UInt64
    ) -> Double? {
        let drawn = PairedResampling(
            gold: first.test.gold, runs: [first, second].map { $0.rows(for: [metric]) },
            labelSpace: first.test.labelSpace, draws: draws, seed: seed
        ).bootstrap([metric])[0]
        return Interval(percentilesOf: zip(drawn[0], drawn[1]).map { $1 - $0 })?.standardError
    }
}
