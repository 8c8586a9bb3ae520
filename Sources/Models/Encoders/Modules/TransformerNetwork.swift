import LinearAlgebra

/// Embeddings and layers one after another, each of its own weights: the network of BERT and its relatives.
public struct TransformerNetwork: EncoderNetwork {
    package var embeddings: Embeddings
    package var layers: [EncoderLayer]
    private let layersName: String
    private let layerCount: Axis
    /// Layers that are not trained, of the lowest ones; nil where the embeddings are trained too.
    private var frozenLayers: Int?

    /// What forward leaves for backward.
    public struct Activations: Sendable {
        let embeddings: Embeddings.Activations
        var layers: [EncoderLayer.Activations] = []
    }

    /// - Parameters:
    ///   - layersName: What stands before the number of a layer in a checkpoint, such as `encoder.layer`.
    ///   - names: The names of a layer's parts.
    public init(_ sizes: EncoderConfiguration, layersName: String, names: EncoderLayer.Names) {
        let hidden = sizes.axis(.hidden)
        embeddings = Embeddings(
            vocabulary: sizes.axis(.vocabulary), hidden: hidden,
            positions: sizes.axis(.maxPositions), tokenTypes: sizes.axis(.tokenTypes),
            epsilon: sizes.layerNormEpsilon, padding: sizes.paddingToken,
            numbering: sizes.architecture.numbering)
        let layer = EncoderLayer(
            hidden: hidden, heads: sizes.heads, intermediate: sizes.axis(.intermediate),
            activation: sizes.activation.function, epsilon: sizes.layerNormEpsilon, names: names)
        layers = Array(repeating: layer, count: sizes.layers)
        layerCount = sizes.axis(.layers)
        self.layersName = layersName
    }

    public var hidden: Int { embeddings.norm.width }

    public var activationsPerToken: Int {
        layers.reduce(2 * hidden) { $0 + $1.activationsPerToken }
    }

    public mutating func visit(_ visitor: ParameterVisitor) {
        embeddings.visit(visitor.at("embeddings"))
        for index in layers.indices {
            layers[index].visit(visitor.at("\(layersName).\(index)", because: layerCount))
        }
    }

    public mutating func freeze(_ freezing: Freezing) {
        let count: Int
        switch freezing {
        case .nothing: return
        case .embeddings: count = 0
        case .layers(let lowest): count = min(lowest, layers.count)
        case .encoder: count = layers.count
        }
        embeddings.freeze()
        for index in 0..<count { layers[index].freeze() }
        frozenLayers = count
    }

    /// The last layer computes nothing but keys and values for tokens that are not queried.
    public func forward(
        _ block: TokenBlock, queries: QueriedTokens, _ pass: Pass
    ) -> (output: FloatRows, activations: Activations) {
        let embedded = embeddings.forward(block, pass)
        var x = embedded.output
        var activations = Activations(embeddings: embedded.activations)
        for index in layers.indices {
            var (queryRows, spans) = (x, block.spans)
            if queries == .first && index == layers.count - 1 {
                queryRows = pass.rows(block.sequences.count, columns: hidden)
                spans = block.firstSpans
                block.copyFirst(of: x, to: queryRows)
            }
            let mark = pass.mark
            let kept = layers[index].forward(x, queryRows: queryRows, spans: spans, pass)
            if pass.isTraining { activations.layers.append(kept) } else { pass.release(to: mark) }
            x = kept.output
        }
        return (x, activations)
    }

    public func backward(
        _ block: TokenBlock, _ activations: Activations, gradient d: FloatRows, _ pass: Pass
    ) {
        var d = d
        for index in layers.indices.reversed() {
            if let frozenLayers, index < frozenLayers { return }
            let kept = activations.layers[index]
            // Where only the first tokens are queried, the others' gradient is apart.
            let isApart = kept.queryRows.pointer != kept.x.pointer
            let dX = isApart ? pass.rows(kept.x.rows, columns: hidden) : nil
            layers[index].backward(
                kept, gradient: d, into: dX, needsInputGradient: frozenLayers != index, pass)
            if let dX {
                block.addFirst(gradient: d, to: dX)
                d = dX
            }
        }
        if frozenLayers == nil { embeddings.backward(block, activations.embeddings, gradient: d, pass) }
    }
}
