/// What an evaluation found.
public struct TrainingScore: Sendable {
    /// What the log is told.
    public var metrics: [(name: String, value: Double)]
    /// What decides which model is best, the higher the better; nil where it is undefined, which is never the best.
    public var value: Double?

    public init(metrics: [(name: String, value: Double)], value: Double?) {
        self.metrics = metrics
        self.value = value
    }
}
