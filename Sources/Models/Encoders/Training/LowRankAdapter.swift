import DeterministicWork
import Foundation
import LinearAlgebra

/// The low-rank part of a matrix that is adapted: W = W₀ + s B A, where W₀ stays and A and B are trained.
///
/// The layers compute with W, so that they know nothing of it. From the gradient of W, which they leave,
///
///     dA = s Bᵀ dW, dB = s dW Aᵀ
///
/// are those of A and B, which the optimizer updates as any tensor; W is then made anew. Each element is one sum in double
/// precision, in the order of the depth, whatever the number of threads.
final class LowRankAdapter {
    /// W, whose gradient is read and whose values are written; never updated by the optimizer itself.
    private let weight: TrainedTensor
    /// A and B. Shapes: [R, I] and [O, R].
    let a, b: TrainedTensor
    private let scale: Double
    private let outputs, inputs, rank: Int
    /// W₀. Shape: [O, I].
    private let base: [Float]
    private let storage: (a: FloatBuffer, b: FloatBuffer)

    private static let rowBlock = 8

    /// - Parameters:
    ///   - number: That of the matrix among those adapted, by which A is drawn.
    ///   - parameter: W as it is before.
    init(
        _ weight: TrainedTensor, _ parameter: Parameter, number: Int, _ adaptation: LowRankAdaptation,
        seed: UInt64
    ) {
        self.weight = weight
        scale = adaptation.scale
        (outputs, inputs, rank) = (parameter.shape[0].size, parameter.shape[1].size, adaptation.rank)
        base = parameter.checkpointValues()
        // PyTorch's kaiming_uniform_ with a = √5, as peft draws A; B is 0.
        let bound = 1 / Double(inputs).squareRoot()
        var random = RandomStream(seed: seed, for: .lowRankFactor(number: number))
        storage = (
            FloatBuffer((0..<rank * inputs).map { _ in Float((2 * random.nextUniform() - 1) * bound) }),
            FloatBuffer(count: outputs * rank)
        )
        let name = weight.name.dropLast(".weight".count)
        a = TrainedTensor(
            "\(name).lora_A.weight", values: storage.a.pointer, count: rank * inputs, decays: true,
            rateFactor: weight.rateFactor)
        b = TrainedTensor(
            "\(name).lora_B.weight", values: storage.b.pointer, count: outputs * rank, decays: true,
            rateFactor: weight.rateFactor)
    }

    /// Makes the gradients of A and B of that of W, if there is one.
    func takeGradient(_ team: Team) {
        guard weight.hasGradient else { return }
        let dW = PanelMatrix(depth: inputs, columns: outputs, storage: weight.gradient).transposed()
        let (O, I, R, scale) = (outputs, inputs, rank, scale)
        nonisolated(unsafe) let (valuesA, valuesB) = (a.values, b.values)
        nonisolated(unsafe) let (gradientA, gradientB) = (a.gradient.pointer, b.gradient.pointer)
        team.blocks(of: I, blockSize: LowRankAdapter.rowBlock) { columns, _ in
            for i in columns {
                for r in 0..<R {
                    var sum = 0.0
                    for o in 0..<O { sum += Double(valuesB[o * R + r]) * Double(dW[o * I + i]) }
                    gradientA[r * I + i] = Float(scale * sum)
                }
            }
        }
        team.blocks(of: O, blockSize: LowRankAdapter.rowBlock) { rows, _ in
            for o in rows {
                for r in 0..<R {
                    var sum = 0.0
                    for i in 0..<I { sum += Double(dW[o * I + i]) * Double(valuesA[r * I + i]) }
                    gradientB[o * R + r] = Float(scale * sum)
                }
            }
        }
        (a.hasGradient, b.hasGradient) = (true, true)
    }

    /// Makes W of W₀, A and B.
    func merge(_ team: Team) {
        let (O, I, R, scale) = (outputs, inputs, rank, scale)
        nonisolated(unsafe) let (valuesA, valuesB) = (a.values, b.values)
        var merged = base
        merged.withUnsafeMutableBufferPointer { buffer in
            nonisolated(unsafe) let to = buffer
            team.blocks(of: O, blockSize: LowRankAdapter.rowBlock) { rows, _ in
                for o in rows {
                    for i in 0..<I {
                        var sum = 0.0
                        for r in 0..<R { sum += Double(valuesB[o * R + r]) * Double(valuesA[r * I + i]) }
                        to[o * I + i] = Float(Double(to[o * I + i]) + scale * sum)
                    }
                }
            }
        }
        let packed = merged.withUnsafeBufferPointer {
            PanelMatrix(transposing: $0, columns: O, depth: I).storage
        }
        weight.values.update(from: packed.pointer, count: weight.count)
    }
}
