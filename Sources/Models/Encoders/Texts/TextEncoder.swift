import DeterministicWork
import Foundation
import LinearAlgebra
import TextTokenizers

/// A tokenizer and an encoder that belong together: texts in, one vector each out.
///
///     let encoder = try TextEncoder(folder: URL(fileURLWithPath: "all-MiniLM-L6-v2"))
///     let vectors = try encoder.encode(["a text", "another one"])
public struct TextEncoder: Sendable {
    public let tokenizer: TextTokenizer
    public let encoder: TokenEncoder
    /// What a user should know of the folder.
    public let notices: [String]
    private let folder: URL
    private let modules: SentenceModules
    /// What follows the pooling, where the folder is one of sentence-transformers.
    private let dense: [SentenceDense]

    /// The length of a text's vector.
    public var width: Int { dense.last?.width ?? encoder.configuration.hidden }

    /// How the packed weights of linear layers are stored.
    public var precision: Precision { encoder.precision }

    /// Reads a folder of Hugging Face or of sentence-transformers: `config.json`, `model.safetensors` and `tokenizer.json`
    /// or `vocab.txt`; where `modules.json` is there, what it lists.
    /// - Parameter architectures: Those that the folder's may be.
    /// - Throws: `TokenizerError`, also for a vocabulary that does not fit the model's; `EncoderError`.
    public init(folder: URL, architectures: EncoderArchitectures = .standard) throws {
        self.folder = folder
        let modules = try SentenceModules(folder)
        let transformer = modules.transformerFolder(in: folder)
        (tokenizer, encoder) = try inParallel(
            { try TextTokenizer(folder: transformer) },
            { try TokenEncoder(folder: transformer, architectures: architectures) })
        let surplus = try tokenizer.check(modelVocabularySize: encoder.configuration.vocabulary)
        notices = tokenizer.notices + (surplus.map { [$0] } ?? [])
        var dense: [SentenceDense] = []
        for module in modules.dense {
            dense.append(
                try SentenceDense(
                    folder.appendingPathComponent(module),
                    inputs: dense.last?.width ?? encoder.configuration.hidden))
        }
        self.dense = dense
        self.modules = modules
    }

    /// The way from a text to its vector: as stated, else as the folder says, else the mean of all tokens of the longest
    /// text that the tokenizer and the encoder take.
    public func options(
        pooling: Pooling? = nil, normalize: Bool? = nil, maxLength: Int? = nil
    ) -> EncodingOptions {
        let positions = encoder.configuration.maxPositions
        return EncodingOptions(
            pooling: pooling ?? modules.pooling ?? .mean, normalize: normalize ?? modules.normalizes,
            maxLength: min(
                positions,
                maxLength ?? modules.maxLength ?? tokenizer.maxLength ?? positions))
    }

    /// Texts that go through the encoder between two reports of progress.
    private static let batchSize = 1024

    /// One vector for each text; equal texts are encoded once. Shape: [texts, width].
    ///
    /// - Parameters:
    ///   - options: By default what the folder says.
    ///   - progress: Told how many of how many different texts are done; may throw to stop.
    /// - Throws: `EncoderError.noPooler`, `.notFinite` for damaged weights, and what `progress` throws.
    public func encode(
        _ texts: [String], _ options: EncodingOptions? = nil,
        progress: (_ done: Int, _ of: Int) throws -> Void = { _, _ in }
    ) throws -> Matrix<Float> {
        let options = options ?? self.options()
        let limit = min(options.maxLength ?? Int.max, encoder.configuration.maxPositions)
        let distinct = DistinctTexts(texts)
        let count = distinct.texts.count
        var vectors: [Float] = []
        vectors.reserveCapacity(count * width)
        for start in stride(from: 0, to: count, by: TextEncoder.batchSize) {
            let end = min(count, start + TextEncoder.batchSize)
            let tokens = tokenizer.encode(Array(distinct.texts[start..<end]), maxLength: limit)
            let pooled: [Float]
            do throws(EncoderError) {
                pooled = try encoder.embed(
                    PackedBatch(ids: tokens.ids, offsets: tokens.offsets), pooling: options.pooling,
                    normalize: options.normalize && dense.isEmpty)
            } catch {
                throw EncoderError.inFile(path: folder.path, error)
            }
            vectors += dense.isEmpty ? pooled : followed(pooled, normalize: options.normalize)
            try progress(end, count)
        }
        if count < texts.count {
            vectors = distinct.places.flatMap { vectors[$0 * width..<($0 + 1) * width] }
        }
        return Matrix(rowCount: texts.count, columnCount: width, values: vectors)
    }

    /// What the dense layers make of pooled vectors. Shape: [texts, width].
    private func followed(_ pooled: [Float], normalize: Bool) -> [Float] {
        var vectors = dense.reduce(pooled) { $1.forward($0) }
        if normalize { l2Normalize(&vectors, width: width) }
        return vectors
    }
}
