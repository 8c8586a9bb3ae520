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

    /// When a model is scored on validation.
    public enum Evaluation: Equatable, Sendable {
        case everyEpoch
        case every(steps: Int)
    }

    /// How often all rows are learnt from.
    public var epochs = 3
    /// The number of steps after which training ends, where the epochs have more; nil for none.
    public var maxSteps: Int?
    /// Rows that go through the model together.
    public var batchSize = 16
    /// The number of batches whose gradients make one step.
    public var accumulation = 1
    /// The highest learning rate, which the schedule multiplies.
    public var learningRate = 2e-5
    /// What the learning rate is multiplied by from a layer to the next lower one, above 0 and up to 1: the head has the whole
    /// rate, the top layer this share of it, and the embeddings the smallest.
    public var layerDecay = 1.0
    /// The decoupled weight decay of AdamW.
    public var weightDecay = 0.01
    /// How the learning rate changes after the warm-up.
    public var schedule = LearningRateSchedule.Shape.linear
    /// How long the learning rate rises.
    public var warmup = Warmup.steps(0)
    /// The gradient norm above which gradients are scaled down; 0 disables clipping.
    public var maxGradientNorm = 1.0
    /// How several tasks take turns.
    public var mixing = Mixing.alternateShortest
    /// The layers that stay as they are.
    public var freezing = Freezing.nothing
    /// How some matrices of the encoder are changed, where all else of it stays as it is; nil to train what is not frozen.
    public var lowRank: LowRankAdaptation?
    /// How linear layers multiply.
    public var precision = TrainingPrecision.f32
    /// The probability of every kind of dropout; nil for those of the checkpoint.
    public var dropout: Double?
    /// Whether rows are put in another order for every epoch.
    public var shuffles = true
    /// When the model is scored on validation.
    public var evaluation = Evaluation.everyEpoch
    /// The number of evaluations without a better score after which training stops; nil for never.
    public var patience: Int?
    /// The number of steps from one line of the log to the next; the loss there is the mean of those between.
    public var logEvery = 1
    /// The seed of the batches' order and of dropout.
    public var seed: UInt64 = 42

    public init() {}
}
