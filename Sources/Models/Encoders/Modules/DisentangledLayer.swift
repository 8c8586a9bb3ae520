import LinearAlgebra

/// A layer whose attention is disentangled (He et al. 2021, DeBERTa): that of BERT, with products with relative positions
/// added to the scores.
package struct DisentangledLayer: Module {
    package var layer: EncoderLayer
    /// H to H: from a row of the table to what queries are multiplied with. Nil where that is the layer's key, or where there is
    /// no such product.
    package var positionKey: Linear?
    /// H to H: from a row of the table to what keys are multiplied with; nil as above, with the layer's query.
    package var positionQuery: Linear?
    private let attention: DisentangledConfiguration

    /// What forward leaves for backward.
    package struct Activations: Sendable {
        package let layer: EncoderLayer.Activations
        /// Nil where nothing is added to the scores.
        let positions: Positions?
    }

    /// What a layer makes of the table.
    struct Positions: Sendable {
        /// The rows of the table, after dropout. Shape: [R, H].
        let x: FloatRows
        let dropout: Dropout?
        var term: DisentangledTerm
    }

    init(_ sizes: EncoderConfiguration, _ attention: DisentangledConfiguration, names: EncoderLayer.Names) {
        let hidden = sizes.axis(.hidden)
        layer = EncoderLayer(
            hidden: hidden, heads: sizes.heads, scale: attention.scale(headWidth: hidden.size / sizes.heads),
            intermediate: sizes.axis(.intermediate), activation: sizes.activation.function,
            epsilon: sizes.layerNormEpsilon, names: names)
        self.attention = attention
        if attention.distances != nil && !attention.sharesProjections {
            if attention.hasContentToPosition {
                positionKey = Linear(inputs: hidden, outputs: hidden, needsFineInputs: true)
            }
            if attention.hasPositionToContent {
                positionQuery = Linear(inputs: hidden, outputs: hidden, needsFineInputs: true)
            }
        }
    }

    package mutating func visit(_ visitor: ParameterVisitor) {
        layer.visit(visitor)
        visitor.visit("attention.self.pos_key_proj", &positionKey)
        visitor.visit("attention.self.pos_query_proj", &positionQuery)
    }

    /// - Parameters:
    ///   - x: All tokens. Shape: [T, H].
    ///   - queryRows: The tokens whose output is wanted, as in `EncoderLayer`. Shape: [rows, H].
    ///   - table: The rows of relative positions; nil where the scores read none.
    package func forward(
        _ x: FloatRows, queryRows: FloatRows, spans: [SequenceSpan], table: RelativeTable.Activations?,
        _ pass: Pass
    ) -> Activations {
        guard let table else {
            return Activations(
                layer: layer.forward(x, queryRows: queryRows, spans: spans, pass), positions: nil)
        }
        let positions = makePositions(table, pass)
        return Activations(
            layer: layer.forward(x, queryRows: queryRows, spans: spans, term: positions.term, pass),
            positions: positions)
    }

    /// x = dropped(table); keys and queries of positions are linear layers of x.
    private func makePositions(_ table: RelativeTable.Activations, _ pass: Pass) -> Positions {
        var x = table.output
        let dropout = pass.dropout(.hidden)
        if let dropout {
            x = pass.rows(x.rows, columns: x.columns)
            Rows.copy(table.output, to: x)
            dropout.apply(x, firstRow: table.rows.range.lowerBound)
        }
        func made(by linear: Linear) -> FloatRows {
            let y = pass.rows(x.rows, columns: linear.outputs)
            linear.forward(x, into: y, pass)
            return y
        }
        let term = DisentangledTerm(
            rows: table.rows,
            positionKeys: attention.hasContentToPosition
                ? made(by: positionKey ?? layer.attention.key) : nil,
            positionQueries: attention.hasPositionToContent
                ? made(by: positionQuery ?? layer.attention.query) : nil)
        return Positions(x: x, dropout: dropout, term: term)
    }

    /// y = layer(x) with the scores' term of keys(dropped(table)) and queries(dropped(table)).
    /// - Parameters:
    ///   - d: dY; overwritten with the gradient of `queryRows`. Shape: [rows, H].
    ///   - dX: As in `EncoderLayer`. Shape: [T, H].
    ///   - dTable: The gradient of the table's rows is added to it. Shape: [R, H].
    package func backward(
        _ activations: Activations, gradient d: FloatRows, into dX: FloatRows?, addingTo dTable: FloatRows?,
        needsInputGradient: Bool, _ pass: Pass
    ) {
        guard let positions = activations.positions, let dTable else {
            return layer.backward(
                activations.layer, gradient: d, into: dX, needsInputGradient: needsInputGradient, pass)
        }
        let mark = pass.mark
        let (x, H) = (positions.x, positions.x.columns)
        var term = positions.term
        let parts = 2 * activations.layer.x.rows
        let gradients = DisentangledTerm.SequenceGradients(
            positionKeys: term.positionKeys.map { _ in pass.rows(parts, columns: H) },
            positionQueries: term.positionQueries.map { _ in pass.rows(parts, columns: H) })
        term.gradients = gradients
        layer.backward(
            activations.layer, term: term, gradient: d, into: dX, needsInputGradient: needsInputGradient, pass
        )

        let dPositions = pass.rows(x.rows, columns: H)
        let sum = pass.rows(x.rows, columns: H)
        let spans = activations.layer.spans
        if let parts = gradients.positionKeys {
            term.sum(parts, over: spans, into: sum, pass)
            (positionKey ?? layer.attention.key).backward(x, gradient: sum, into: dPositions, pass)
        }
        if let parts = gradients.positionQueries {
            term.sum(parts, over: spans, into: sum, pass)
            (positionQuery ?? layer.attention.query).backward(
                x, gradient: sum, into: dPositions, accumulating: gradients.positionKeys != nil, pass)
        }
        positions.dropout?.apply(dPositions, firstRow: term.rows.range.lowerBound)
        Rows.add(dPositions, to: dTable)
        pass.release(to: mark)
    }

    /// Floats that forward keeps of each token. Of positions it keeps fewer than two rows for a token of the longest text.
    var activationsPerToken: Int { layer.activationsPerToken + 6 * layer.attention.query.outputs }
}
