import Tensors

/// The norm of a token's vector plus its position's plus its type's.
package struct Embeddings: Sendable {
    /// Shape: [vocabulary, H].
    package let words: FloatBuffer
    /// Shape: [positions, H].
    package let positions: FloatBuffer
    /// Shape: [types, H]; absent in DistilBERT.
    package let tokenTypes: FloatBuffer?
    package let norm: LayerNorm
    /// H.
    package let hidden: Int

    package init(_ checkpoint: Checkpoint) throws(EncoderError) {
        let sizes = checkpoint.configuration
        let keys = checkpoint.keys
        hidden = sizes.hidden
        words = try checkpoint.table(keys.wordEmbeddings, shape: [sizes.vocabulary, hidden])
        positions = try checkpoint.values(keys.positionEmbeddings, shape: [sizes.positions, hidden])
        tokenTypes =
            sizes.tokenTypes == 0
            ? nil : try checkpoint.values(keys.tokenTypeEmbeddings, shape: [sizes.tokenTypes, hidden])
        norm = try checkpoint.layerNorm(keys.embeddingNorm)
    }

    /// x[t] = norm(words[id] + types[type] + positions[t - start of its sequence])
    /// - Parameters:
    ///   - sequences: Which sequences of the batch.
    ///   - x: Shape: [tokens of the sequences, H]; overwritten.
    package func forward(_ batch: PackedBatch, sequences: [Int], into x: FloatRows) {
        var row = 0
        for sequence in sequences {
            for (position, token) in batch.range(sequence).enumerated() {
                let to = x[row]
                let word = words.pointer + Int(batch.ids[token]) * hidden
                let place = positions.pointer + position * hidden
                if let tokenTypes {
                    let type = batch.tokenTypes.isEmpty ? 0 : Int(batch.tokenTypes[token])
                    let kind = tokenTypes.pointer + type * hidden
                    for i in 0..<hidden { to[i] = word[i] + kind[i] + place[i] }
                } else {
                    for i in 0..<hidden { to[i] = word[i] + place[i] }
                }
                row += 1
            }
        }
        norm.forward(x, into: x)
    }
}
