import Tensors

/// a = norm(x + attention(x)), y = norm(a + feedForward(a)).
package struct EncoderLayer: Sendable {
    package let attention: SelfAttention
    package let attentionNorm: LayerNorm
    package let feedForward: FeedForward
    package let outputNorm: LayerNorm

    package init(_ checkpoint: Checkpoint, layer: Int) throws(EncoderError) {
        let keys = checkpoint.keys
        attention = try SelfAttention(checkpoint, layer: layer)
        attentionNorm = try checkpoint.layerNorm(keys.name(of: .attentionNorm, layer: layer))
        feedForward = try FeedForward(checkpoint, layer: layer)
        outputNorm = try checkpoint.layerNorm(keys.name(of: .outputNorm, layer: layer))
    }

    /// - Parameters:
    ///   - x: All tokens. Shape: [T, H].
    ///   - asking: The tokens whose output is wanted: x, or the first of each sequence. Shape: [rows, H]; overwritten
    ///     with the output.
    package func forward(_ x: FloatRows, asking: FloatRows, spans: [SequenceSpan], _ work: Workspace) {
        let y = work.y(rows: asking.rows)
        attention.forward(x, asking: asking, spans: spans, into: y, work)
        attentionNorm.forward(y, plus: asking, into: asking)
        feedForward.forward(asking, into: y, work)
        outputNorm.forward(y, plus: asking, into: asking)
    }
}
