/// How far a training is.
public struct TrainingProgress: Sendable {
    /// The epoch that is under way, from 1.
    public var epoch: Int
    public var epochs: Int
    /// The texts of this epoch that have been learnt from.
    public var texts: Int
    public var textsInEpoch: Int
    public var loss: Double
}
