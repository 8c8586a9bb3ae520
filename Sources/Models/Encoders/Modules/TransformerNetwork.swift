import LinearAlgebra

/// Embeddings and layers one after another: the network of BERT and its relatives.
///
/// Embeddings of a width E of their own are brought to the layers' width H by a linear layer, the projection. Layers may share
/// their weights, whose gradient is then the sum over those layers.
public struct TransformerNetwork: EncoderNetwork {
    package var embeddings: Embeddings
    /// E to H; nil in a network whose first layer reads the embeddings as they are.
    package var projection: Linear?
    /// The layers that differ in their weights.
    package var layers: [EncoderLayer]
    private let sequence: LayerSequence
    private let projectionName: String
    /// What the layers add to their scores; nil in a network whose scores know no distance.
    package var relativeBias: RelativeBias?
    private let relativeBiasName: String
    /// Layers that are not trained, of the lowest ones; nil where the embeddings are trained too.
    private var frozenLayers: Int?

    /// What forward leaves for backward.
    public struct Activations: Sendable {
        let embeddings: Embeddings.Activations
        /// What the projection reads, if there is one. Shape: [T, E].
        let embedded: FloatRows
        var layers: [EncoderLayer.Activations] = []
        let term: RelativeBias.Term?
    }

    /// Where a bias by distance is, and how large.
    public struct RelativeBiasPlace: Sendable {
        let name: String
        let rows: Axis
        let buckets: DistanceBuckets

        /// - Parameters:
        ///   - name: Without `.weight`.
        ///   - rows: Those of the table.
        public init(_ name: String, rows: Axis, buckets: DistanceBuckets) {
            self.name = name
            self.rows = rows
            self.buckets = buckets
        }
    }

    /// - Parameters:
    ///   - layers: Those that the network goes through.
    ///   - names: The names of a layer's parts.
    ///   - projection: The name of the linear layer from E to H, without `.weight` and `.bias`; nil for none, where E is H.
    ///   - relativeBias: What all layers add to their scores; nil for nothing.
    ///   - dropsFeedForward: Whether training drops elements of what a layer's feed-forward part adds.
    public init(
        _ sizes: EncoderConfiguration, layers sequence: LayerSequence, names: EncoderLayer.Names,
        projection: String? = nil, relativeBias: RelativeBiasPlace? = nil, dropsFeedForward: Bool = true
    ) {
        let (width, hidden) = (sizes.axis(.embedding), sizes.axis(.hidden))
        precondition(projection != nil || width.size == hidden.size)
        embeddings = Embeddings(
            vocabulary: sizes.axis(.vocabulary), hidden: width,
            positions: sizes.axis(.maxPositions), tokenTypes: sizes.axis(.tokenTypes),
            epsilon: sizes.layerNormEpsilon, padding: sizes.paddingToken,
            numbering: sizes.architecture.numbering)
        self.projection = projection.map { _ in Linear(inputs: width, outputs: hidden) }
        projectionName = projection ?? ""
        let layer = EncoderLayer(
            hidden: hidden, heads: sizes.heads, intermediate: sizes.axis(.intermediate),
            activation: sizes.activation.function, epsilon: sizes.layerNormEpsilon, names: names,
            dropsFeedForward: dropsFeedForward)
        layers = Array(repeating: layer, count: sequence.weights.count)
        self.sequence = sequence
        relativeBiasName = relativeBias?.name ?? ""
        self.relativeBias = relativeBias.map {
            RelativeBias(
                rows: $0.rows, heads: sizes.axis(.heads), buckets: $0.buckets,
                maxPositions: sizes.maxPositions, attention: layer.attention.attention)
        }
    }

    public var hidden: Int { projection?.outputs ?? embeddings.norm.width }

    public var activationsPerToken: Int {
        sequence.order.reduce(2 * embeddings.norm.width + (projection?.outputs ?? 0)) {
            $0 + layers[$1].activationsPerToken
        }
    }

