import Corpora

/// One of the ways in which an experiment is run again: under another seed, on another fold, or on a sample of the train rows.
public struct Replicate: Codable, Equatable, Sendable {
    public let seed: UInt64
    /// The fold that is the test part, from 0; those of a second dealing follow those of the first. Nil where rows are split once.
    public let fold: Int?
    /// What contestants are fitted on; nil for the whole train part.
    public let sample: TrainSample?

    public init(seed: UInt64, fold: Int? = nil, sample: TrainSample? = nil) {
        self.seed = seed
        self.fold = fold
        self.sample = sample
    }
}

extension Replicate: CustomStringConvertible {
    /// Such as `seed 43`, `fold 0` or `50 train rows, repeat 0`.
    public var description: String {
        fold.map { "fold \($0)" } ?? sample.map { "\($0)" } ?? "seed \(seed)"
    }
}
