import Labels

/// An encoder with a linear head for each task.
public struct ClassifierModel: LayeredModule {
    public internal(set) var encoder: TokenEncoder
    /// What the heads read.
    public let pooling: Pooling
    /// H to K, of each task.
    package var heads: [Linear]
    /// Whether anything but the heads is trained.
    private(set) var trainsBelowHeads = true

    /// - Precondition: The encoder has a pooler if `pooling` is that.
    init(encoder: TokenEncoder, pooling: Pooling, heads: [Linear]) {
        precondition(pooling != .pooler || encoder.hasPooler)
        self.encoder = encoder
        self.pooling = pooling
        self.heads = heads
        if pooling != .pooler { self.encoder.pooler = nil }
    }

    /// The name of a task's head in a checkpoint: that of `transformers` for one task, numbered for several.
    static func headName(_ architecture: EncoderArchitecture, task: Int, of tasks: Int) -> String {
        tasks == 1 ? architecture.head : "\(architecture.head).\(task)"
    }

    public mutating func visit(_ visitor: ParameterVisitor) {
        encoder.visit(visitor)
        let architecture = encoder.configuration.architecture
        for task in heads.indices {
            heads[task].visit(
                visitor.at(ClassifierModel.headName(architecture, task: task, of: heads.count)))
        }
    }

    public mutating func freeze(_ freezing: Freezing) throws(EncoderError) {
        try encoder.freeze(freezing)
        if freezing == .encoder {
            trainsBelowHeads = encoder.pooler.map { !$0.linear.weight.isFrozen } ?? false
        }
    }

    /// The same with the head of one task.
    public func selecting(task: Int) -> ClassifierModel {
        ClassifierModel(encoder: encoder, pooling: pooling, heads: [heads[task]])
    }

    /// The logits of a task. Shape: [B, K].
    public func logits(_ batch: PackedBatch, task: Int) throws(EncoderError) -> Logits {
        let K = heads[task].outputs
        let pooled = try encoder.embed(batch, pooling: pooling)
        let logits = Logits(labelCount: K, values: heads[task].outputs(of: pooled).map { Double($0) })
        if let bad = logits.values.firstIndex(where: { !$0.isFinite }) { throw .notFinite(index: bad / K) }
        return logits
    }

    /// Texts that go through the model between two looks at the clock.
    private static let batchSize = 1024

    /// The logits of a task for any number of texts. Shape: [texts, K].
    public func logits(ofSequences sequences: [[Int32]], task: Int) throws(EncoderError) -> Logits {
        var values: [Double] = []
        for start in stride(from: 0, to: sequences.count, by: ClassifierModel.batchSize) {
            let batch = try PackedBatch(
                Array(sequences[start..<min(sequences.count, start + ClassifierModel.batchSize)]))
            values += try logits(batch, task: task).values
        }
        return Logits(labelCount: heads[task].outputs, values: values)
    }
}
