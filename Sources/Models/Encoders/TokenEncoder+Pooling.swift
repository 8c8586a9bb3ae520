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
        let pooler = pooling == .pooler ? pooler : nil
        let isMean = (pooler?.reads ?? pooling) == .mean
        let (x, activations) = network.forward(block, queries: isMean ? .all : .first, pass)
        var vectors = x
        if isMean {
            vectors = pass.rows(B, columns: H)
            block.mean(of: x, into: vectors)
        }
        var pooled = vectors
        var kept: Pooler.Activations?
        if let pooler {
            pooled = pass.rows(B, columns: H)
            kept = pooler.forward(vectors, into: pooled, pass)
        }
        guard var d = body(pooled) else { return }
        if let pooler, let kept {
            let dVectors = pass.rows(B, columns: H)
            pooler.backward(kept, gradient: d, into: dVectors, pass)
            d = dVectors
        }
        if isMean {
            let dX = pass.rows(x.rows, columns: H)
            block.meanBackward(gradient: d, into: dX)
            d = dX
        }
        network.backward(block, activations, gradient: d, pass)
    }
}
