import LinearAlgebra

/// AdamW (Loshchilov and Hutter 2019), as PyTorch's `torch.optim.AdamW` computes it in double precision; a network's is
/// in single precision.
package struct AdamW: Sendable {
    let learningRate: Double
    let weightDecay: Double
    /// Steps so far.
    private var count = 0
    /// Running means of the gradient and of its squares. Shape: [P].
    private var first: [Double]
    private var second: [Double]

    package init(parameterCount: Int, learningRate: Double, weightDecay: Double) {
        self.learningRate = learningRate
        self.weightDecay = weightDecay
        first = Array(repeating: 0, count: parameterCount)
        second = first
    }

    /// w ← w - lr decay w; m ← β₁ m + (1 - β₁) g; v ← β₂ v + (1 - β₂) g²;
    /// w ← w - lr (m / (1 - β₁ᵗ)) / (√(v / (1 - β₂ᵗ)) + ε)
    package mutating func update(_ parameters: inout [Double], gradient: [Double]) {
        count += 1
        let step = AdamWStep(number: count, learningRate: learningRate, weightDecay: weightDecay)
        let (beta1, beta2) = AdamWStep.betas
        for i in parameters.indices {
            let g = gradient[i]
            first[i] = beta1 * first[i] + (1 - beta1) * g
            second[i] = beta2 * second[i] + (1 - beta2) * g * g
            let denominator = second[i].squareRoot() / step.root + AdamWStep.epsilon
            parameters[i] = parameters[i] * step.decay - step.rate * first[i] / denominator
        }
    }
}
