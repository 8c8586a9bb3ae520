import LinearAlgebra

extension TokenEncoder {
    /// Makes one vector for each sequence of a block, and goes back through the network if the pass trains it.
    ///
    /// - Parameter body: Gets the vectors, and returns their gradient, which is overwritten; nil not to go back. Shape of
    ///   both: [B, H].
    /// - Precondition: There is a pooler if `pooling` asks for it.
    public func withPooled(
        _ block: TokenBlock, pooling: Pooling, _ pass: Pass, _ body: (FloatRows) -> FloatRows?
    ) {
        precondition(pooling != .pooler || hasPooler)
        withPooled(network, block, pooling, pass, body)
    }

    private func withPooled(
        _ network: some EncoderNetwork, _ block: TokenBlock, _ pooling: Pooling, _ pass: Pass,
        _ body: (FloatRows) -> FloatRows?
    ) {
        let (B, H) = (block.sequences.count, network.hidden)
        let (x, activations) = network.forward(block, queries: pooling == .mean ? .all : .first, pass)
        var pooled = x
        var kept: Pooler.Activations?
        switch pooling {
        case .mean:
            pooled = pass.rows(B, columns: H)
            block.mean(of: x, into: pooled)
        case .cls:
            break
        case .pooler:
            pooled = pass.rows(B, columns: H)
            kept = pooler?.forward(x, into: pooled, pass)
        }
        guard let dPooled = body(pooled) else { return }
        var d = dPooled
        switch pooling {
        case .mean:
            d = pass.rows(x.rows, columns: H)
            block.meanBackward(gradient: dPooled, into: d)
        case .cls:
            break
        case .pooler:
            d = pass.rows(B, columns: H)
            if let kept { pooler?.backward(kept, pooled, gradient: dPooled, into: d, pass) }
        }
        network.backward(block, activations, gradient: d, pass)
    }
}
