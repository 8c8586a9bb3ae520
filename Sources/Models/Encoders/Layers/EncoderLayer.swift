import LinearAlgebra

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
    ///   - asking: The tokens whose output is wanted: x, or the first of each sequence. Shape: [rows, H].
    ///   - values: Overwritten; the output is `values.output`.
    package func forward(
        _ x: FloatRows, asking: FloatRows, spans: [SequenceSpan], _ values: LayerValues,
        dropout: LayerDropout = .none, _ team: Team
    ) {
        attention.forward(
            x, asking: asking, spans: spans, values, into: values.attentionSum, dropout: dropout.attention,
            team)
        attentionNorm.forward(
            values.attentionSum, plus: asking, keeping: values.attentionSum, into: values.attended,
            dropout: dropout.attentionOutput, team)
        feedForward.forward(values.attended, values, into: values.outputSum, team)
        outputNorm.forward(
            values.outputSum, plus: values.attended, keeping: values.outputSum, into: values.output,
            dropout: dropout.output, team)
    }

    /// a = norm(x + attention(x)), y = norm(a + feedForward(a)).
    /// - Parameters:
    ///   - values: What forward left.
    ///   - d: dY; overwritten with the gradient of `asking`. Shape: [rows, H].
    ///   - others: Overwritten with the gradient of x by its keys and values; nil if `asking` is x, so that d has all
    ///     of it. Shape: [T, H].
    ///   - stopping: Whether the gradients of `asking` and x are not wanted.
    package func backward(
        _ x: FloatRows, asking: FloatRows, spans: [SequenceSpan], _ values: LayerValues,
        gradient d: FloatRows,
        others: FloatRows?, stopping: Bool, dropout: LayerDropout = .none, _ parameters: LayerParameters,
        _ memory: BackwardMemory, _ team: Team
    ) {
        let branch = memory.branch(rows: d.rows)
        outputNorm.backward(
            values.outputSum, gradient: d, branch: branch, dropout: dropout.output, parameters.outputNorm,
            team)
        feedForward.backward(values.attended, values, gradient: branch, into: d, parameters, memory, team)
        attentionNorm.backward(
            values.attentionSum, gradient: d, branch: branch, dropout: dropout.attentionOutput,
            parameters.attentionNorm, team)
        attention.backward(
            x, asking: asking, spans: spans, values, gradient: branch, adding: d, others: others,
            stopping: stopping,
            dropout: dropout.attention, parameters, memory, team)
    }
}
