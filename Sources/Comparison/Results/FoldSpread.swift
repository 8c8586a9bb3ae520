import Evaluation

/// The same experiment on several folds: how much of a score is luck of which rows are trained and tested on.
public struct FoldSpread: Codable, Equatable, Sendable {
    /// How many folds there are in all; results of each stand in `folds/<fold>/`, from 0.
    public var count: Int
    /// How often rows were dealt into folds, as many each time; nil for once.
    public var repeats: Int?
    /// Test scores by contestant and headline metric, in the order of the folds; null where undefined.
    public var scores: ReplicateScores
    /// Whether the ranking's metric differs by more than chance; nil where a fold has no train rows.
    public var tests: FoldTests?

    /// Gathers the headline scores of runs that differ in their folds alone.
    /// - Parameters:
    ///   - contestants: Those that are in all of them.
    ///   - dealings: How often rows were dealt; the runs of the first come first.
    public init(_ runs: [ExperimentResults], contestants: [String], dealings: Int = 1) {
        count = runs.count
        repeats = dealings > 1 ? dealings : nil
        let scores = headlineScores(runs).filter { contestants.contains($0.key) }
        self.scores = scores
        tests = FoldTests(runs, scores)
    }

    /// How often rows were dealt into folds.
    public var dealings: Int { repeats ?? 1 }
}

/// Test scores by contestant and headline metric, in the order of the replicates; nil where undefined.
public typealias ReplicateScores = [String: [MetricName: [Double?]]]

/// The headline scores of runs that differ in their replicates alone.
func headlineScores(_ runs: [ExperimentResults]) -> ReplicateScores {
    var scores: ReplicateScores = [:]
    guard let first = runs.first else { return scores }
    let metrics = MetricName.headline(
        of: first.dataset.labelSpace, first: first.experiment.rankBy)
    for contestant in first.contestants {
        for metric in metrics {
            scores[contestant.id, default: [:]][metric] = runs.map { run in
                run.contestants.first { $0.id == contestant.id }?.test[metric]
            }
        }
    }
    return scores
}

extension ExperimentResults {
    /// The only task's test scores under every seed, or on every fold; nil where there is one replicate.
    public var replicateScores: ReplicateScores? { seeds?.scores ?? folds?.scores }

    /// Mean and standard deviation (n - 1) over the replicates of the only task; nil where there is one, or where the score is
    /// undefined in one of them.
    public func spread(
        of contestant: String, _ metric: MetricName
    ) -> (mean: Double, deviation: Double)? {
        let all = replicateScores?[contestant]?[metric] ?? []
        guard let mean = mean(all) else { return nil }
        let squares = all.compactMap(\.self).reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return (mean, (squares / Double(max(1, all.count - 1))).squareRoot())
    }
}
