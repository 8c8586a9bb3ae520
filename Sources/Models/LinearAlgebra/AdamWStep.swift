import CKernels

/// The numbers of one step of AdamW, as PyTorch's `torch.optim.AdamW` computes it in float32.
package struct AdamWStep: Sendable {
    // PyTorch's defaults.
    package static let defaultBetas = (0.9, 0.999)
    package static let defaultEpsilon = 1e-8

    /// What gradients are multiplied by, such as a clipping factor.
    package let gradientScale: Float
    /// 1 - learning rate * weight decay.
    package let decay: Float
    package let beta1: Float
    package let beta2: Float
    /// Learning rate / (1 - beta1ᵗ).
    package let rate: Float
    /// √(1 - beta2ᵗ).
    package let root: Float
    package let epsilon: Float

    package init(
        gradientScale: Float, decay: Float, beta1: Float, beta2: Float, rate: Float, root: Float,
        epsilon: Float
    ) {
        self.gradientScale = gradientScale
        self.decay = decay
        self.beta1 = beta1
        self.beta2 = beta2
        self.rate = rate
        self.root = root
        self.epsilon = epsilon
    }

    /// Updates `count` weights and their moments in place. A missing gradient is one of zeros.
    package func update(
        _ weights: UnsafeMutablePointer<Float>, gradient: UnsafePointer<Float>?,
        first: UnsafeMutablePointer<Float>, second: UnsafeMutablePointer<Float>, count: Int
    ) {
        ck_adamw(
            weights, gradient, first, second, count, gradientScale, decay, beta1, beta2, rate, root, epsilon)
    }

    /// The sum of the squares of `count` numbers.
    package static func sumOfSquares(_ x: UnsafePointer<Float>, count: Int) -> Double {
        ck_sum_of_squares(x, count)
    }
}
