import LinearAlgebra

/// AdamW with decoupled weight decay (Loshchilov and Hutter 2019), as `torch.optim.AdamW` computes it in float32, with a
/// limit for the gradient norm.
struct AdamWOptimizer {
    private let weightDecay: Double
    /// The gradient norm, of all parameters together, above which gradients are scaled down; 0 for no limit.
    private let maxGradientNorm: Double
    private let gradients: Gradients
    private let team: Team

    /// What `torch.nn.utils.clip_grad_norm_` adds to the norm.
    private static let clippingEpsilon = 1e-6
    /// Elements that a thread updates at once.
    private static let block = 1 << 15

    init(weightDecay: Double, maxGradientNorm: Double, _ gradients: Gradients, _ team: Team) {
        self.weightDecay = weightDecay
        self.maxGradientNorm = maxGradientNorm
        self.gradients = gradients
        self.team = team
    }

    /// The norm of the gradient of all parameters together.
    func gradientNorm() -> Double {
        let found = blocks { _ in nil }
        let squares = SquareSums(count: found.count)
        team.blocks(of: found.count, blockSize: 1) { range, _ in
            for index in range {
                squares.values[index] = AdamWStep.sumOfSquares(
                    found[index].gradient, count: found[index].count)
            }
        }
        let dense = (0..<found.count).reduce(0) { $0 + squares.values[$1] }
        return gradients.tables.reduce(dense) { $0 + $1.gradientSquares() }.squareRoot()
    }

    /// Updates every parameter that has a gradient, and forgets the gradients.
    /// - Parameter learningRate: That of parameters whose factor is 1.
    /// - Returns: The gradient norm before it was limited.
    func step(learningRate: Double) -> Double {
        let norm = gradientNorm()
        let limit = maxGradientNorm
        let scale = limit > 0 ? min(1, limit / (norm + AdamWOptimizer.clippingEpsilon)) : 1
        func adamw(number: Int, decays: Bool, rateFactor: Double) -> AdamWStep {
            AdamWStep(
                number: number, learningRate: learningRate * rateFactor,
                weightDecay: decays ? weightDecay : 0, gradientScale: scale)
        }
        for tensor in gradients.tensors where tensor.hasGradient { tensor.updates += 1 }
        let found = blocks { adamw(number: $0.updates, decays: $0.decays, rateFactor: $0.rateFactor) }
        team.blocks(of: found.count, blockSize: 1) { range, _ in
            for block in found[range] {
                block.step?.update(
                    block.values, gradient: block.gradient, first: block.first, second: block.second,
                    count: block.count)
            }
        }
        for table in gradients.tables where table.hasGradient {
            table.update(
                adamw(number: table.updates + 1, decays: true, rateFactor: table.rateFactor), team)
        }
        for adapter in gradients.adapters { adapter.merge(team) }
        gradients.clear()
        return norm
    }

    /// A part of a tensor with a gradient.
    private struct Block: @unchecked Sendable {
        let step: AdamWStep?
        let values, gradient, first, second: UnsafeMutablePointer<Float>
        let count: Int
    }

    private func blocks(_ step: (TrainedTensor) -> AdamWStep?) -> [Block] {
        gradients.tensors.filter { $0.hasGradient }.flatMap { tensor in
            let step = step(tensor)
            return stride(from: 0, to: tensor.count, by: AdamWOptimizer.block).map { start in
                Block(
                    step: step, values: tensor.values + start, gradient: tensor.gradient.pointer + start,
                    first: tensor.first.pointer + start, second: tensor.second.pointer + start,
                    count: min(AdamWOptimizer.block, tensor.count - start))
            }
        }
    }
}

/// Sums that threads write, each its own.
private final class SquareSums: @unchecked Sendable {
    var values: UnsafeMutableBufferPointer<Double>

    init(count: Int) { values = .allocate(capacity: count) }

    deinit { values.deallocate() }
}
