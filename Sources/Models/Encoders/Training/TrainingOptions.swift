/// How a model is trained: names and defaults of `transformers` where it has them.
public struct TrainingOptions: Equatable, Sendable {
    /// The length of the warm-up.
    public enum Warmup: Equatable, Sendable {
        /// Of all steps, rounded up.
        case share(Double)
        case steps(Int)

        func steps(of total: Int) -> Int {
            switch self {
            case .share(let share): Int((share * Double(total)).rounded(.up))
            case .steps(let steps): steps
            }
        }
    }

    /// How several tasks take turns.
    public enum Mixing: Equatable, Sendable {
        /// A step for a batch of each task in turn, until the first task has no more.
        case alternateShortest
        /// The same until the last task has no more; shorter ones begin again.
        case alternateCycling
        /// A batch of each task makes one step, of the weighted sum of their losses; shorter ones begin again.
        case joint
    }

    public enum Evaluation: Equatable, Sendable {
        case everyEpoch
        case every(steps: Int)
    }

    public var epochs = 3
    public var batchSize = 16
    /// Batches whose gradients make one step.
    public var accumulation = 1
    public var learningRate = 2e-5
    public var weightDecay = 0.01
    public var schedule = LearningRateSchedule.Shape.linear
    public var warmup = Warmup.steps(0)
    /// The longest gradient; 0 for no limit.
    public var maxGradientNorm = 1.0
    public var mixing = Mixing.alternateShortest
    public var freezing = Freezing.nothing
    /// Instead of the checkpoint's probabilities.
    public var dropout: Double?
    public var shuffles = true
    public var evaluation = Evaluation.everyEpoch
    /// Evaluations without a better score after which training stops.
    public var patience: Int?
    /// Steps from one line of the log to the next; the loss is the mean of those between.
    public var logEvery = 1
    /// Of the batches' order and of dropout.
    public var seed: UInt64 = 42

    public init() {}
}
