/// One of the ways in which an experiment is run again: under another seed, or on another fold.
public struct Replicate: Codable, Equatable, Sendable {
    public let seed: UInt64
    /// The fold that is the test part, from 0; those of a second dealing follow those of the first. Nil where rows are split once.
    public let fold: Int?

    public init(seed: UInt64, fold: Int? = nil) {
        self.seed = seed
        self.fold = fold
    }
}

extension Replicate: CustomStringConvertible {
    /// Such as `seed 43` or `fold 0`.
    public var description: String { fold.map { "fold \($0)" } ?? "seed \(seed)" }
}
