import DeterministicWork
import LinearAlgebra

/// The low-rank part of a matrix that is adapted: W = W₀ + s B A, where W₀ stays and A and B are trained.
///
/// What goes forward multiplies by W, and knows nothing of the parts. Backward, the gradients of A and B come from x and dY,
/// and that of W is never made:
///
///     y = x W₀ᵀ + s (x Aᵀ) Bᵀ + b:  dB = dYᵀ (s x Aᵀ), dA = (s dY B)ᵀ x
///
/// These products are in float32, whatever the precision of the training; their bits depend neither on the number of threads
/// nor on the kind of CPU.
final class LowRankAdapter {
    /// The name of the linear layer, such as `bert.encoder.layer.0.attention.self.query`.
    let linear: String
    /// A and B, packed as the matrices of linear layers. Shapes: [R, I] and [O, R].
    let a, b: TrainedTensor
    /// W, which the owner of the model keeps and `merge` writes. Shape: that of a packed matrix, [O, I].
    var values: UnsafeMutablePointer<Float>
    private let scale: Float
    /// O, I and R.
    private let outputs, inputs, rank: Int
    /// W₀, packed. Shape: [O, I].
    private let base: FloatBuffer
    /// The values of A and B, packed.
    private let storage: (a: PanelMatrix, b: PanelMatrix)
    /// s A, made where W is.
    private let scaledA: FloatBuffer

    /// - Parameters:
    ///   - parameter: W as it is before.
    ///   - values: Its numbers, as `LowRankAdapter.values`.
    ///   - number: That of the matrix among those adapted, by which A is drawn.
    init(
        _ linear: String, _ parameter: Parameter, values: UnsafeMutablePointer<Float>, number: Int,
        rateFactor: Double, _ adaptation: LowRankAdaptation, seed: UInt64
    ) {
        self.linear = linear
        self.values = values
        scale = Float(adaptation.scale)
        let (O, I, R) = (parameter.shape[0].size, parameter.shape[1].size, adaptation.rank)
        (outputs, inputs, rank) = (O, I, R)
        base = FloatBuffer(uninitialized: parameter.storedCount)
        base.pointer.update(from: values, count: parameter.storedCount)
        // PyTorch's kaiming_uniform_ with a = √5, as peft draws A; B is 0.
        let bound = 1 / Double(I).squareRoot()
        var random = RandomStream(seed: seed, for: .lowRankFactor(number: number))
        let drawn = (0..<R * I).map { _ in Float((2 * random.nextUniform() - 1) * bound) }
        storage = (
            drawn.withUnsafeBufferPointer { PanelMatrix(transposing: $0, columns: R, depth: I) },
            PanelMatrix(depth: R, columns: O)
        )
        scaledA = FloatBuffer(count: storage.a.storage.count)
        func tensor(_ factor: String, _ matrix: PanelMatrix) -> TrainedTensor {
            TrainedTensor(
                LowRankFactors.name(factor, linear), values: matrix.storage.pointer,
                count: matrix.storage.count,
                decays: true, rateFactor: rateFactor)
        }
        (a, b) = (tensor("A", storage.a), tensor("B", storage.b))
    }

    /// Floats that are kept for a matrix beside its own: W₀, and A and B with their gradients and moments, without padding.
    static func floats(of parameter: Parameter, rank: Int) -> Int {
        parameter.count + 4 * rank * (parameter.shape[0].size + parameter.shape[1].size)
    }

    /// Adds to the gradients of A and B.
    /// - Parameters:
    ///   - x: Shape: [rows, I].
    ///   - d: dY. Shape: [rows, O], zero from there to the end of the last panel.
    func addGradient(_ x: FloatRows, gradient d: FloatRows, _ pass: Pass) {
        let mark = pass.mark
        let u = pass.rows(x.rows, columns: rank)
        storage.a.product(x, plus: nil, into: u, pass.team)
        multiplyByScale(u)
        PanelMatrix(depth: rank, columns: outputs, storage: b.gradient).setGradient(
            u, d, bias: nil, accumulating: b.hasGradient, pass.team)
        let dU = pass.rows(x.rows, columns: rank)
        storage.b.backward(d, into: dU, accumulating: false, pass.team)
        multiplyByScale(dU)
        PanelMatrix(depth: inputs, columns: rank, storage: a.gradient).setGradient(
            x, dU, bias: nil, accumulating: a.hasGradient, pass.team)
        (a.hasGradient, b.hasGradient) = (true, true)
        pass.release(to: mark)
    }

    private func multiplyByScale(_ rows: FloatRows) {
        for row in 0..<rows.rows {
            for column in 0..<rows.columns { rows[row][column] *= scale }
        }
    }

    /// Makes W of W₀, A and B: each element is one chain of multiply-adds over the rank, from that of W₀ on.
    func merge(_ team: Team) {
        let (I, R, width) = (inputs, rank, PanelMatrix.panel)
        for index in 0..<scaledA.count { scaledA.pointer[index] = scale * a.values[index] }
        nonisolated(unsafe) let (to, valuesB) = (values, b.values)
        let (base, scaledA) = (base, scaledA)
        team.blocks(of: PanelMatrix.padded(outputs) / width, blockSize: 1) { panels, _ in
            for p in panels {
                let w = FloatRows(to + p * I * width, rows: I, columns: width, stride: width)
                w.pointer.update(from: base.pointer + p * I * width, count: I * width)
                for r in stride(from: 0, to: R, by: width) {
                    // r begins a panel of A, since these are as wide.
                    let depth = min(width, R - r)
                    PanelProduct.multiply(
                        FloatRows(scaledA.pointer + r * I, rows: I, columns: depth, stride: width),
                        FloatRows(valuesB + (p * R + r) * width, rows: depth, columns: width, stride: width),
                        into: w, accumulating: true)
                }
            }
        }
    }

    /// The factors as they are now.
    var factors: LowRankFactors.Pair {
        LowRankFactors.Pair(
            linear: linear, inputs: inputs, outputs: outputs, a: storage.a.transposed(),
            b: storage.b.transposed())
    }
}
