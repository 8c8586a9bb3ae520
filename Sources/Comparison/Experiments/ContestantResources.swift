import Foundation

/// What a contestant may use that no experiment file says: where fetched encoders are and computed vectors are kept.
public struct ContestantResources: Sendable {
    public let cache: URL
    /// Told of work that was taken from the cache instead of being done.
    let keptWork = KeptWorkMeter()
    /// Of the trials of a search.
    let trialModels = TrialModels()

    /// Encoders and vectors that are kept in memory; nil where they are read each time.
    let encoders: SharedEncoders?

    public init(cache: URL) { self.init(cache: cache, encoders: nil) }

    package init(cache: URL, encoders: SharedEncoders?) { (self.cache, self.encoders) = (cache, encoders) }
}
