import Foundation

/// The learning rate of each step, as a share of the rate that the optimizer is given: the schedules of `transformers`, and
/// PyTorch's `StepLR`.
public struct LearningRateSchedule: Equatable, Sendable {
    /// What follows the warm-up.
    public enum Shape: Equatable, Sendable {
        case constant
        /// Falls to 0 at the last step.
        case linear
        /// Falls to 0 at the last step, along half a cosine.
        case cosine
        /// Multiplied by `factor` after every `epochs` epochs.
        case step(epochs: Int, factor: Double)
    }

    public var shape: Shape
    /// Steps in which the rate rises from 0, which is the first step's.
    public var warmupSteps: Int

    public init(_ shape: Shape, warmupSteps: Int = 0) {
        self.shape = shape
        self.warmupSteps = warmupSteps
    }

    /// The share at the step of this number, counted from 0, of `total` steps.
    public func factor(step: Int, of total: Int, epoch: Int) -> Double {
        if step < warmupSteps { return Double(step) / Double(max(1, warmupSteps)) }
        let progress = Double(step - warmupSteps) / Double(max(1, total - warmupSteps))
        switch shape {
        case .constant: return 1
        case .linear: return max(0, 1 - progress)
        case .cosine: return max(0, 0.5 * (1 + cos(.pi * progress)))
        case .step(let epochs, let factor): return pow(factor, Double(epoch / epochs))
        }
    }
}
