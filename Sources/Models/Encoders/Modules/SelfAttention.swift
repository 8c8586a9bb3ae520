import LinearAlgebra

/// Attention of each token to all tokens of its sequence (Vaswani et al. 2017): softmax(q kᵀ / √D) v for every head, and a
/// linear layer. An architecture may add a term of its own to the scores.
public struct SelfAttention: Module {
    public var query: Linear
    public var key: Linear
    public var value: Linear
    public var output: Linear
    let attention: DotProductAttention
    private let names: Names

    public var heads: Int { attention.heads }
    /// D.
    public var headWidth: Int { attention.headWidth }

    /// The names of the four linear layers in a checkpoint.
    public struct Names: Sendable {
        public var query, key, value, output: String

        public init(
            query: String = "query", key: String = "key", value: String = "value", output: String = "output"
        ) {
            self.query = query
            self.key = key
            self.value = value
            self.output = output
        }
    }

    /// What forward leaves for backward.
    public typealias Activations = DotProductAttention.Activations

    /// - Parameter scale: What scores are multiplied by; by default 1 / √D.
    /// - Precondition: `hidden` is a multiple of `heads`.
    public init(hidden: Axis, heads: Int, scale: Float? = nil, names: Names = Names()) {
        precondition(heads > 0 && hidden.size.isMultiple(of: heads))
        // What is lost of scores, a softmax multiplies.
        query = Linear(inputs: hidden, outputs: hidden, needsFineInputs: true)
        key = Linear(inputs: hidden, outputs: hidden, needsFineInputs: true)
        value = Linear(inputs: hidden, outputs: hidden, needsFineInputs: true)
        output = Linear(inputs: hidden, outputs: hidden)
        attention = DotProductAttention(heads: heads, headWidth: hidden.size / heads, scale: scale)
        self.names = names
    }

    public mutating func visit(_ visitor: ParameterVisitor) {
        query.visit(visitor.at(names.query))
        key.visit(visitor.at(names.key))
        value.visit(visitor.at(names.value))
        output.visit(visitor.at(names.output))
    }

    /// - Parameters:
    ///   - x: All tokens. Shape: [T, H].
    ///   - queryRows: The tokens whose output is wanted: x, or the first of each sequence. Shape: [rows, H].
    ///   - spans: Where the sequences stand in `x` and in `queryRows`.
    ///   - term: What is added to q kᵀ.
    ///   - y: Shape: [rows, H]; overwritten.
    public func forward(
        _ x: FloatRows, queryRows: FloatRows, spans: [SequenceSpan], term: some ScoreTerm = NoScoreTerm(),
        into y: FloatRows, _ pass: Pass
    ) -> Activations {
        let H = query.outputs
        let q = pass.rows(queryRows.rows, columns: H)
        let k = pass.rows(x.rows, columns: H)
        let v = pass.rows(x.rows, columns: H)
        if queryRows.pointer != x.pointer { query.forward(queryRows, into: q, pass) }
        let input = key.input(x, pass)
        if queryRows.pointer == x.pointer { query.forward(input, into: q, pass) }
        key.forward(input, into: k, pass)
        value.forward(input, into: v, pass)
        let activations = attention.forward(q: q, k: k, v: v, spans: spans, term: term, pass)
        output.forward(activations.context, into: y, pass)
        return activations
    }

    /// q, k, v = the linear layers of x; y = output(context).
    /// - Parameters:
    ///   - term: That of forward; it gets the gradient of the scores.
    ///   - d: dY. Shape: [rows, H].
    ///   - dQueryRows: The gradient by way of the queries is added to it. Shape: [rows, H].
    ///   - dX: The gradient by way of keys and values is written to it; nil where `queryRows` is x, and `dQueryRows` gets
    ///     that too. Shape: [T, H].
    ///   - needsInputGradient: Whether either of those is wanted.
    public func backward(
        _ x: FloatRows, queryRows: FloatRows, spans: [SequenceSpan], _ activations: Activations,
        term: some ScoreTerm = NoScoreTerm(), gradient d: FloatRows, addingTo dQueryRows: FloatRows,
        into dX: FloatRows?, needsInputGradient: Bool, _ pass: Pass
    ) {
        let H = query.outputs
        let mark = pass.mark
        let dContext = pass.rows(queryRows.rows, columns: H)
        output.backward(activations.context, gradient: d, into: dContext, pass)
        let gradients = DotProductAttention.Gradients(
            q: pass.rows(queryRows.rows, columns: H), k: pass.rows(x.rows, columns: H),
            v: pass.rows(x.rows, columns: H))
        attention.backward(activations, spans: spans, gradient: dContext, into: gradients, term: term, pass)
        query.backward(
            queryRows, gradient: gradients.q, into: needsInputGradient ? dQueryRows : nil, accumulating: true,
            pass)
        let below = needsInputGradient ? dX ?? dQueryRows : nil
        key.backward(x, gradient: gradients.k, into: below, accumulating: dX == nil, pass)
        value.backward(x, gradient: gradients.v, into: below, accumulating: true, pass)
        pass.release(to: mark)
    }

    /// Floats that forward keeps of each token.
    var activationsPerToken: Int { 4 * query.outputs }
}
