import DeterministicWork
import Foundation
import LinearAlgebra
import TensorFiles

/// A network of an architecture with its weights: token ids in, vectors out. Its results depend neither on the number of
/// threads nor on what else is in a batch, to the bit.
public struct TokenEncoder: LayeredModule {
    public let configuration: EncoderConfiguration
    package internal(set) var network: any EncoderNetwork
    /// Nil if `Pooling.pooler` cannot be had.
    package internal(set) var pooler: Pooler?
    /// How the weights of linear layers and the vectors of tokens are stored.
    public private(set) var precision = Precision.f32
    /// The tables whose rows are read when a batch has their tokens.
    private var unread: [TokenRows] = []
    private let passes = PassPool()

    /// Loads a Hugging Face folder: `config.json` and `model.safetensors`, or an index of shards.
    public init(
        folder: URL, architectures: EncoderArchitectures = .standard, precision: Precision = .f32
    ) throws(EncoderError) {
        try self.init(Checkpoint(folder: folder, architectures: architectures), precision: precision)
    }

    /// - Parameter isForEncoding: Whether it is not to be trained: in float32 the vectors of tokens then stay in their file,
    ///   which is read from when a batch has tokens that none had before. Who saves it reads them all.
    package init(
        _ checkpoint: Checkpoint, precision: Precision = .f32, isForEncoding: Bool = false
    ) throws(EncoderError) {
        self.init(withoutWeightsOf: checkpoint)
        try checkpoint.load(&self, WeightLoading(precision: precision, isForEncoding: isForEncoding))
        self.precision = precision
        var unread: [TokenRows] = []
        forEachParameter { _, parameter in parameter.unread.map { unread.append($0) } }
        self.unread = unread
    }

    /// Reads the vectors of tokens that are still in their file.
    /// - Throws: `.weights` where the file is not what it was.
    package func readAll() throws(EncoderError) {
        do throws(SafetensorsError) {
            for table in unread { try table.readAll() }
        } catch {
            throw .weights(error)
        }
    }

    /// Checks a batch, and reads the vectors of its tokens that are still in their file.
    func prepare(_ batch: PackedBatch) throws(EncoderError) {
        try batch.check(configuration)
        do throws(SafetensorsError) {
            for table in unread { try table.read(batch.ids) }
        } catch {
            throw .weights(error)
        }
    }

    /// The same with weights in fewer bits.
    public func reduced(to precision: Precision) -> TokenEncoder {
        precondition(self.precision == .f32, "weights are reduced once")
        var encoder = self
        encoder.reduce(to: precision)
        encoder.precision = precision
        if precision != .f32 { encoder.unread = [] }
        return encoder
    }

    /// The modules that a checkpoint has, with no numbers in them.
    init(withoutWeightsOf checkpoint: Checkpoint) {
        configuration = checkpoint.configuration
        network = checkpoint.network
        pooler = checkpoint.hasPooler ? checkpoint.pooler : nil
    }

    public mutating func visit(_ visitor: ParameterVisitor) {
        let architecture = configuration.architecture
        network.visit(visitor.at(architecture.prefix))
        if var pooler, let place = architecture.pooler {
            self.pooler = nil
            pooler.visit(
                visitor.at(place.path(in: architecture), depth: place.isInEncoder ? .afterLayers : nil))
            self.pooler = pooler
        }
    }

    public mutating func freeze(_ freezing: Freezing) throws(EncoderError) {
        try network.freeze(freezing)
        if freezing == .encoder && configuration.architecture.pooler?.isInEncoder == true { pooler?.freeze() }
    }

    /// Whether `Pooling.pooler` can be had.
    public var hasPooler: Bool { pooler != nil }

    /// Floats that a training keeps of each token, about.
    public var activationsPerToken: Int { network.activationsPerToken }

    /// The last layer's output for every token, packed as the batch is. Shape: [T, H].
    public func hiddenStates(of batch: PackedBatch) throws(EncoderError) -> [Float] {
        try prepare(batch)
        let H = configuration.hidden
        return fill(batch.tokens * H, from: batch) { block, to, pass in
            let x = network.output(of: block, pass)
            for (sequence, span) in zip(block.sequences, block.spans) {
                for (row, token) in zip(span.tokens, batch.range(sequence)) {
                    (to + token * H).update(from: x[row], count: H)
                }
            }
        }
    }

    /// One vector for each sequence, of norm 1 if `normalize` (a vector of zeros stays one). Shape: [B, H].
    ///
    /// For `cls` and `pooler` the last layer need compute nothing but keys and values for the other tokens.
    /// - Parameter skipping: How many tokens at the start of each sequence are not pooled.
    /// - Throws: `.noPooler`, and for sequences that do not fit the encoder.
    public func embed(
        _ batch: PackedBatch, pooling: Pooling, normalize: Bool = false, skipping: Int = 0
    ) throws(EncoderError) -> [Float] {
        try prepare(batch)
        if pooling == .pooler && pooler == nil { throw .noPooler }
        let H = configuration.hidden
        let vectors = fill(batch.count * H, from: batch) { block, to, pass in
            withPooled(block, pooling: pooling, skipping: skipping, pass) { pooled in
                for (row, sequence) in block.sequences.enumerated() {
                    if normalize { l2Normalize(pooled[row], count: H) }
                    (to + sequence * H).update(from: pooled[row], count: H)
                }
                return nil
            }
        }
        try requireFinite(vectors, width: H)
        return vectors
    }

    /// An array of `count` numbers, written block by block on all threads.
    private func fill(
        _ count: Int, from batch: PackedBatch,
        _ body: @Sendable (TokenBlock, UnsafeMutablePointer<Float>, Pass) -> Void
    ) -> [Float] {
        let blocks = TokenBlock.cut(batch, threads: Threads.count)
        return [Float](unsafeUninitializedCapacity: count) { buffer, filled in
            filled = count
            guard let base = buffer.baseAddress else { return }
            nonisolated(unsafe) let to = base
            parallelBlocks(of: blocks.count, blockSize: 1) { range in
                for block in blocks[range] {
                    passes.withPass(workers: blocks.count == 1 ? Threads.count : 1) { body(block, to, $0) }
                }
            }
        }
    }
}

extension EncoderNetwork {
    /// The vectors of all tokens. Shape: [T, H].
    fileprivate func output(of block: TokenBlock, _ pass: Pass) -> FloatRows {
        forward(block, queries: .all, pass).output
    }
}

/// Divides each vector by its norm; a vector of zeros stays one. Shape: [N, width].
func l2Normalize(_ vectors: inout [Float], width: Int) {
    vectors.withUnsafeMutableBufferPointer { vectors in
        guard let base = vectors.baseAddress else { return }
        for start in stride(from: 0, to: vectors.count, by: width) { l2Normalize(base + start, count: width) }
    }
}

/// Divides a vector by its norm; a vector of zeros stays one.
func l2Normalize(_ x: UnsafeMutablePointer<Float>, count: Int) {
    var squares: Double = 0
    for i in 0..<count { squares += Double(x[i]) * Double(x[i]) }
    if squares == 0 { return }
    let factor = Float(1 / squares.squareRoot())
    for i in 0..<count { x[i] *= factor }
}

/// Throws for the first vector that holds a number which is infinite or none. Shape: [N, width].
func requireFinite(_ vectors: [Float], width: Int) throws(EncoderError) {
    if !vectors.withUnsafeBufferPointer(\.allFinite) {
        throw .notFinite(index: (vectors.firstIndex { !$0.isFinite } ?? 0) / width)
    }
}
