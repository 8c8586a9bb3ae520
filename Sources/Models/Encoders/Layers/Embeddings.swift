import LinearAlgebra

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
        words = try checkpoint.values(keys.wordEmbeddings, shape: [sizes.vocabulary, hidden])
        positions = try checkpoint.values(keys.positionEmbeddings, shape: [sizes.positions, hidden])
        tokenTypes =
            sizes.tokenTypes == 0
            ? nil : try checkpoint.values(keys.tokenTypeEmbeddings, shape: [sizes.tokenTypes, hidden])
        norm = try checkpoint.layerNorm(keys.embeddingNorm)
    }

    /// x[t] = norm(words[id] + types[type] + positions[t - start of its sequence])
    /// - Parameters:
    ///   - sequences: Which sequences of the batch.
    ///   - sums: What is normalised, if it is to be kept; may be x.
    ///   - x: Shape: [tokens of the sequences, H]; overwritten.
    package func forward(
        _ batch: PackedBatch, sequences: [Int], keeping sums: FloatRows? = nil, into x: FloatRows,
        dropout: Dropout? = nil, _ team: Team
    ) {
        let sums = sums ?? x
        var row = 0
        for sequence in sequences {
            for (position, token) in batch.range(sequence).enumerated() {
                let to = sums[row]
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
        norm.forward(sums, keeping: sums, into: x, team)
        dropout?.apply(x, firstRow: 0)
    }

    /// x[t] = dropped(norm(words[id] + types[type] + positions[t - start of its sequence])): the gradient of the sum
    /// is added to the rows of all three.
    /// - Parameters:
    ///   - sums: What forward kept, of all sequences of the batch. Shape: [T, H].
    ///   - d: dX; overwritten. Shape: [T, H].
    package func backward(
        _ batch: PackedBatch, _ sums: FloatRows, gradient d: FloatRows, dropout: Dropout? = nil,
        _ parameters: EmbeddingParameters, _ team: Team
    ) {
        dropout?.apply(d, firstRow: 0)
        norm.backward(sums, gradient: d, parameters.norm, team)
        parameters.words.add(batch.ids, d, team)
        let places = (0..<batch.count).flatMap { Array(0..<batch.range($0).count) }
        parameters.positions.addRows(places, d, team)
        let types =
            batch.tokenTypes.isEmpty
            ? Array(repeating: 0, count: batch.tokens) : batch.tokenTypes.map { Int($0) }
        parameters.tokenTypes?.addRows(types, d, team)
    }
}

extension Parameter {
    /// Columns that a thread adds at once: whole cache lines.
    private static let columnBlock = 64

    /// The gradient of row `places[t]` += d[t], in the order of t.
    fileprivate func addRows(_ places: [Int], _ d: FloatRows, _ team: Team) {
        if !hasGradient { gradient.pointer.update(repeating: 0, count: gradient.count) }
        hasGradient = true
        team.blocks(of: d.columns, blockSize: Parameter.columnBlock) { columns, _ in
            for (token, place) in places.enumerated() {
                let to = self.gradient.pointer + place * d.columns
                let from = d[token]
                for i in columns { to[i] += from[i] }
            }
        }
    }
}
