/// One batch on its way through the model.
struct TrainingPass {
    let batch: PackedBatch
    let block: TokenBlock
    let step: Int
    private let lastLayer: Int
    private let pooling: Pooling

    init(_ batch: PackedBatch, sizes: BertConfiguration, pooling: Pooling, step: Int) {
        self.batch = batch
        self.pooling = pooling
        self.step = step
        block = TokenBlock(Array(0..<batch.count), of: batch)
        lastLayer = sizes.layers - 1
    }

    /// Whether only the first token of each sequence asks in this layer: in the last one, if the head reads no other.
    func asksFirst(_ layer: Int) -> Bool { layer == lastLayer && pooling != .mean }

    func spans(_ layer: Int) -> [SequenceSpan] { asksFirst(layer) ? block.firstSpans : block.spans }
}
