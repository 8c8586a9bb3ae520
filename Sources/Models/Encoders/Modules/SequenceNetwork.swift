import LinearAlgebra

/// A network and a way of pooling: from the tokens of a batch to one vector for each sequence.
struct SequenceNetwork {
    let network: any EncoderNetwork
    let pooling: Pooling
    /// Nil if `pooling` needs none.
    let pooler: Pooler?

    init(_ network: any EncoderNetwork, pooling: Pooling, pooler: Pooler?) {
        precondition(pooling != .pooler || pooler != nil)
        self.network = network
        self.pooling = pooling
        self.pooler = pooling == .pooler ? pooler : nil
    }

    /// The vectors, for `body`, and back if it returns their gradient. Shape: [B, H].
    func run(_ block: TokenBlock, _ pass: Pass, _ body: (FloatRows) -> FloatRows?) {
        run(network, block, pass, body)
    }

    private func run(
        _ network: some EncoderNetwork, _ block: TokenBlock, _ pass: Pass, _ body: (FloatRows) -> FloatRows?
    ) {
        let (B, H) = (block.sequences.count, network.hidden)
        let (x, activations) = network.forward(block, queries: pooling == .mean ? .all : .first, pass)
        let pooled: FloatRows
        switch pooling {
        case .mean:
            pooled = pass.rows(B, columns: H)
            block.mean(of: x, into: pooled)
        case .cls:
            pooled = x
        case .pooler:
            pooled = pass.rows(B, columns: H)
            pooler?.forward(x, into: pooled, pass)
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
            pooler?.backward(x, pooled, gradient: dPooled, into: d, pass)
        }
        network.backward(block, activations, gradient: d, pass)
    }
}