    public mutating func visit(_ visitor: ParameterVisitor) {
        embeddings.visit(visitor.at("embeddings", depth: .belowLayers))
        if var projection {
            self.projection = nil
            projection.visit(visitor.at(projectionName, depth: .belowLayers))
            self.projection = projection
        }
        for (index, weights) in sequence.weights.enumerated() {
            layers[index].visit(
                visitor.at(
                    weights.name, because: weights.condition,
                    depth: sequence.isDistinct ? .layer(index) : nil))
        }
        if var bias = relativeBias {
            relativeBias = nil
            bias.visit(visitor.at(relativeBiasName, depth: .belowLayers))
            relativeBias = bias
        }
    }

    /// As in `transformers`, the projection is no part of the embeddings: it is frozen with the lowest layer. The bias by
    /// distance is a part of every layer, so it is trained only where all of them are.
    /// - Throws: `.sharedLayers` where the layers to freeze share weights with those above.
    public mutating func freeze(_ freezing: Freezing) throws(EncoderError) {
        let all = sequence.order.count
        guard let count = freezing.layerCount(of: all) else { return }
        guard sequence.isSeparable(after: count) else {
            throw .sharedLayers(
                frozen: count, layers: all, possible: (1...all).filter(sequence.isSeparable))
        }
        embeddings.freeze()
        if count > 0 {
            projection?.freeze()
            relativeBias?.freeze()
        }
        for index in sequence.order[..<count] { layers[index].freeze() }
        frozenLayers = count
    }

    /// The last layer computes nothing but keys and values for tokens that are not queried.
    public func forward(
        _ block: TokenBlock, queries: QueriedTokens, _ pass: Pass
    ) -> (output: FloatRows, activations: Activations) {
        let embedded = embeddings.forward(block, pass)
        var x = embedded.output
        if let projection {
            x = pass.rows(block.tokens, columns: hidden)
            projection.forward(embedded.output, into: x, pass)
        }
        let term = relativeBias?.forward(block, pass)
        var activations = Activations(
            embeddings: embedded.activations, embedded: embedded.output, term: term)
        for (number, layer) in sequence.order.enumerated() {
            let isLast = number == sequence.order.count - 1
            let (queryRows, spans) = block.queried(isLast ? queries : .all, of: x, pass)
            let mark = pass.mark
            let kept = layers[layer].forward(x, queryRows: queryRows, spans: spans, term: term, pass)
            if pass.isTraining { activations.layers.append(kept) } else { pass.release(to: mark) }
            x = kept.output
        }
        return (x, activations)
    }

    /// Layers that share weights add to one gradient.
    public func backward(
        _ block: TokenBlock, _ activations: Activations, gradient d: FloatRows, _ pass: Pass
    ) {
        var d = d
        let trainsProjection = projection != nil && frozenLayers ?? 0 == 0
        let term = activations.term.map { relativeBias?.beginBackward($0, block, pass) ?? $0 }
        for (number, layer) in sequence.order.enumerated().reversed() {
            if let frozenLayers, number < frozenLayers { return }
            let kept = activations.layers[number]
            // Where only the first tokens are queried, the others' gradient is apart.
            let isApart = kept.queryRows.pointer != kept.x.pointer
            let dX = isApart ? pass.rows(kept.x.rows, columns: hidden) : nil
            layers[layer].backward(
                kept, term: term, gradient: d, into: dX,
                needsInputGradient: frozenLayers != number || trainsProjection, pass)
            if let dX {
                block.addFirst(gradient: d, to: dX)
                d = dX
            }
        }
        if let term { relativeBias?.endBackward(term, block, pass) }
        let trainsEmbeddings = frozenLayers == nil
        if let projection {
            let dEmbedded = trainsEmbeddings ? pass.rows(d.rows, columns: projection.inputs) : nil
            projection.backward(activations.embedded, gradient: d, into: dEmbedded, pass)
            if let dEmbedded { d = dEmbedded }
        }
        if trainsEmbeddings { embeddings.backward(block, activations.embeddings, gradient: d, pass) }
    }
}
