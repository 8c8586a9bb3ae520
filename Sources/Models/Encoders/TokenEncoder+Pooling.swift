import LinearAlgebra

extension TokenEncoder {
    /// Makes one vector for each sequence of a block, and goes back through the network if the pass trains it.
    ///
    /// - Parameters:
    ///   - skipping: How many tokens at the start of each sequence are not pooled.
    ///   - body: Gets the vectors, and returns their gradient, which is overwritten; nil not to go back. Shape of both:
    ///     [B, H].
    /// - Precondition: There is a pooler if `pooling` asks for it.
    public func withPooled(
        _ block: TokenBlock, pooling: Pooling, skipping: Int = 0, _ pass: Pass,
        _ body: (FloatRows) -> FloatRows?
    ) {
        precondition(pooling != .pooler || hasPooler)
        // What a pooler reads is not the user's to say.
        withPooled(network, block, pooling, skipping: pooling == .pooler ? 0 : skipping, pass, body)
    }

    private func withPooled(
        _ network: some EncoderNetwork, _ block: TokenBlock, _ pooling: Pooling, skipping: Int, _ pass: Pass,
        _ body: (FloatRows) -> FloatRows?
    ) {
        let (B, H) = (block.sequences.count, network.hidden)
        let pooler = pooling == .pooler ? pooler : nil
        let reading = (pooler?.reads ?? pooling).reading(skipping: skipping)
        let (x, activations) = network.forward(block, queries: reading.queries, pass)
        var vectors = x
        switch reading {
        case .first:
            break
        case .max:
            vectors = pass.rows(B, columns: H)
            block.maximum(of: x, skipping: skipping, into: vectors)
        case .sum(let weights):
            vectors = pass.rows(B, columns: H)
            block.sum(of: x, weights, skipping: skipping, into: vectors)
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
        switch reading {
        case .first:
            break
        case .max:
            let dX = pass.rows(x.rows, columns: H)
            block.maximumBackward(x, gradient: d, skipping: skipping, into: dX)
            d = dX
        case .sum(let weights):
            let dX = pass.rows(x.rows, columns: H)
            block.sumBackward(gradient: d, weights, skipping: skipping, into: dX)
            d = dX
        }
        network.backward(block, activations, gradient: d, pass)
    }
}
