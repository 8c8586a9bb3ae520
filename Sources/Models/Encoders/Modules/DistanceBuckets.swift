import Foundation

/// Buckets of the distances between tokens, few for those far away (Raffel et al. 2020).
///
/// The first half of the buckets is of keys at the query or before it, the other half of keys after it. In each half, the first
/// half of the buckets holds one distance each. The others hold ever more, and the last all from about `maxDistance` on. (`relative_position_bucket`
/// of `MPNetEncoder` in `transformers`.)
public struct DistanceBuckets: Sendable {
    /// The number of buckets.
    public let count: Int
    public let maxDistance: Int

    /// - Precondition: `count` is a multiple of 4, and a quarter of it is below `maxDistance`.
    public init(count: Int, maxDistance: Int) {
        precondition(count > 0 && count.isMultiple(of: 4) && maxDistance > count / 4)
        self.count = count
        self.maxDistance = maxDistance
    }

    /// The bucket of a key's position minus the query's. In float32, as PyTorch has it, since a distance may stand at the
    /// edge of a bucket.
    public func bucket(_ distance: Int) -> Int {
        let side = count / 2
        let exact = side / 2
        let first = distance > 0 ? side : 0
        let size = abs(distance)
        if size < exact { return first + size }
        let share = log(Float(size) / Float(exact)) / Float(log(Double(maxDistance) / Double(exact)))
        return first + min(side - 1, exact + Int(share * Float(side - exact)))
    }
}
