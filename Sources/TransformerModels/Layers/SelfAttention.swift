import Tensors

/// Each token looks at all tokens of its sequence: y = softmax(q kᵀ / √D) v for every head, and a linear layer.
package struct SelfAttention: Sendable {
    package let query: Linear
    package let key: Linear
    package let value: Linear
    package let output: Linear
    package let heads: Int
    /// D.
    package let headWidth: Int

    package init(_ checkpoint: Checkpoint, layer: Int) throws(EncoderError) {
        let hidden = checkpoint.configuration.hidden
        func linear(_ part: CheckpointKeys.Part) throws(EncoderError) -> Linear {
            try checkpoint.linear(
                checkpoint.keys.name(of: part, layer: layer), inputs: hidden, outputs: hidden)
        }
        query = try linear(.query)
        key = try linear(.key)
        value = try linear(.value)
        output = try linear(.attentionOutput)
        heads = checkpoint.configuration.heads
        headWidth = checkpoint.configuration.headWidth
    }

    /// - Parameters:
    ///   - x: All tokens. Shape: [T, H].
    ///   - asking: The tokens whose output is wanted: x, or the first of each sequence. Shape: [rows, H].
    ///   - spans: Where the sequences stand in `x` and in `asking`.
    ///   - y: Shape: [rows, H]; overwritten.
    package func forward(
        _ x: FloatRows, asking: FloatRows, spans: [SequenceSpan], into y: FloatRows, _ work: Workspace
    ) {
        let q = work.q(rows: asking.rows)
        let k = work.k(rows: x.rows)
        let v = work.v(rows: x.rows)
        query.forward(asking, into: q, parallel: work.parallel)
        key.forward(x, into: k, parallel: work.parallel)
        value.forward(x, into: v, parallel: work.parallel)

        let context = work.context(rows: asking.rows)
        let scale = 1 / Float(headWidth).squareRoot()
        for span in spans {
            let scores = work.scores(rows: span.asking.count, columns: span.tokens.count)
            // Heads rise, since each overwrites columns of the next with what fills its last panel.
            for head in 0..<heads {
                let columns = head * headWidth..<(head + 1) * headWidth
                PanelProduct.multiply(
                    q[rows: span.asking][columns: columns],
                    transposed: k[rows: span.tokens][columns: columns], into: scores, scratch: work.keyPanels)
                Rows.softmax(scores, scale: scale)
                PanelProduct.multiply(
                    scores, v[rows: span.tokens][columns: columns],
                    into: context[rows: span.asking][columns: columns])
            }
        }
        output.forward(context, into: y, parallel: work.parallel)
    }
}

/// Where a sequence stands.
package struct SequenceSpan: Sendable {
    /// Its rows among all tokens.
    package let tokens: Range<Int>
    /// Its rows among those whose output is wanted.
    package let asking: Range<Int>

    package init(tokens: Range<Int>, asking: Range<Int>) {
        self.tokens = tokens
        self.asking = asking
    }
}
