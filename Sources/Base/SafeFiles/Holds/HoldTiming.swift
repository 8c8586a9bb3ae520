/// How often a process that holds a folder shows that it works, and how long others wait for a sign of it.
public struct HoldTiming: Sendable {
    /// Between two signs of life.
    public var beat: Duration
    /// The silence after which a process counts as dead, measured by the clock of whoever waits for it.
    public var patience: Duration

    /// Network file systems show a file's new content to who opens it, so twelve signs that fail to come are no delay.
    public static let standard = HoldTiming(beat: .seconds(5), patience: .seconds(60))

    public init(beat: Duration, patience: Duration) {
        (self.beat, self.patience) = (beat, patience)
    }
}
