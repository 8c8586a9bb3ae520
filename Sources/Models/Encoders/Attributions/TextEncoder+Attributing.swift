import LinearAlgebra
import TextTokenizers

extension TextEncoder {
    /// A text as this encoder reads it, with its words.
    package func worded(_ text: String, _ options: EncodingOptions) -> WordedText {
        let limit = tokenLimit(options)
        if let bag { return WordedText(text, prefix: options.prefix, maxLength: limit, bag) }
        return WordedText(text, prefix: options.prefix, maxLength: limit, tokenizer)
    }

    /// What each token of a text adds to scores of the text's vector.
    /// - Parameter scores: Each a score of a vector, with its gradient. Shapes: [width] to [width].
    /// - Returns: The attributions of each score.
    package func attributions(
        of text: WordedText, _ options: EncodingOptions,
        to scores: [(_ vector: [Float]) -> (value: Double, gradient: [Double])]
    ) throws(EncoderError) -> [TokenAttributions] {
        try attributions(encoder, of: text, options, to: scores)
    }

    private func attributions(
        _ encoder: some SequenceEncoder, of text: WordedText, _ options: EncodingOptions,
        to scores: [(_ vector: [Float]) -> (value: Double, gradient: [Double])]
    ) throws(EncoderError) -> [TokenAttributions] {
        let gradients = try IntegratedGradients(
            encoder, of: text.ids, from: text.baseline, pooling: options.pooling,
            skipping: skippedTokens(options))
        var all: [TokenAttributions] = []
        for score in scores {
            all.append(
                try gradients.attributions { pooled, pass in
                    follow(pooled, normalize: options.normalize, score, pass)
                })
        }
        return all
    }

    /// y = dense(x), divided by its norm if asked for, and a score of it.
    /// - Parameter pooled: x. Shape: [B, H].
    /// - Returns: The scores, and dX.
    private func follow(
        _ pooled: FloatRows, normalize: Bool, _ score: ([Float]) -> (value: Double, gradient: [Double]),
        _ pass: Pass
    ) -> (values: [Double], gradient: FloatRows) {
        var y = pooled
        var kept: [SentenceDense.Activations] = []
        for layer in dense {
            kept.append(layer.forward(y, pass))
            y = kept[kept.count - 1].y
        }
        let D = y.columns
        var d = pass.rows(y.rows, columns: D)
        var values: [Double] = []
        for row in 0..<y.rows {
            let vector = Array(UnsafeBufferPointer(start: y[row], count: D))
            var read = vector
            if normalize { l2Normalize(&read, width: D) }
            let scored = score(read)
            var gradient = scored.gradient
            if normalize { l2NormalizeBackward(vector, gradient: &gradient) }
            values.append(scored.value)
            for i in 0..<D { d[row][i] = Float(gradient[i]) }
        }
        for (layer, activations) in zip(dense, kept).reversed() {
            d = layer.backward(activations, gradient: d, pass)
        }
        return (values, d)
    }
}

/// y = x / |x|: dX = (dY - y (y · dY)) / |x|; of a vector of zeros, which stays one, dX = dY.
/// - Parameter d: dY; overwritten with dX.
private func l2NormalizeBackward(_ x: [Float], gradient d: inout [Double]) {
    let norm = x.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
    if norm == 0 { return }
    let along = zip(x, d).reduce(0) { $0 + Double($1.0) / norm * $1.1 }
    for i in d.indices { d[i] = (d[i] - Double(x[i]) / norm * along) / norm }
}
