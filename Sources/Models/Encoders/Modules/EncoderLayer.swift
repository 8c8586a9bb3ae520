import LinearAlgebra

/// A layer of a transformer with the norms after the sums, as BERT has it: a = norm(x + attention(x)),
/// y = norm(a + feedForward(a)).
public struct EncoderLayer: Module {
    public var attention: SelfAttention
    public var attentionNorm: LayerNorm
    public var feedForward: FeedForward
    public var outputNorm: LayerNorm
    private let names: Names
    private let dropsFeedForward: Bool

    /// The names of the layer's parts in a checkpoint.
    public struct Names: Sendable {
        public var attention: SelfAttention.Names
        public var attentionNorm: String
        public var feedForward: FeedForward.Names
        public var outputNorm: String

        public init(
            attention: SelfAttention.Names, attentionNorm: String, feedForward: FeedForward.Names,
            outputNorm: String
        ) {
            self.attention = attention
            self.attentionNorm = attentionNorm
            self.feedForward = feedForward
            self.outputNorm = outputNorm
        }
    }

    /// What forward leaves for backward.
    public struct Activations: Sendable {
        let x: FloatRows
        let queryRows: FloatRows
        let spans: [SequenceSpan]
        let attention: SelfAttention.Activations
        /// x + attention(x). Shape: [rows, H].
        let attentionSum: FloatRows
        /// a. Shape: [rows, H].
        let attended: FloatRows
        let feedForward: FeedForward.Activations
        /// a + feedForward(a). Shape: [rows, H].
        let outputSum: FloatRows
        /// y. Shape: [rows, H].
        public let output: FloatRows
        let attentionDropout, outputDropout: Dropout?
    }

    /// - Parameters:
    ///   - scale: What scores of attention are multiplied by; by default 1 / √D.
    ///   - dropsFeedForward: Whether training drops elements of feedForward(a).
    public init(
        hidden: Axis, heads: Int, scale: Float? = nil, intermediate: Axis, activation: Activation,
        epsilon: Float, names: Names, dropsFeedForward: Bool = true
    ) {
        attention = SelfAttention(hidden: hidden, heads: heads, scale: scale, names: names.attention)
        attentionNorm = LayerNorm(width: hidden, epsilon: epsilon)
        feedForward = FeedForward(
            hidden: hidden, intermediate: intermediate, activation: activation, names: names.feedForward)
        outputNorm = LayerNorm(width: hidden, epsilon: epsilon)
        self.names = names
        self.dropsFeedForward = dropsFeedForward
    }

    public mutating func visit(_ visitor: ParameterVisitor) {
        attention.visit(visitor)
        attentionNorm.visit(visitor.at(names.attentionNorm))
        feedForward.visit(visitor)
        outputNorm.visit(visitor.at(names.outputNorm))
    }

    /// - Parameters:
    ///   - x: All tokens. Shape: [T, H].
    ///   - queryRows: The tokens whose output is wanted: x, or the first of each sequence; overwritten with the output where
    ///     the pass keeps nothing. Shape: [rows, H].
    ///   - spans: Where the sequences stand in `x` and in `queryRows`.
    ///   - term: What is added to the scores of attention.
    public func forward(
        _ x: FloatRows, queryRows: FloatRows, spans: [SequenceSpan], term: some ScoreTerm = NoScoreTerm(),
        _ pass: Pass
    ) -> Activations {
        let (rows, H) = (queryRows.rows, queryRows.columns)
        let attentionSum = pass.rows(rows, columns: H)
        let attended = pass.kept(rows, columns: H) ?? queryRows
        let attention = attention.forward(
            x, queryRows: queryRows, spans: spans, term: term, into: attentionSum, pass)
        let attentionDropout = pass.dropout(.hidden)
        attentionNorm.forward(
            attentionSum, plus: queryRows, keeping: attentionSum, into: attended, dropout: attentionDropout,
            pass)

        let outputSum = pass.kept(rows, columns: H) ?? attentionSum
        let output = pass.kept(rows, columns: H) ?? queryRows
        let feedForward = feedForward.forward(attended, into: outputSum, pass)
        let outputDropout = dropsFeedForward ? pass.dropout(.hidden) : nil
        outputNorm.forward(
            outputSum, plus: attended, keeping: outputSum, into: output, dropout: outputDropout, pass)
        return Activations(
            x: x, queryRows: queryRows, spans: spans, attention: attention, attentionSum: attentionSum,
            attended: attended, feedForward: feedForward, outputSum: outputSum, output: output,
            attentionDropout: attentionDropout, outputDropout: outputDropout)
    }

    /// a = norm(x + attention(x)), y = norm(a + feedForward(a)).
    /// - Parameters:
    ///   - term: That of forward; it gets the gradient of the scores.
    ///   - d: dY; overwritten with the gradient of `queryRows`. Shape: [rows, H].
    ///   - dX: Overwritten with the gradient of x by its keys and values; nil if `queryRows` is x, so that d has all of it.
    ///     Shape: [T, H].
    ///   - needsInputGradient: Whether the gradients of `queryRows` and x are wanted.
    public func backward(
        _ activations: Activations, term: some ScoreTerm = NoScoreTerm(), gradient d: FloatRows,
        into dX: FloatRows?, needsInputGradient: Bool, _ pass: Pass
    ) {
        let mark = pass.mark
        let dSublayer = pass.rows(d.rows, columns: d.columns)
        outputNorm.backward(
            activations.outputSum, gradient: d, into: dSublayer, dropout: activations.outputDropout, pass)
        feedForward.backward(
            activations.attended, activations.feedForward, gradient: dSublayer, addingTo: d, pass)
        attentionNorm.backward(
            activations.attentionSum, gradient: d, into: dSublayer, dropout: activations.attentionDropout,
            pass)
        attention.backward(
            activations.x, queryRows: activations.queryRows, spans: activations.spans, activations.attention,
            term: term, gradient: dSublayer, addingTo: d, into: dX, needsInputGradient: needsInputGradient,
            pass)
        pass.release(to: mark)
    }

    /// Floats that forward keeps of each token.
    var activationsPerToken: Int {
        attention.activationsPerToken + feedForward.activationsPerToken + 4 * attention.query.outputs
    }
}
