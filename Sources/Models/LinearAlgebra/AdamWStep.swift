import CKernels
import Foundation

/// The numbers of one step of AdamW (Loshchilov and Hutter 2019), as PyTorch's `torch.optim.AdamW` has them.
package struct AdamWStep: Sendable {
    // PyTorch's defaults.
    package static let betas = (0.9, 0.999)
    package static let epsilon = 1e-8

    /// What weights are multiplied by: 1 - learning rate * weight decay.
    package let decay: Double
    /// Learning rate / (1 - beta1ᵗ).
    package let rate: Double
    /// √(1 - beta2ᵗ).
    package let root: Double
    private let gradientScale: Double

    /// - Parameters:
    ///   - number: t, from 1.
    ///   - gradientScale: What gradients are multiplied by, such as a clipping factor.
    package init(number: Int, learningRate: Double, weightDecay: Double, gradientScale: Double = 1) {
        decay = 1 - learningRate * weightDecay
        rate = learningRate / (1 - pow(AdamWStep.betas.0, Double(number)))
        root = (1 - pow(AdamWStep.betas.1, Double(number))).squareRoot()
        self.gradientScale = gradientScale
    }

    /// Updates `count` weights and their moments in place, in single precision. A missing gradient is one of zeros.
    package func update(
        _ weights: UnsafeMutablePointer<Float>, gradient: UnsafePointer<Float>?,
        first: UnsafeMutablePointer<Float>, second: UnsafeMutablePointer<Float>, count: Int
    ) {
        ck_adamw(
            weights, gradient, first, second, count, Float(gradientScale), Float(decay),
            Float(1 - AdamWStep.betas.0), Float(AdamWStep.betas.1), Float(1 - AdamWStep.betas.1),
            Float(rate), Float(root), Float(AdamWStep.epsilon))
    }

    /// The sum of the squares of `count` numbers.
    package static func sumOfSquares(_ x: UnsafePointer<Float>, count: Int) -> Double {
        ck_sum_of_squares(x, count)
    }
}
