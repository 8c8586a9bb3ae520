import Foundation

/// What a contestant may use that no experiment file says: where fetched encoders are and computed vectors are kept.
public struct ContestantResources: Sendable {
    public let cache: URL
    /// Told of work that was taken from the cache instead of being done.
    let keptWork = KeptWorkMeter()

    public init(cache: URL) { self.cache = cache }
}
