import LinearAlgebra

/// Attention with rotary positions, whose queries, keys and values are of one linear layer: y = dropped(output(context)).
public struct RotaryAttention: Module {
    /// H to 3 H: queries, keys, values.
    public var projection: Linear
    public var output: Linear
    private let attention: DotProductAttention
    private let names: Names

    /// The names of the two linear layers in a checkpoint.
    public struct Names: Sendable {
        public var projection, output: String

        public init(projection: String, output: String) {
            self.projection = projection
            self.output = output
        }
    }

    /// What forward leaves for backward.
    public struct Activations: Sendable {
        let attention: DotProductAttention.Activations
        /// Of the output.
        let dropout: Dropout?
    }

    /// - Precondition: `hidden` is a multiple of `heads`.
    public init(hidden: Axis, heads: Int, blocks: AttentionBlocks, hasBias: Bool, names: Names) {
        precondition(heads > 0 && hidden.size.isMultiple(of: heads))
        projection = Linear(
            inputs: hidden, outputs: Axis(3 * hidden.size, key: hidden.key), hasBias: hasBias,
            needsFineInputs: true)
        output = Linear(inputs: hidden, outputs: hidden, hasBias: hasBias)
        attention = DotProductAttention(heads: heads, headWidth: hidden.size / heads, blocks: blocks)
        self.names = names
    }

    public mutating func visit(_ visitor: ParameterVisitor) {
        projection.visit(visitor.at(names.projection))
        output.visit(visitor.at(names.output))
    }

    private var H: Int { output.inputs }

    /// - Parameters:
    ///   - x: All tokens. Shape: [T, H].
    ///   - queries: The tokens whose output is wanted.
    ///   - y: Shape: [T, H], or [B, H] for the first tokens; overwritten.
    public func forward(
        _ x: FloatRows, _ block: TokenBlock, queries: QueriedTokens, _ rotation: Rotation,
        into y: FloatRows, _ pass: Pass
    ) -> Activations {
        let q = pass.rows(y.rows, columns: H)
        let k = pass.rows(x.rows, columns: H)
        let v = pass.rows(x.rows, columns: H)
        let mark = pass.mark
        let qkv = pass.rows(x.rows, columns: 3 * H)
        projection.forward(x, into: qkv, pass)
        switch queries {
        case .all: rotation.forward(qkv[columns: 0..<H], into: q, pass)
        case .first: block.copyFirst(of: qkv[columns: 0..<H], to: q)  // no turn at position 0
        }
        rotation.forward(qkv[columns: H..<2 * H], into: k, pass)
        Rows.copy(qkv[columns: 2 * H..<3 * H], to: v)
        pass.release(to: mark)
        let attended = attention.forward(q: q, k: k, v: v, spans: block.spans(of: queries), pass)
        output.forward(attended.context, into: y, pass)
        let dropout = pass.dropout(.attention)
        dropout?.apply(y, firstRow: 0)
        return Activations(attention: attended, dropout: dropout)
    }

    /// (q, k, v) = projection(x), of which q and k are turned; y = dropped(output(context)).
    /// - Parameters:
    ///   - d: dY; overwritten. Shape: that of y.
    ///   - dX: Overwritten; nil if nothing below is trained. Shape: [T, H].
    public func backward(
        _ x: FloatRows, _ block: TokenBlock, queries: QueriedTokens, _ rotation: Rotation,
        _ activations: Activations, gradient d: FloatRows, into dX: FloatRows?, _ pass: Pass
    ) {
        let mark = pass.mark
        activations.dropout?.apply(d, firstRow: 0)
        let attended = activations.attention
        let dContext = pass.rows(d.rows, columns: H)
        output.backward(attended.context, gradient: d, into: dContext, pass)
        let gradients = DotProductAttention.Gradients(
            q: pass.rows(d.rows, columns: H), k: pass.rows(x.rows, columns: H),
            v: pass.rows(x.rows, columns: H))
        attention.backward(
            attended, spans: block.spans(of: queries), gradient: dContext, into: gradients, pass)

        let dQKV = pass.rows(x.rows, columns: 3 * H)
        let dQ = dQKV[columns: 0..<H]
        switch queries {
        case .all:
            rotation.backward(gradient: gradients.q, into: dQ, pass)
        case .first:
            for row in 0..<dQ.rows { dQ[row].update(repeating: 0, count: H) }
            block.addFirst(gradient: gradients.q, to: dQ)
        }
        rotation.backward(gradient: gradients.k, into: dQKV[columns: H..<2 * H], pass)
        Rows.copy(gradients.v, to: dQKV[columns: 2 * H..<3 * H])
        projection.backward(x, gradient: dQKV, into: dX, pass)
        pass.release(to: mark)
    }

    /// Floats that forward keeps of each token.
    var activationsPerToken: Int { 4 * H }
}
