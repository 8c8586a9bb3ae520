import LinearAlgebra

/// The norm of a token's vector, in a network that has its positions elsewhere.
public struct TokenEmbeddings: Module {
    /// Shape: [vocabulary, H].
    public var words: Parameter
    public var norm: LayerNorm

    /// What forward leaves for backward.
    public struct Activations: Sendable {
        /// What is normalised. Shape: [T, H].
        let vectors: FloatRows
        let dropout: Dropout?
    }

    /// - Parameter padding: The token whose vector gets no gradient, as in PyTorch.
    public init(vocabulary: Axis, padding: Int?, hidden: Axis, norm: LayerNorm) {
        words = .tokenTable(vocabulary: vocabulary, columns: hidden, padding: padding)
        self.norm = norm
    }

    /// Under the names that ModernBERT has.
    public mutating func visit(_ visitor: ParameterVisitor) {
        visitor.visit("tok_embeddings.weight", &words)
        norm.visit(visitor.at("norm"))
    }

    /// x[t] = dropped(norm(words[id])).
    /// - Returns: x. Shape: [T, H].
    public func forward(_ block: TokenBlock, _ pass: Pass) -> (output: FloatRows, activations: Activations) {
        pass.tableGradient(of: words)?.prepare(block.ids, pass.team)
        let H = norm.width
        let x = pass.rows(block.tokens, columns: H)
        let vectors = pass.kept(block.tokens, columns: H) ?? x
        for (token, id) in block.ids.enumerated() {
            words.copy(row: Int(id), to: vectors[token])
        }
        norm.forward(vectors, keeping: vectors, into: x, pass)
        let dropout = pass.dropout(.hidden)
        dropout?.apply(x, firstRow: 0)
        pass.embedded(x)
        return (x, Activations(vectors: vectors, dropout: dropout))
    }

    /// x[t] = dropped(norm(words[id])).
    /// - Parameter d: dX; overwritten. Shape: [T, H].
    public func backward(_ block: TokenBlock, _ activations: Activations, gradient d: FloatRows, _ pass: Pass)
    {
        pass.embedded(gradient: d)
        activations.dropout?.apply(d, firstRow: 0)
        norm.backward(activations.vectors, gradient: d, pass)
        pass.tableGradient(of: words)?.add(block.ids, d, pass.team)
    }
}
