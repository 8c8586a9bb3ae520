import LinearAlgebra

/// Embeddings and layers with disentangled attention, which share a table of relative positions: the network of DeBERTa-v2
/// and v3.
package struct DisentangledNetwork: EncoderNetwork {
    package var embeddings: Embeddings
    /// Nil in a network that knows no relative positions.
    package var table: RelativeTable?
    package var layers: [DisentangledLayer]
    /// Whether the scores read the table.
    private let readsTable: Bool
    private let layerCount: Axis
    /// Layers that are not trained, of the lowest ones; nil where the embeddings are trained too.
    private var frozenLayers: Int?

    /// What forward leaves for backward.
    package struct Activations: Sendable {
        let embeddings: Embeddings.Activations
        let table: RelativeTable.Activations?
        var layers: [DisentangledLayer.Activations] = []
    }

    /// - Parameter names: The names of a layer's parts.
    init(
        _ sizes: EncoderConfiguration, _ attention: DisentangledConfiguration, names: EncoderLayer.Names
    ) {
        let hidden = sizes.axis(.hidden)
        embeddings = Embeddings(
            vocabulary: sizes.axis(.vocabulary), hidden: hidden, width: sizes.axis(.embedding),
            positions: attention.hasAbsolutePositions ? sizes.axis(.maxPositions) : nil,
            tokenTypes: sizes.axis(.tokenTypes), epsilon: sizes.layerNormEpsilon, padding: sizes.paddingToken)
        table = attention.distances.map {
            RelativeTable(
                $0, key: attention.distancesKey, hidden: hidden,
                normEpsilon: attention.normalizesTable ? sizes.layerNormEpsilon : nil)
        }
        layers = (0..<sizes.layers).map { _ in DisentangledLayer(sizes, attention, names: names) }
        readsTable = attention.hasContentToPosition || attention.hasPositionToContent
        layerCount = sizes.axis(.layers)
    }

    package var hidden: Int { embeddings.norm.width }

    package var activationsPerToken: Int {
        layers.reduce(2 * hidden) { $0 + $1.activationsPerToken }
    }

    package mutating func visit(_ visitor: ParameterVisitor) {
        embeddings.visit(visitor.at("embeddings", depth: .belowLayers))
        visitor.at("", depth: .belowLayers).visit("encoder", &table)
        for index in layers.indices {
            layers[index].visit(
                visitor.at("encoder.layer.\(index)", because: layerCount, depth: .layer(index)))
        }
    }

    /// The table of relative positions is frozen with the first layer, since another table would change what frozen layers
    /// compute.
    package mutating func freeze(_ freezing: Freezing) {
        guard let count = freezing.layerCount(of: layers.count) else { return }
        embeddings.freeze()
        if count > 0 { table?.freeze() }
        for index in 0..<count { layers[index].freeze() }
        frozenLayers = count
    }

    /// The last layer computes nothing but keys and values for tokens that are not queried.
    package func forward(
        _ block: TokenBlock, queries: QueriedTokens, _ pass: Pass
    ) -> (output: FloatRows, activations: Activations) {
        let embedded = embeddings.forward(block, pass)
        let longest = block.spans.reduce(1) { max($0, $1.tokens.count) }
        let table = readsTable ? table?.forward(length: longest, pass) : nil
        var x = embedded.output
        var activations = Activations(embeddings: embedded.activations, table: table)
        for index in layers.indices {
            let isLast = index == layers.count - 1
            let (queryRows, spans) = block.queried(isLast ? queries : .all, of: x, pass)
            let mark = pass.mark
            let kept = layers[index].forward(x, queryRows: queryRows, spans: spans, table: table, pass)
            if pass.isTraining { activations.layers.append(kept) } else { pass.release(to: mark) }
            x = kept.layer.output
        }
        return (x, activations)
    }

    package func backward(
        _ block: TokenBlock, _ activations: Activations, gradient d: FloatRows, _ pass: Pass
    ) {
        var d = d
        let dTable = activations.table.map { pass.zeros($0.output.rows, columns: hidden) }
        for index in layers.indices.reversed() {
            if let frozenLayers, index < frozenLayers { return }
            let kept = activations.layers[index]
            // Where only the first tokens are queried, the others' gradient is apart.
            let isApart = kept.layer.queryRows.pointer != kept.layer.x.pointer
            let dX = isApart ? pass.rows(kept.layer.x.rows, columns: hidden) : nil
            layers[index].backward(
                kept, gradient: d, into: dX, addingTo: dTable, needsInputGradient: frozenLayers != index, pass
            )
            if let dX {
                block.addFirst(gradient: d, to: dX)
                d = dX
            }
        }
        if let table, let kept = activations.table, let dTable {
            table.backward(kept, gradient: dTable, pass)
        }
        if frozenLayers == nil { embeddings.backward(block, activations.embeddings, gradient: d, pass) }
    }
}

extension Pass {
    /// Shape: [count, columns].
    fileprivate func zeros(_ count: Int, columns: Int) -> FloatRows {
        let zeros = rows(count, columns: columns)
        for row in 0..<count { zeros[row].update(repeating: 0, count: columns) }
        return zeros
    }
}
