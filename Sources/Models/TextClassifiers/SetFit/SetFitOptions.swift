import Encoders
import Learners
import SettingKeys

/// How an encoder is trained on pairs of texts, and what is then learnt from its vectors: names and defaults of the `setfit`
/// package, version 1.
public struct SetFitOptions: Equatable, Sendable {
    /// How many pairs of either kind are learnt from: pairs of texts with a label in common, and pairs without.
    public enum SamplingStrategy: String, CaseIterable, Sendable {
        /// As many of either kind as there are of the more frequent one; those of the rarer one come again.
        case oversampling
        /// As many of either kind as there are of the rarer one.
        case undersampling
        /// Every pair once.
        case unique
    }

    /// How token vectors are pooled into one; nil for as the encoder's folder says, else the mean.
    public var pooling: Pooling?
    /// Whether the head reads vectors of norm 1; nil for as the encoder's folder says. Cosines are the same either way.
    public var normalize: Bool?
    /// The longest text in tokens; nil for as the encoder's folder says, or the most that it takes.
    public var maxLength: Int?
    /// What is put before every text; nil for what the encoder's folder names as its default prompt, empty for nothing.
    public var prefix: String?
    public var samplingStrategy = SamplingStrategy.oversampling
    /// For N texts, N times this many pairs of either kind, whatever the strategy; nil for as the strategy says.
    public var numIterations: Int?
    /// The number of steps, whatever the epochs; no more pairs are drawn than they take. Nil for as many as the epochs have.
    public var maxSteps: Int?
    /// How often all pairs are learnt from.
    public var numEpochs = 1
    /// Pairs that go through the encoder together.
    public var batchSize = 16
    /// The highest learning rate of the encoder, which then falls linearly to 0.
    public var bodyLearningRate = 2e-5
    /// The share of the steps in which the learning rate rises from 0.
    public var warmupProportion = 0.1
    /// The decoupled weight decay of AdamW, which trains the encoder.
    public var l2Weight = 0.01
    /// How linear layers multiply in training.
    public var precision = TrainingPrecision.f32
    /// What learns from the tuned encoder's vectors.
    public var head = Learner.logistic(.head)

    public init() {}

    /// How the encoder is trained on so many pairs.
    func training(pairCount: Int, seed: UInt64) -> TrainingOptions {
        var training = TrainingOptions()
        training.epochs = numEpochs
        if let maxSteps {
            let steps = (pairCount + batchSize - 1) / batchSize
            training.epochs = (maxSteps + steps - 1) / steps
            training.maxSteps = maxSteps
        }
        training.batchSize = batchSize
        training.learningRate = bodyLearningRate
        training.warmup = .share(warmupProportion)
        training.weightDecay = l2Weight
        training.precision = precision
        training.seed = seed
        return training
    }

    /// In words, for a report.
    /// - Parameters:
    ///   - encoder: As the user names it.
    ///   - maxLength: What it became.
    ///   - prefix: What it became.
    ///   - pairs: How many pairs there are of either kind.
    package func summary(
        encoder: String, maxLength: Int? = nil, prefix: String? = nil,
        pairs: (alike: Int, different: Int)? = nil
    ) -> String {
        let length = (maxLength ?? self.maxLength).map { ", at most \($0) tokens" } ?? ""
        let sampling = numIterations.map { "\($0) iterations" } ?? samplingStrategy.rawValue
        let counts = pairs.map { " \($0.alike) alike and \($0.different) different" } ?? ""
        let duration = maxSteps.map { counted($0, "step") } ?? counted(numEpochs, "epoch")
        return
            "\(encoder), SetFit\(prefixWords(prefix ?? self.prefix))\(length), \(duration) on pairs of texts "
            + "(\(sampling)\(counts.isEmpty ? "" : ":\(counts)")), batches of \(batchSize), learning rate "
            + "\(bodyLearningRate)\(precision == .bf16 ? ", bf16" : ""), \(head.summary)"
    }
}
