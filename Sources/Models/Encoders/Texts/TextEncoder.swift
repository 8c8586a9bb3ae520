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
    /// A network, or a table of token vectors.
    public private(set) var encoder: any SequenceEncoder
    /// What a user should know of the folder.
    public let notices: [String]
    private let folder: URL
    private let modules: SentenceModules
    /// Where the encoder is a table of token vectors: which tokens count, and what its folder says.
    private let table: (bag: TokenBag, folder: StaticFolder)?
    /// What follows the pooling, where the folder is one of sentence-transformers.
    let dense: [SentenceDense]

    /// The length of a text's vector.
    public var width: Int { dense.last?.width ?? encoder.width }

    /// How the weights of linear layers are stored.
    public var precision: Precision { encoder.precision }

    /// Whether the encoder is a table of token vectors rather than a network.
    public var isStatic: Bool { table != nil }

    /// Reads a folder of Hugging Face, of sentence-transformers or of static embeddings: `config.json`, `model.safetensors`
    /// and `tokenizer.json` or `vocab.txt`; where `modules.json` is there, what it lists.
    /// - Parameters:
    ///   - architectures: Those that the folder's may be.
    ///   - precision: Of a network's weights; a table of token vectors, which multiplies nothing, has no other than f32.
    /// - Throws: `TokenizerError`, also for a vocabulary that does not fit the model's; `EncoderError`.
    public init(
        folder: URL, architectures: EncoderArchitectures = .standard, precision: Precision = .f32
    ) throws {
        self.folder = folder
        let modules = try SentenceModules(folder)
        if let place = try StaticFolder(folder, modules) {
            if precision != .f32 { throw EncoderError.inFile(path: folder.path, .notMultiplied(precision)) }
            let (bag, embedding) = try inParallel({ try place.bag() }, { try place.embedding() })
            (tokenizer, encoder, table) = (bag.tokenizer, embedding, (bag, place))
            notices = tokenizer.notices
        } else {
            let transformer = modules.transformerFolder(in: folder)
            let (tokenizer, network) = try inParallel(
                { try TextTokenizer(folder: transformer) },
                {
                    try TokenEncoder(
                        Checkpoint(folder: transformer, architectures: architectures), precision: precision,
                        isForEncoding: true)
                })
            (self.tokenizer, encoder, table) = (tokenizer, network, nil)
            let surplus = try tokenizer.check(modelVocabularySize: network.configuration.vocabulary)
            notices = tokenizer.notices + (surplus.map { [$0] } ?? [])
        }
        var dense: [SentenceDense] = []
        for module in modules.dense {
            dense.append(
                try SentenceDense(
                    folder.appendingPathComponent(module), inputs: dense.last?.width ?? encoder.width))
        }
        self.dense = dense
        self.modules = modules
    }

    /// The way from a text to its vector: as stated, else as the folder says, else the mean of all tokens of the longest
    /// text that the tokenizer and the encoder take.
    /// - Parameter prefix: What is put before every text; empty for nothing, whatever the folder says.
    public func options(
        pooling: Pooling? = nil, normalize: Bool? = nil, maxLength: Int? = nil, prefix: String? = nil
    ) -> EncodingOptions {
        let stated = maxLength ?? modules.maxLength ?? table?.folder.maxLength ?? tokenizer.maxLength
        let prefix = prefix ?? modules.prompt ?? ""
        return EncodingOptions(
            pooling: pooling ?? modules.pooling ?? .mean,
            normalize: normalize ?? table?.folder.normalizes ?? modules.normalizes,
            maxLength: [encoder.maxTokens, stated].compactMap(\.self).min(),
            prefix: prefix.isEmpty ? nil : prefix, poolsPrefix: modules.poolsPrompt)
    }

    /// The same with another network of the same sizes, such as this one after a training.
    package func replacing(_ network: TokenEncoder) -> TextEncoder {
        precondition(!isStatic && network.width == encoder.width)
        var same = self
        same.encoder = network
        return same
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
        let limit = tokenLimit(options)
        let skipping = skippedTokens(options)
        let distinct = DistinctTexts(texts)
        let count = distinct.texts.count
        var vectors: [Float] = []
        vectors.reserveCapacity(count * width)
        for start in stride(from: 0, to: count, by: TextEncoder.batchSize) {
            let end = min(count, start + TextEncoder.batchSize)
            let tokens = tokens(of: distinct.texts[start..<end].prefixed(by: options.prefix), limit)
            let pooled: [Float]
            do throws(EncoderError) {
                pooled = try encoder.embed(
                    encoder.batch(ids: tokens.ids, offsets: tokens.offsets), pooling: options.pooling,
                    normalize: options.normalize && dense.isEmpty, skipping: skipping)
            } catch {
                throw error.in(folder)
            }
            vectors += dense.isEmpty ? pooled : followed(pooled, normalize: options.normalize)
            try progress(end, count)
        }
        if count < texts.count {
            vectors = distinct.places.flatMap { vectors[$0 * width..<($0 + 1) * width] }
        }
        return Matrix(rowCount: texts.count, columnCount: width, values: vectors)
    }

    /// The most tokens of a text, signs among them; nil where any number will do.
    func tokenLimit(_ options: EncodingOptions) -> Int? {
        [options.maxLength, encoder.maxTokens].compactMap(\.self).min()
    }

    /// Which tokens count, where the encoder is a table of token vectors.
    var bag: TokenBag? { table?.bag }

    private func tokens(of texts: [String], _ limit: Int?) -> PackedEncodings {
        table?.bag.encode(texts, maxLength: limit) ?? tokenizer.encode(texts, maxLength: limit)
    }

    /// The tokens at the start of a text that are not pooled: those of the prefix where it does not count, with what the
    /// tokenizer puts before them. As sentence-transformers counts them: encoded alone, without a sign at the end.
    func skippedTokens(_ options: EncodingOptions) -> Int {
        guard let prefix = options.prefix, !options.poolsPrefix, table == nil else { return 0 }
        let ids = tokenizer.encode(prefix).ids
        let special = tokenizer.special
        let signs = [special.separator, special.classifier, special.padding, special.unknown, special.mask]
        return ids.last.map(signs.compactMap(\.self).contains) ?? false ? ids.count - 1 : ids.count
    }

    /// What the dense layers make of pooled vectors. Shape: [texts, width].
    private func followed(_ pooled: [Float], normalize: Bool) -> [Float] {
        var vectors = dense.reduce(pooled) { $1.forward($0) }
        if normalize { l2Normalize(&vectors, width: width) }
        return vectors
    }
}

extension Sequence<String> {
    /// The texts with something before each.
    package func prefixed(by prefix: String?) -> [String] {
        guard let prefix, !prefix.isEmpty else { return Array(self) }
        return map { prefix + $0 }
    }
}
