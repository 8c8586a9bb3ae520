import Labels
import LinearAlgebra

/// A network with a linear head for each task.
public typealias ClassifierModel = HeadedEncoder<TokenEncoder>

/// A table of token vectors with a linear head for each task.
public typealias StaticClassifierModel = HeadedEncoder<StaticEmbedding>

/// An encoder with a linear head for each task.
public struct HeadedEncoder<Encoder: SequenceEncoder>: LayeredModule {
    public internal(set) var encoder: Encoder
    /// What the heads read.
    public let pooling: Pooling
    /// H to K, of each task.
    package var heads: [Linear]
    /// The name of a single task's head in a checkpoint.
    private let headName: String
    /// Whether anything but the heads is trained.
    private(set) var trainsBelowHeads = true

    init(_ encoder: Encoder, pooling: Pooling, heads: [Linear], headName: String) {
        self.encoder = encoder
        self.pooling = pooling
        self.heads = heads
        self.headName = headName
    }

    /// The name of a task's head in a checkpoint: that of `transformers` for one task, numbered for several.
    static func name(ofHead name: String, task: Int, of tasks: Int) -> String {
        tasks == 1 ? name : "\(name).\(task)"
    }

    public mutating func visit(_ visitor: ParameterVisitor) {
        encoder.visit(visitor)
        for task in heads.indices {
            heads[task].visit(
                visitor.at(HeadedEncoder.name(ofHead: headName, task: task, of: heads.count)))
        }
    }

    public mutating func freeze(_ freezing: Freezing) throws(EncoderError) {
        try encoder.freeze(freezing)
        var isTrained = false
        encoder.forEachParameter { if !$1.isFrozen { isTrained = true } }
        trainsBelowHeads = isTrained
    }

    /// The same with the head of one task.
    public func selecting(task: Int) -> HeadedEncoder {
        HeadedEncoder(encoder, pooling: pooling, heads: [heads[task]], headName: headName)
    }

    /// The logits of a task. Shape: [B, K].
    public func logits(_ batch: PackedBatch, task: Int) throws(EncoderError) -> Logits {
        let K = heads[task].outputs
        let pooled = try encoder.embed(batch, pooling: pooling, normalize: false, skipping: 0)
        let logits = Logits(labelCount: K, values: heads[task].outputs(of: pooled).map { Double($0) })
        if let bad = logits.values.firstIndex(where: { !$0.isFinite }) { throw .notFinite(index: bad / K) }
        return logits
    }

    /// Texts that go through the model between two looks at the clock.
    private static var batchSize: Int { 1024 }

    /// The logits of a task for any number of texts. Shape: [texts, K].
    public func logits(ofSequences sequences: [[Int32]], task: Int) throws(EncoderError) -> Logits {
        var values: [Double] = []
        for start in stride(from: 0, to: sequences.count, by: ClassifierModel.batchSize) {
            let batch = try encoder.batch(
                sequences[start..<min(sequences.count, start + HeadedEncoder.batchSize)])
            values += try logits(batch, task: task).values
        }
        return Logits(labelCount: heads[task].outputs, values: values)
    }
}

extension HeadedEncoder<TokenEncoder> {
    /// Reads the vectors of tokens that are still in their file.
    /// - Throws: `.weights` where the file is not what it was.
    package func readAll() throws(EncoderError) { try encoder.readAll() }

    /// The same with the encoder's weights in fewer bits; the heads stay in float32.
    public func reduced(to precision: Precision) -> ClassifierModel {
        var model = self
        model.encoder = encoder.reduced(to: precision)
        return model
    }

    /// - Precondition: The encoder has a pooler if `pooling` is that.
    init(encoder: TokenEncoder, pooling: Pooling, heads: [Linear]) {
        precondition(pooling != .pooler || encoder.hasPooler)
        var encoder = encoder
        if pooling != .pooler { encoder.pooler = nil }
        self.init(
            encoder, pooling: pooling, heads: heads, headName: encoder.configuration.architecture.head)
    }
}
