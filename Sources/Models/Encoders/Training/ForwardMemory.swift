import LinearAlgebra

/// All that a forward pass leaves for the backward pass.
final class ForwardMemory: Sendable {
    /// The most tokens of a batch.
    let tokens: Int
    private let sizes: BertConfiguration
    /// What the embeddings normalise, and their output. Shape: [tokens, H].
    private let embeddingSums, embedded: FloatBuffer
    private let layers: [LayerBuffers]
    /// Of the sequences of a batch: the first tokens before the last layer, what the head reads, and that after dropout.
    /// Shape: [tokens, H].
    private let firstBuffer, pooledBuffer, droppedBuffer, dPooledBuffer: FloatBuffer

    init(_ sizes: BertConfiguration, tokens: Int) {
        self.sizes = sizes
        self.tokens = tokens
        let size = tokens * FloatRows.stride(columns: sizes.hidden)
        embeddingSums = FloatBuffer(count: size)
        embedded = FloatBuffer(count: size)
        layers = (0..<sizes.layers).map { _ in LayerBuffers(sizes, tokens: tokens) }
        firstBuffer = FloatBuffer(count: size)
        pooledBuffer = FloatBuffer(count: size)
        droppedBuffer = FloatBuffer(count: size)
        dPooledBuffer = FloatBuffer(count: size)
    }

    private func wide(_ buffer: FloatBuffer, _ rows: Int) -> FloatRows {
        precondition(rows <= tokens)
        return FloatRows(
            buffer.pointer, rows: rows, columns: sizes.hidden, stride: FloatRows.stride(columns: sizes.hidden)
        )
    }

    func embeddingSums(rows: Int) -> FloatRows { wide(embeddingSums, rows) }
    func embedded(rows: Int) -> FloatRows { wide(embedded, rows) }
    func first(rows: Int) -> FloatRows { wide(firstBuffer, rows) }
    func pooled(rows: Int) -> FloatRows { wide(pooledBuffer, rows) }
    func dropped(rows: Int) -> FloatRows { wide(droppedBuffer, rows) }
    func dPooled(rows: Int) -> FloatRows { wide(dPooledBuffer, rows) }
    func values(of layer: Int, tokens: Int, asking: Int) -> LayerValues {
        layers[layer].values(tokens: tokens, asking: asking)
    }
}

/// The values of one layer.
private final class LayerBuffers: Sendable {
    private let sizes: BertConfiguration
    private let q, k, v, context, attentionSum, attended, innerSum, inner, outputSum, output: FloatBuffer

    init(_ sizes: BertConfiguration, tokens: Int) {
        self.sizes = sizes
        func buffer(_ columns: Int) -> FloatBuffer {
            FloatBuffer(count: tokens * FloatRows.stride(columns: columns))
        }
        q = buffer(sizes.hidden)
        k = buffer(sizes.hidden)
        v = buffer(sizes.hidden)
        context = buffer(sizes.hidden)
        attentionSum = buffer(sizes.hidden)
        attended = buffer(sizes.hidden)
        innerSum = buffer(sizes.inner)
        inner = buffer(sizes.inner)
        outputSum = buffer(sizes.hidden)
        output = buffer(sizes.hidden)
    }

    func values(tokens: Int, asking: Int) -> LayerValues {
        func rows(_ buffer: FloatBuffer, _ count: Int, _ columns: Int) -> FloatRows {
            let stride = FloatRows.stride(columns: columns)
            precondition(count * stride <= buffer.count)
            return FloatRows(buffer.pointer, rows: count, columns: columns, stride: stride)
        }
        let (H, I) = (sizes.hidden, sizes.inner)
        return LayerValues(
            q: rows(q, asking, H), k: rows(k, tokens, H), v: rows(v, tokens, H),
            context: rows(context, asking, H),
            attentionSum: rows(attentionSum, asking, H), attended: rows(attended, asking, H),
            innerSum: rows(innerSum, asking, I), inner: rows(inner, asking, I),
            outputSum: rows(outputSum, asking, H), output: rows(output, asking, H))
    }
}
