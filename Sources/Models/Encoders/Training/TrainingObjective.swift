/// What a training minimises: the loss of a model on rows of one task or of several.
///
/// `ClassificationObjective` is one; any other, such as a contrastive one, is trained by the same `Trainer`.
public protocol TrainingObjective {
    associatedtype Model: LayeredModule

    /// What there is to learn from.
    var tasks: [TrainingRows] { get }

    /// Floats that a pass keeps of each token of a batch, about.
    func activationsPerToken(of model: Model) -> Int

    /// What is dropped in training, where its options do not say otherwise.
    func dropout(of model: Model) -> DropoutProbabilities

    /// Adds the gradient of the loss of some rows to those of the model's parameters, through the pass.
    /// - Parameters:
    ///   - scale: The gradient is multiplied by it, the loss is not.
    ///   - model: Computed with, and not kept.
    /// - Returns: The loss.
    func addGradient(
        of rows: [Int], task: Int, scale: Double, _ model: Model, _ pass: Pass
    ) throws -> Double
}

/// The rows of a task that a training learns from.
public struct TrainingRows: Sendable {
    /// Nil if there is one task.
    public let name: String?
    /// The tokens of each row. Shape: [N].
    public let tokenCounts: [Int]
    /// The weight of the task's loss, where tasks are mixed jointly.
    public let weight: Double

    public init(name: String? = nil, tokenCounts: [Int], weight: Double = 1) {
        self.name = name
        self.tokenCounts = tokenCounts
        self.weight = weight
    }
}
