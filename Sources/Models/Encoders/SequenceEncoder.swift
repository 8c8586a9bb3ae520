import LinearAlgebra

/// What makes one vector of the tokens of a text: a network, or a table of token vectors. A classifier's heads stand on it.
public protocol SequenceEncoder: LayeredModule {
    /// The length of a sequence's vector before what a folder of sentence-transformers puts after it.
    var width: Int { get }
    /// The longest sequence that it takes; nil where any length will do.
    var maxTokens: Int? { get }
    /// How the weights of linear layers are stored.
    var precision: Precision { get }
    /// Floats that a training keeps of each token, about.
    var activationsPerToken: Int { get }
    /// What is dropped in training, where its options do not say otherwise.
    var dropout: DropoutProbabilities { get }

    /// Sequences one after another, as this encoder takes them.
    /// - Parameter offsets: Where each sequence starts, and at last the number of ids.
    /// - Throws: For sequences that cannot be encoded.
    func batch(ids: [Int32], offsets: [Int]) throws(EncoderError) -> PackedBatch

    /// One vector for each sequence, of norm 1 if `normalize` (a vector of zeros stays one). Shape: [B, width].
    /// - Parameter skipping: How many tokens at the start of each sequence are not pooled.
    /// - Throws: For sequences or a pooling that do not fit the encoder.
    func embed(
        _ batch: PackedBatch, pooling: Pooling, normalize: Bool, skipping: Int
    ) throws(EncoderError) -> [Float]

    /// Makes one vector for each sequence, and goes back through the encoder if the pass trains it.
    /// - Parameters:
    ///   - skipping: How many tokens at the start of each sequence are not pooled.
    ///   - body: Gets the vectors, and returns their gradient, which is overwritten; nil not to go back. Shape of both:
    ///     [B, width].
    func withPooled(
        _ batch: PackedBatch, pooling: Pooling, skipping: Int, _ pass: Pass, _ body: (FloatRows) -> FloatRows?
    ) throws(EncoderError)
}

extension SequenceEncoder {
    func batch(_ sequences: some Sequence<[Int32]>) throws(EncoderError) -> PackedBatch {
        var (ids, offsets) = ([Int32](), [0])
        for sequence in sequences {
            ids += sequence
            offsets.append(ids.count)
        }
        return try batch(ids: ids, offsets: offsets)
    }
}

extension TokenEncoder: SequenceEncoder {
    public var width: Int { configuration.hidden }
    public var maxTokens: Int? { configuration.maxPositions }
    public var dropout: DropoutProbabilities { configuration.dropout }

    public func batch(ids: [Int32], offsets: [Int]) throws(EncoderError) -> PackedBatch {
        try PackedBatch(ids: ids, offsets: offsets)
    }

    public func withPooled(
        _ batch: PackedBatch, pooling: Pooling, skipping: Int = 0, _ pass: Pass,
        _ body: (FloatRows) -> FloatRows?
    ) throws(EncoderError) {
        try prepare(batch)
        withPooled(TokenBlock(batch), pooling: pooling, skipping: skipping, pass, body)
    }
}
