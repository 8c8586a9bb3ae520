import DeterministicWork
import LinearAlgebra

/// A table with a vector for each token: the vector of a text is the mean of its tokens' vectors, and zeros where it has
/// none. No token knows of another.
///
/// As `StaticModel` of model2vec and `StaticEmbedding` of sentence-transformers. Model2vec's token weights and its mapping
/// of tokens to rows are part of the table: the vector of token t is `embeddings[mapping[t]] * weights[t]`.
public struct StaticEmbedding: SequenceEncoder {
    /// Shape: [vocabulary, D].
    public internal(set) var vectors: Parameter

    /// - Parameter values: Shape: [vocabulary, D].
    public init(vocabulary: Int, width: Int, values: [Float]) {
        vectors = .tokenTable(vocabulary: Axis(vocabulary), columns: Axis(width), padding: nil)
        vectors.set(values)
    }

    public mutating func visit(_ visitor: ParameterVisitor) {
        visitor.visit(StaticEmbedding.tableName, &vectors)
    }

    /// The table's name in a checkpoint, as model2vec has it.
    static let tableName = "embeddings"

    /// The table is all that there is below a head.
    public mutating func freeze(_ freezing: Freezing) {
        if freezing != .nothing { freeze() }
    }

    public var vocabulary: Int { vectors.shape[0].size }
    /// D.
    public var width: Int { vectors.shape[1].size }
    public var maxTokens: Int? { nil }
    public var precision: Precision { .f32 }
    /// The gradient of each token's vector.
    public var activationsPerToken: Int { width }
    public var dropout: DropoutProbabilities { DropoutProbabilities(0) }

    /// Sequences that a thread takes at once.
    private static let blockSize = 32

    public func batch(ids: [Int32], offsets: [Int]) throws(EncoderError) -> PackedBatch {
        let batch = PackedBatch(bags: ids, offsets: offsets)
        for index in 0..<batch.count {
            let range = batch.range(index)
            for token in range where !(0..<vocabulary).contains(Int(ids[token])) {
                throw .unknownToken(
                    index: index, token: token - range.lowerBound, found: Int(ids[token]),
                    vocabulary: vocabulary)
            }
        }
        return batch
    }

    /// - Throws: `.notAMean`, `.notFinite`.
    public func embed(
        _ batch: PackedBatch, pooling: Pooling = .mean, normalize: Bool = false, skipping: Int = 0
    ) throws(EncoderError) -> [Float] {
        if pooling != .mean { throw .notAMean(pooling) }
        let D = width
        let means = [Float](unsafeUninitializedCapacity: batch.count * D) { buffer, filled in
            filled = batch.count * D
            guard let base = buffer.baseAddress else { return }
            nonisolated(unsafe) let to = base
            parallelBlocks(of: batch.count, blockSize: StaticEmbedding.blockSize) { range in
                for sequence in range {
                    mean(of: batch, sequence, skipping: skipping, into: to + sequence * D)
                    if normalize { l2Normalize(to + sequence * D, count: D) }
                }
            }
        }
        try requireFinite(means, width: D)
        return means
    }

    /// y = Σ vectors[id] / n.
    /// - Parameter y: Overwritten. Shape: [D].
    private func mean(
        of batch: PackedBatch, _ sequence: Int, skipping: Int = 0, into y: UnsafeMutablePointer<Float>
    ) {
        let (D, table) = (width, vectors.pointer)
        let tokens = batch.range(sequence).dropFirst(skipping)
        y.update(repeating: 0, count: D)
        for token in tokens {
            let row = table + Int(batch.ids[token]) * D
            for i in 0..<D { y[i] += row[i] }
        }
        let n = Float(max(1, tokens.count))
        for i in 0..<D { y[i] /= n }
    }

    /// y = Σ vectors[id] / n: the gradient of a token's row is added to by that of each text it is in, divided by n.
    public func withPooled(
        _ batch: PackedBatch, pooling: Pooling, skipping: Int = 0, _ pass: Pass,
        _ body: (FloatRows) -> FloatRows?
    ) throws(EncoderError) {
        if pooling != .mean { throw .notAMean(pooling) }
        if pass.embeddedTokens != nil { return withRows(batch, skipping: skipping, pass, body) }
        let (B, D) = (batch.count, width)
        let table = pass.tableGradient(of: vectors)
        table?.prepare(batch.ids, pass.team)
        let pooled = pass.rows(B, columns: D)
        pass.team.blocks(of: B, blockSize: StaticEmbedding.blockSize) { range, _ in
            for sequence in range { mean(of: batch, sequence, skipping: skipping, into: pooled[sequence]) }
        }
        guard let dPooled = body(pooled), let table else { return }
        let d = pass.rows(batch.tokens, columns: D)
        pass.team.blocks(of: B, blockSize: StaticEmbedding.blockSize) { range, _ in
            for sequence in range { spread(dPooled, over: batch, sequence, skipping: skipping, into: d) }
        }
        table.add(batch.ids, d, pass.team)
    }

    /// y = Σ x[t] / n, where x are rows of the table, or what a pass that asks for the tokens' vectors puts in their place.
    private func withRows(
        _ batch: PackedBatch, skipping: Int, _ pass: Pass, _ body: (FloatRows) -> FloatRows?
    ) {
        let (B, D) = (batch.count, width)
        let x = pass.rows(batch.tokens, columns: D)
        for (token, id) in batch.ids.enumerated() { vectors.copy(row: Int(id), to: x[token]) }
        pass.embedded(x)
        let pooled = pass.rows(B, columns: D)
        for sequence in 0..<B {
            let (tokens, y) = (batch.range(sequence).dropFirst(skipping), pooled[sequence])
            y.update(repeating: 0, count: D)
            for token in tokens { for i in 0..<D { y[i] += x[token][i] } }
            for i in 0..<D { y[i] /= Float(max(1, tokens.count)) }
        }
        guard let dPooled = body(pooled) else { return }
        let d = pass.rows(batch.tokens, columns: D)
        for sequence in 0..<B { spread(dPooled, over: batch, sequence, skipping: skipping, into: d) }
        pass.embedded(gradient: d)
    }

    /// The gradient of each token of one text: the mean's, divided by n; 0 for tokens that the mean skips.
    private func spread(
        _ dPooled: FloatRows, over batch: PackedBatch, _ sequence: Int, skipping: Int, into d: FloatRows
    ) {
        let tokens = batch.range(sequence)
        let n = Float(max(1, tokens.count - skipping))
        for (place, token) in tokens.enumerated() {
            for i in 0..<width { d[token][i] = place < skipping ? 0 : dPooled[sequence][i] / n }
        }
    }
}
