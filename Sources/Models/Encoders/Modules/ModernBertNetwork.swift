import LinearAlgebra

/// The network of ModernBERT (Warner et al. 2024): normalised embeddings, layers with norms before their parts, some of
/// which attend to all tokens and some to those near, and a norm at the end.
public struct ModernBertNetwork: EncoderNetwork {
    package var embeddings: TokenEmbeddings
    package var layers: [ModernBertLayer]
    package var finalNorm: LayerNorm
    private let choices: ModernBertChoices
    private let headWidth: Int
    private let layerCount: Axis
    /// Layers that are not trained, of the lowest ones; nil where the embeddings are trained too.
    private var frozenLayers: Int?

    /// What forward leaves for backward.
    public struct Activations: Sendable {
        let embeddings: TokenEmbeddings.Activations
        let rotations: Rotations
        var layers: [ModernBertLayer.Activations] = []
        /// What the final norm reads. Shape: that of the output.
        let last: FloatRows
    }

    /// The rotations of a block's tokens, those of the layers that attend to all tokens and of those that do not.
    struct Rotations: Sendable {
        let global, local: Rotation
    }

    init(_ sizes: EncoderConfiguration, _ choices: ModernBertChoices) {
        let (hidden, epsilon) = (sizes.axis(.hidden), sizes.layerNormEpsilon)
        let norm = LayerNorm(width: hidden, epsilon: epsilon, hasBias: choices.normsHaveBias)
        embeddings = TokenEmbeddings(
            vocabulary: sizes.axis(.vocabulary), padding: sizes.paddingToken, hidden: hidden, norm: norm)
        layers = (0..<sizes.layers).map { index in
            ModernBertLayer(
                attentionNorm: index == 0 ? nil : norm,
                attention: RotaryAttention(
                    hidden: hidden, heads: sizes.heads,
                    blocks: choices.isLocal(index) ? .local(window: choices.window) : .global,
                    hasBias: choices.attentionHasBias, names: .init(projection: "Wqkv", output: "Wo")),
                feedForwardNorm: norm,
                feedForward: GLUFeedForward(
                    hidden: hidden, intermediate: sizes.axis(.intermediate),
                    activation: sizes.activation.function, hasBias: choices.feedForwardHasBias,
                    names: .init(input: "Wi", output: "Wo")))
        }
        finalNorm = norm
        self.choices = choices
        headWidth = sizes.hidden / sizes.heads
        layerCount = sizes.axis(.layers)
    }

    public var hidden: Int { finalNorm.width }

    public var activationsPerToken: Int {
        layers.reduce(3 * hidden) { $0 + $1.activationsPerToken }
    }

    public mutating func visit(_ visitor: ParameterVisitor) {
        embeddings.visit(visitor.at("embeddings", depth: .belowLayers))
        for index in layers.indices {
            layers[index].visit(
                visitor.at("layers.\(index)", because: layerCount, depth: .layer(index)))
        }
        finalNorm.visit(visitor.at("final_norm", depth: .afterLayers))
    }

    public mutating func freeze(_ freezing: Freezing) {
        guard let count = freezing.layerCount(of: layers.count) else { return }
        if freezing == .encoder { finalNorm.freeze() }
        embeddings.freeze()
        for index in 0..<count { layers[index].freeze() }
        frozenLayers = count
    }

    private func rotation(_ layer: Int, _ rotations: Rotations) -> Rotation {
        choices.isLocal(layer) ? rotations.local : rotations.global
    }

    /// For the first tokens, the last layer projects the queries of all, and attends and goes on with those of the first.
    public func forward(
        _ block: TokenBlock, queries: QueriedTokens, _ pass: Pass
    ) -> (output: FloatRows, activations: Activations) {
        let embedded = embeddings.forward(block, pass)
        let rotations = Rotations(
            global: Rotation(base: choices.globalBase, headWidth: headWidth, spans: block.spans),
            local: Rotation(base: choices.localBase, headWidth: headWidth, spans: block.spans))
        var x = embedded.output
        var kept: [ModernBertLayer.Activations] = []
        for index in layers.indices {
            let queried = index == layers.count - 1 ? queries : .all
            var residual = x
            if queried == .first {
                residual = pass.rows(block.sequences.count, columns: hidden)
                block.copyFirst(of: x, to: residual)
            }
            let mark = pass.mark
            let layer = layers[index].forward(
                x, residual, block, queries: queried, rotation(index, rotations), pass)
            if pass.isTraining { kept.append(layer) } else { pass.release(to: mark) }
            x = layer.output
        }
        let output = pass.kept(x.rows, columns: hidden) ?? x
        finalNorm.forward(x, into: output, pass)
        return (
            output,
            Activations(embeddings: embedded.activations, rotations: rotations, layers: kept, last: x)
        )
    }

    public func backward(
        _ block: TokenBlock, _ activations: Activations, gradient d: FloatRows, _ pass: Pass
    ) {
        if frozenLayers == layers.count && finalNorm.weight.isFrozen { return }
        finalNorm.backward(activations.last, gradient: d, pass)
        var d = d
        for index in layers.indices.reversed() {
            if let frozenLayers, index < frozenLayers { return }
            let kept = activations.layers[index]
            let dX = kept.queries == .first ? pass.rows(block.tokens, columns: hidden) : nil
            layers[index].backward(
                kept, block, rotation(index, activations.rotations), gradient: d, into: dX,
                needsInputGradient: frozenLayers != index, pass)
            if let dX {
                block.addFirst(gradient: d, to: dX)
                d = dX
            }
        }
        if frozenLayers == nil { embeddings.backward(block, activations.embeddings, gradient: d, pass) }
    }
}
