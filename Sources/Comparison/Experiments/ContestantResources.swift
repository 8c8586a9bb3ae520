import Foundation

/// What a contestant may use that no experiment file says: where fetched encoders are and computed vectors are kept.
public struct ContestantResources: Sendable {
    public let cache: URL
    /// Told of work that was kept instead of being done.
    let keptWork = KeptWorkMeter()
    /// Of the trials of a search.
    let trialModels = TrialModels()

    /// What work items share; nil where nothing is kept in memory.
    let memory: RunMemory?

    public init(cache: URL) { self.init(cache: cache, memory: nil) }

    package init(cache: URL, memory: RunMemory?) { (self.cache, self.memory) = (cache, memory) }
}
