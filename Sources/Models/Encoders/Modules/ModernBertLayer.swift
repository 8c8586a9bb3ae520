import LinearAlgebra

/// A layer of ModernBERT, with the norms before its parts: a = x + attention(norm(x)), y = a + feedForward(norm(a)).
public struct ModernBertLayer: Module {
    /// Nil in the first layer, whose input the embeddings have normalised.
    public var attentionNorm: LayerNorm?
    public var attention: RotaryAttention
    public var feedForwardNorm: LayerNorm
    public var feedForward: GLUFeedForward

    /// What forward leaves for backward.
    public struct Activations: Sendable {
        /// Shape: [T, H].
        let x: FloatRows
        /// norm(x). Shape: [T, H].
        let normed: FloatRows
        let queries: QueriedTokens
        let attention: RotaryAttention.Activations
        /// a. Shape: [rows, H].
        let attended: FloatRows
        /// norm(a). Shape: [rows, H].
        let attendedNormed: FloatRows
        let feedForward: GLUFeedForward.Activations
        /// y. Shape: [rows, H].
        public let output: FloatRows
    }

    public mutating func visit(_ visitor: ParameterVisitor) {
        if var norm = attentionNorm {
            attentionNorm = nil
            norm.visit(visitor.at("attn_norm"))
            attentionNorm = norm
        }
        attention.visit(visitor.at("attn"))
        feedForwardNorm.visit(visitor.at("mlp_norm"))
        feedForward.visit(visitor.at("mlp"))
    }

    /// Rows that a thread adds at once.
    private static let rowBlock = 64

    private func add(_ x: FloatRows, to y: FloatRows, _ pass: Pass) {
        pass.team.blocks(of: x.rows, blockSize: ModernBertLayer.rowBlock) { rows, _ in
            Rows.add(x[rows: rows], to: y[rows: rows])
        }
    }

    /// - Parameters:
    ///   - x: All tokens. Shape: [T, H].
    ///   - residual: The tokens whose output is wanted: x, or the first of each sequence; overwritten with the output where
    ///     the pass keeps nothing. Shape: [rows, H].
    public func forward(
        _ x: FloatRows, _ residual: FloatRows, _ block: TokenBlock, queries: QueriedTokens,
        _ rotation: Rotation, _ pass: Pass
    ) -> Activations {
        let (rows, H) = (residual.rows, x.columns)
        var normed = x
        if let attentionNorm {
            normed = pass.rows(x.rows, columns: H)
            attentionNorm.forward(x, into: normed, pass)
        }
        let sublayer = pass.rows(rows, columns: H)
        let attention = attention.forward(normed, block, queries: queries, rotation, into: sublayer, pass)

        let attended = pass.kept(rows, columns: H) ?? residual
        let attendedNormed = pass.kept(rows, columns: H) ?? sublayer
        feedForwardNorm.forward(sublayer, plus: residual, keeping: attended, into: attendedNormed, pass)

        let fed = pass.rows(rows, columns: H)
        let feedForward = feedForward.forward(attendedNormed, into: fed, pass)
        var output = attended
        if pass.isTraining {
            add(attended, to: fed, pass)
            output = fed
        } else {
            add(fed, to: attended, pass)
        }
        return Activations(
            x: x, normed: normed, queries: queries, attention: attention, attended: attended,
            attendedNormed: attendedNormed, feedForward: feedForward, output: output)
    }

    /// a = x + attention(norm(x)), y = a + feedForward(norm(a)).
    /// - Parameters:
    ///   - d: dY; overwritten with the gradient of the residual. Shape: [rows, H].
    ///   - dX: Overwritten with the gradient of x by its keys and values, where only the first tokens are queried; nil else,
    ///     so that d has all of it. Shape: [T, H].
    ///   - needsInputGradient: Whether the gradients of the residual and of x are wanted.
    public func backward(
        _ activations: Activations, _ block: TokenBlock, _ rotation: Rotation, gradient d: FloatRows,
        into dX: FloatRows?, needsInputGradient: Bool, _ pass: Pass
    ) {
        let mark = pass.mark
        let dSublayer = pass.rows(d.rows, columns: d.columns)
        feedForward.backward(
            activations.attendedNormed, activations.feedForward, gradient: d, into: dSublayer, pass)
        feedForwardNorm.backward(activations.attended, gradient: dSublayer, pass)
        add(dSublayer, to: d, pass)

        Rows.copy(d, to: dSublayer)
        let isNeeded = needsInputGradient || attentionNorm != nil
        let dNormed = isNeeded ? dX ?? pass.rows(activations.x.rows, columns: d.columns) : nil
        attention.backward(
            activations.normed, block, queries: activations.queries, rotation, activations.attention,
            gradient: dSublayer, into: dNormed, pass)
        if let dNormed {
            attentionNorm?.backward(activations.x, gradient: dNormed, pass)
            if dX == nil { add(dNormed, to: d, pass) }
        }
        pass.release(to: mark)
    }

    /// Floats that forward keeps of each token.
    var activationsPerToken: Int {
        attention.activationsPerToken + feedForward.activationsPerToken + 5 * feedForwardNorm.width
    }
}
