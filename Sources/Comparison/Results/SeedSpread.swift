/// The same experiment under several seeds: how much of a score is luck of initialization and sampling. The split is
/// the same in all.
public struct SeedSpread: Codable, Equatable, Sendable {
    /// The experiment's own first; results of the others stand in `seeds/<seed>/`.
    public var seeds: [UInt64]
    /// Test scores by contestant and headline metric, in the order of the seeds; null where undefined.
    public var scores: ReplicateScores

    /// Gathers the headline scores of runs that differ in their seeds alone.
    public init(_ runs: [ExperimentResults]) {
        seeds = runs.map(\.experiment.seed)
        scores = headlineScores(runs)
    }
}
