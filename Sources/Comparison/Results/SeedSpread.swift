import Evaluation

/// The same experiment under several seeds: how much of a score is luck of initialization and sampling. The split is
/// the same in all.
public struct SeedSpread: Codable, Equatable, Sendable {
    /// The experiment's own first; results of the others stand in `seeds/<seed>/`.
    public var seeds: [UInt64]
    /// Test scores by contestant and headline metric, in the order of the seeds; null where undefined.
    public var scores: [String: [String: [Double?]]]

    /// Gathers the headline scores of runs that differ in their seeds alone.
    public init(_ runs: [ExperimentResults]) {
        seeds = runs.map(\.experiment.seed)
        scores = [:]
        guard let first = runs.first else { return }
        let metrics = MetricName.headline(
            of: first.dataset.labelSpace,
            first: first.experiment.rankingMetric)
        for contestant in first.contestants {
            for metric in metrics {
                scores[contestant.id, default: [:]][metric.rawValue] = runs.map { run in
                    run.contestants.first { $0.id == contestant.id }?.test[metric]
                }
            }
        }
    }

    /// Mean and standard deviation (n - 1); nil where the score is undefined under a seed.
    public func spread(of contestant: String, _ metric: MetricName) -> (mean: Double, deviation: Double)? {
        let all = scores[contestant]?[metric.rawValue] ?? []
        guard let mean = mean(all) else { return nil }
        let squares = all.compactMap(\.self).reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return (mean, (squares / Double(max(1, all.count - 1))).squareRoot())
    }
}
