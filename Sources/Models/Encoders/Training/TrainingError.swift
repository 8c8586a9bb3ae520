/// Why training ended early. Checkpoints that were written stay as they are.
public enum TrainingError: Error, Equatable, Sendable {
    /// The loss is infinite or not a number.
    case lossNotFinite(step: Int, loss: Double, learningRate: Double)
    /// The gradient is infinite or not a number.
    case gradientNotFinite(step: Int, learningRate: Double)
    case notEnoughMemory(neededBytes: Int, availableBytes: Int)
    case noRows(task: String?)
    /// What decides which model is best was undefined at every evaluation.
    case nothingDefined(evaluations: Int)
    /// A checkpoint that this program wrote, but not of this model.
    case badCheckpoint(path: String, reason: String)
    /// The caller asked for it; all is saved.
    case stopped
}

extension TrainingError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .lossNotFinite(let step, let loss, let rate):
            "the loss of step \(step) is \(loss) at learning rate \(rate), expected a finite number; "
                + "try a smaller learning rate or a longer warm-up"
        case .gradientNotFinite(let step, let rate):
            "the gradient of step \(step) is not finite at learning rate \(rate); "
                + "try a smaller learning rate or a longer warm-up"
        case .notEnoughMemory(let needed, let available):
            "training needs about \(needed >> 20) MiB of memory, found \(available >> 20) MiB; "
                + "try a smaller batch-size or max-length, or freeze layers"
        case .noRows(let task):
            "\(task.map { "task \($0) has" } ?? "there are") no rows to train on, expected at least one"
        case .nothingDefined(let evaluations):
            "the metric of best-by was undefined at each of \(evaluations) evaluations, so no model is the best; "
                + "choose another metric"
        case .badCheckpoint(let path, let reason):
            "\(path): \(reason)"
        case .stopped:
            "stopped; the same command goes on where the training was"
        }
    }
}
