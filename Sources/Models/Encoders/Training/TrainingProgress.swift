/// How far a training is.
public struct TrainingProgress: Sendable {
    /// From 1.
    public var epoch: Int
    public var epochs: Int
    /// Texts of this epoch.
    public var texts: Int
    public var textsInEpoch: Int
    public var loss: Double
}
