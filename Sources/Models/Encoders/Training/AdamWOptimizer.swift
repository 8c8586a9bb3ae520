import Foundation
import LinearAlgebra

/// AdamW with decoupled weight decay (Loshchilov and Hutter 2019), as `torch.optim.AdamW` computes it in float32, with a
/// limit for the length of the gradient.
package struct AdamWOptimizer: Sendable {
    package struct Options: Equatable, Sendable {
        package var beta1 = 0.9
        package var beta2 = 0.999
        package var epsilon = 1e-8
        package var weightDecay = 0.01
        /// The longest gradient, of all parameters together; 0 for no limit.
        package var maxGradientNorm = 1.0

        package init() {}
    }

    package let options: Options
    private let parameters: [Parameter]
    private let words: WordParameters?
    private let team: Team

    /// What `torch.nn.utils.clip_grad_norm_` adds to the norm.
    private static let clippingEpsilon = 1e-6
    /// Elements that a thread updates at once.
    private static let block = 1 << 15

    package init(_ options: Options, _ parameters: [Parameter], words: WordParameters?, _ team: Team) {
        self.options = options
        self.parameters = parameters
        self.words = words
        self.team = team
    }

    /// The length of the gradient of all parameters together.
    package func gradientNorm() -> Double {
        let found = blocks(of: parameters.filter(\.hasGradient))
        let squares = FloatSums(count: found.count)
        team.blocks(of: found.count, blockSize: 1) { range, _ in
            for index in range {
                let block = found[index]
                squares.values[index] = AdamWStep.sumOfSquares(
                    block.parameter.gradient.pointer + block.range.lowerBound, count: block.range.count)
            }
        }
        let dense = (0..<found.count).reduce(0) { $0 + squares.values[$1] }
        return (dense + (words?.gradientSquares() ?? 0)).squareRoot()
    }

    /// Updates every parameter that has a gradient, and forgets the gradients.
    /// - Returns: The gradient's length before it was limited.
    package func step(learningRate: Double) -> Double {
        let norm = gradientNorm()
        let limit = options.maxGradientNorm
        let scale = limit > 0 ? min(1, limit / (norm + AdamWOptimizer.clippingEpsilon)) : 1
        for parameter in parameters where parameter.hasGradient { parameter.updates += 1 }
        let found = blocks(of: parameters.filter(\.hasGradient))
        team.blocks(of: found.count, blockSize: 1) { range, _ in
            for block in found[range] {
                let (parameter, start) = (block.parameter, block.range.lowerBound)
                let step = numbers(
                    rate: learningRate, updates: parameter.updates, decays: parameter.decays, scale: scale)
                step.update(
                    parameter.values.pointer + start, gradient: parameter.gradient.pointer + start,
                    first: parameter.first.pointer + start, second: parameter.second.pointer + start,
                    count: block.range.count)
            }
        }
        if let words, words.hasGradient {
            words.update(
                numbers(rate: learningRate, updates: words.updates + 1, decays: true, scale: scale), team)
        }
        clearGradients()
        return norm
    }

    package func clearGradients() {
        for parameter in parameters { parameter.hasGradient = false }
        words?.clearGradient()
    }

    /// The numbers of a parameter's step number `updates`.
    private func numbers(rate: Double, updates: Int, decays: Bool, scale: Double) -> AdamWStep {
        AdamWStep(
            gradientScale: Float(scale), decay: Float(decays ? 1 - rate * options.weightDecay : 1),
            beta1: Float(options.beta1), beta2: Float(options.beta2),
            rate: Float(rate / (1 - pow(options.beta1, Double(updates)))),
            root: Float((1 - pow(options.beta2, Double(updates))).squareRoot()),
            epsilon: Float(options.epsilon))
    }

    private struct Block: Sendable {
        let parameter: Parameter
        let range: Range<Int>
    }

    private func blocks(of parameters: [Parameter]) -> [Block] {
        parameters.flatMap { parameter in
            stride(from: 0, to: parameter.values.count, by: AdamWOptimizer.block).map {
                Block(
                    parameter: parameter, range: $0..<min(parameter.values.count, $0 + AdamWOptimizer.block))
            }
        }
    }
}

/// Sums that threads write, each its own.
private final class FloatSums: @unchecked Sendable {
    var values: UnsafeMutableBufferPointer<Double>

    init(count: Int) { values = .allocate(capacity: count) }

    deinit { values.deallocate() }
}
