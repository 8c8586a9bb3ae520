import LinearAlgebra

/// A tensor that is trained: its values, its gradient, and AdamW's moments, all in the layout that the model computes with.
///
/// Written by the pass or the optimizer that owns the model at the time, whose threads keep to parts of their own.
package final class Parameter: @unchecked Sendable {
    package let tensor: NamedTensor
    package let gradient: FloatBuffer
    /// AdamW's running means of the gradient and of its square.
    package let first: FloatBuffer
    package let second: FloatBuffer
    /// Whether weight decay applies: not to biases and LayerNorms.
    package let decays: Bool
    /// Steps of the optimizer so far.
    package var updates = 0
    /// Whether this step found a gradient. A parameter without one is left alone, as PyTorch does.
    package var hasGradient = false

    package init(_ tensor: NamedTensor, decays: Bool) {
        self.tensor = tensor
        self.decays = decays
        gradient = FloatBuffer(count: tensor.values.count)
        first = FloatBuffer(count: tensor.values.count)
        second = FloatBuffer(count: tensor.values.count)
    }

    package var values: FloatBuffer { tensor.values }
    package var name: String { tensor.name }
}

/// The parameters of a `Linear`.
package struct LinearParameters: Sendable {
    package let weight: Parameter
    package let bias: Parameter
    private let weightGradient: PanelMatrix

    package init(_ name: String, _ linear: Linear) {
        let tensors = linear.tensors(name)
        weight = Parameter(tensors.weight, decays: true)
        bias = Parameter(tensors.bias, decays: false)
        weightGradient = linear.weight.with(weight.gradient)
    }

    package var all: [Parameter] { [weight, bias] }

    /// Adds dYᵀ x and the sum of dY's rows.
    /// - Parameters:
    ///   - x: Shape: [rows, inputs].
    ///   - d: dY. Shape: [rows, outputs].
    func add(_ x: FloatRows, _ d: FloatRows, _ team: Team) {
        weightGradient.setGradient(x, d, bias: bias.gradient, accumulating: weight.hasGradient, team)
        weight.hasGradient = true
        bias.hasGradient = true
    }
}

/// The parameters of a `LayerNorm`.
package final class NormParameters: @unchecked Sendable {
    package let gain: Parameter
    package let shift: Parameter
    private let width: Int
    private var sums = FloatBuffer(count: 0)

    package init(_ name: String, _ norm: LayerNorm) {
        let tensors = norm.tensors(name)
        gain = Parameter(tensors.gain, decays: false)
        shift = Parameter(tensors.shift, decays: false)
        width = norm.width
    }

    package var all: [Parameter] { [gain, shift] }

    /// Memory for the sums of `blocks` blocks of rows. Shape: [blocks, 2 width].
    func blockSums(_ blocks: Int) -> FloatBuffer {
        if sums.count < blocks * 2 * width { sums = FloatBuffer(count: blocks * 2 * width) }
        return sums
    }

    /// Adds dGain and dShift, side by side, of blocks of rows. Shape: [blocks, 2 width].
    func add(_ sums: FloatRows) {
        for (half, parameter) in [gain, shift].enumerated() {
            let total = parameter.gradient.pointer
            if !parameter.hasGradient { total.update(repeating: 0, count: width) }
            for block in 0..<sums.rows {
                let part = sums[block] + half * width
                for i in 0..<width { total[i] += part[i] }
            }
            parameter.hasGradient = true
        }
    }
}

/// The parameters of an `EncoderLayer`.
package struct LayerParameters: Sendable {
    package let query, key, value, attentionOutput, inner, outer: LinearParameters
    package let attentionNorm, outputNorm: NormParameters

    package init(_ layer: EncoderLayer, _ index: Int, _ keys: CheckpointKeys) {
        func name(_ part: CheckpointKeys.Part) -> String { keys.prefix + keys.name(of: part, layer: index) }
        query = LinearParameters(name(.query), layer.attention.query)
        key = LinearParameters(name(.key), layer.attention.key)
        value = LinearParameters(name(.value), layer.attention.value)
        attentionOutput = LinearParameters(name(.attentionOutput), layer.attention.output)
        attentionNorm = NormParameters(name(.attentionNorm), layer.attentionNorm)
        inner = LinearParameters(name(.innerProduct), layer.feedForward.inner)
        outer = LinearParameters(name(.outerProduct), layer.feedForward.outer)
        outputNorm = NormParameters(name(.outputNorm), layer.outputNorm)
    }

    package var all: [Parameter] {
        [query, key, value, attentionOutput].flatMap(\.all) + attentionNorm.all + inner.all + outer.all
            + outputNorm.all
    }
}

/// The parameters of the `Embeddings`.
package struct EmbeddingParameters: Sendable {
    package let words: WordParameters
    package let positions: Parameter
    package let tokenTypes: Parameter?
    package let norm: NormParameters

    package init(_ embeddings: Embeddings, _ sizes: BertConfiguration, _ keys: CheckpointKeys) {
        words = WordParameters(
            keys.prefix + keys.wordEmbeddings, embeddings.words, vocabulary: sizes.vocabulary,
            hidden: sizes.hidden, padding: sizes.paddingToken)
        positions = Parameter(
            NamedTensor(
                keys.prefix + keys.positionEmbeddings, embeddings.positions,
                shape: [sizes.positions, sizes.hidden]), decays: true)
        tokenTypes = embeddings.tokenTypes.map {
            Parameter(
                NamedTensor(
                    keys.prefix + keys.tokenTypeEmbeddings, $0, shape: [sizes.tokenTypes, sizes.hidden]),
                decays: true)
        }
        norm = NormParameters(keys.prefix + keys.embeddingNorm, embeddings.norm)
    }

    /// All but the words', which have an optimizer of their own.
    package var dense: [Parameter] { [positions] + (tokenTypes.map { [$0] } ?? []) + norm.all }
}
