import DeterministicWork
import Foundation
import LinearAlgebra

/// A BERT or DistilBERT encoder in float32. Its results depend neither on the number of threads nor on what else is in
/// a batch, to the bit.
public struct BertEncoder: Sendable {
    public let configuration: BertConfiguration
    package let embeddings: Embeddings
    package let layers: [EncoderLayer]
    package let pooler: Pooler?
    private let workspaces: WorkspacePool

    /// Loads a Hugging Face folder: `config.json` and `model.safetensors`, or an index of shards.
    public init(folder: URL) throws(EncoderError) {
        try self.init(Checkpoint(folder: folder))
    }

    package init(_ checkpoint: Checkpoint) throws(EncoderError) {
        try checkpoint.checkShapes()
        configuration = checkpoint.configuration
        embeddings = try Embeddings(checkpoint)
        layers = try BertEncoder.layers(of: checkpoint)
        pooler =
            checkpoint.hasPooler ? try Pooler(checkpoint) : nil
        workspaces = WorkspacePool(configuration)
    }

    /// The same layers with another pooler.
    package func with(pooler: Pooler?) -> BertEncoder {
        BertEncoder(configuration: configuration, embeddings: embeddings, layers: layers, pooler: pooler)
    }

    private init(
        configuration: BertConfiguration, embeddings: Embeddings, layers: [EncoderLayer], pooler: Pooler?
    ) {
        self.configuration = configuration
        self.embeddings = embeddings
        self.layers = layers
        self.pooler = pooler
        workspaces = WorkspacePool(configuration)
    }

    /// All layers; packing their weights is shared among the threads.
    private static func layers(of checkpoint: Checkpoint) throws(EncoderError) -> [EncoderLayer] {
        let loaded = parallelMap(checkpoint.configuration.layers, blockSize: 1) {
            layer -> Result<EncoderLayer, EncoderError> in
            do throws(EncoderError) {
                return .success(try EncoderLayer(checkpoint, layer: layer))
            } catch {
                return .failure(error)
            }
        }
        var layers: [EncoderLayer] = []
        for layer in loaded { layers.append(try layer.get()) }
        return layers
    }

    /// Whether `Pooling.pooler` can be had.
    public var hasPooler: Bool { pooler != nil }

    /// The last layer's output for every token, packed as the batch is. Shape: [T, H].
    public func hiddenStates(of batch: PackedBatch) throws(EncoderError) -> [Float] {
        try batch.check(configuration)
        let hidden = configuration.hidden
        return fill(batch.tokens * hidden, from: batch) { block, to, work in
            let x = encode(batch, block, work)
            for (sequence, span) in zip(block.sequences, block.spans) {
                for (row, token) in zip(span.tokens, batch.range(sequence)) {
                    (to + token * hidden).update(from: x[row], count: hidden)
                }
            }
        }
    }

    /// One vector for each sequence, of length 1 if `normalize` (a vector of zeros stays one). Shape: [B, H].
    ///
    /// For `cls` and `pooler` the last layer computes nothing but keys and values for the other tokens.
    /// - Throws: `.noPooler`, and for sequences that do not fit the encoder.
    public func embed(
        _ batch: PackedBatch, pooling: Pooling, normalize: Bool = false
    ) throws(EncoderError) -> [Float] {
        try batch.check(configuration)
        if pooling == .pooler && pooler == nil { throw .noPooler }
        let hidden = configuration.hidden
        let vectors = fill(batch.count * hidden, from: batch) { block, to, work in
            let pooled: FloatRows
            switch pooling {
            case .mean:
                let x = encode(batch, block, work)
                pooled = work.first(rows: block.sequences.count)
                block.mean(of: x, into: pooled)
            case .cls:
                pooled = encodeFirst(batch, block, work)
            case .pooler:
                pooled = work.y(rows: block.sequences.count)
                pooler?.forward(encodeFirst(batch, block, work), into: pooled, work.team)
            }
            for (row, sequence) in block.sequences.enumerated() {
                if normalize { scaleToLengthOne(pooled[row]) }
                (to + sequence * hidden).update(from: pooled[row], count: hidden)
            }
        }
        if !vectors.withUnsafeBufferPointer(\.allFinite) {
            throw .notFinite(index: (vectors.firstIndex { !$0.isFinite } ?? 0) / hidden)
        }
        return vectors
    }

    // MARK: Blocks

    /// An array of `count` numbers, written block by block on all threads.
    private func fill(
        _ count: Int, from batch: PackedBatch,
        _ body: @Sendable (TokenBlock, UnsafeMutablePointer<Float>, Workspace) -> Void
    ) -> [Float] {
        let blocks = TokenBlock.cut(batch, threads: Threads.count)
        return [Float](unsafeUninitializedCapacity: count) { buffer, filled in
            filled = count
            guard let base = buffer.baseAddress else { return }
            nonisolated(unsafe) let to = base
            parallelBlocks(of: blocks.count, blockSize: 1) { range in
                for block in blocks[range] {
                    workspaces.withWorkspace(
                        tokens: block.tokens, workers: blocks.count == 1 ? Threads.count : 1
                    ) { body(block, to, $0) }
                }
            }
        }
    }

    /// All layers for all tokens. Shape: [block's tokens, H].
    private func encode(_ batch: PackedBatch, _ block: TokenBlock, _ work: Workspace) -> FloatRows {
        let x = work.x(rows: block.tokens)
        let values = work.values(tokens: block.tokens, asking: x)
        embeddings.forward(batch, sequences: block.sequences, into: x, work.team)
        for layer in layers { layer.forward(x, asking: x, spans: block.spans, values, work.team) }
        return x
    }

    /// All layers, the last for the first token of each sequence only. Shape: [block's sequences, H].
    private func encodeFirst(_ batch: PackedBatch, _ block: TokenBlock, _ work: Workspace) -> FloatRows {
        let x = work.x(rows: block.tokens)
        let values = work.values(tokens: block.tokens, asking: x)
        embeddings.forward(batch, sequences: block.sequences, into: x, work.team)
        for layer in layers.dropLast() { layer.forward(x, asking: x, spans: block.spans, values, work.team) }
        let first = work.first(rows: block.sequences.count)
        block.copyFirst(of: x, to: first)
        layers.last?.forward(
            x, asking: first, spans: block.firstSpans, work.values(tokens: block.tokens, asking: first),
            work.team)
        return first
    }

    private func scaleToLengthOne(_ x: UnsafeMutablePointer<Float>) {
        var squares: Double = 0
        for i in 0..<configuration.hidden { squares += Double(x[i]) * Double(x[i]) }
        if squares == 0 { return }
        let factor = Float(1 / squares.squareRoot())
        for i in 0..<configuration.hidden { x[i] *= factor }
    }
}
