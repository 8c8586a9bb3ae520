/// How a training ended.
public struct TrainingOutcome: Equatable, Sendable {
    /// The number of steps that were made.
    public let steps: Int
    /// The step after which the model is the one in `bestFolder`.
    public let bestStep: Int
    public let bestScore: Double?
    public let stoppedEarly: Bool
    /// The number of evaluations that had no score.
    public let undefinedEvaluations: Int
    /// The mean train loss of each task in the last epoch, as its steps found it; nil of a task that had no step in it.
    public let lastEpochLosses: [Double?]

    public init(
        steps: Int, bestStep: Int, bestScore: Double?, stoppedEarly: Bool, undefinedEvaluations: Int = 0,
        lastEpochLosses: [Double?] = []
    ) {
        self.lastEpochLosses = lastEpochLosses
        self.undefinedEvaluations = undefinedEvaluations
        self.steps = steps
        self.bestStep = bestStep
        self.bestScore = bestScore
        self.stoppedEarly = stoppedEarly
    }
}
