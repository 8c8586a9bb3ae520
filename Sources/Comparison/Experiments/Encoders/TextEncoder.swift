import DeterministicWork
import Encoders
import Foundation
import TextTokenizers

/// A tokenizer and an encoder that belong together: texts in, one vector each out.
public struct TextEncoder: Sendable {
    public let tokenizer: WordPieceTokenizer
    public let encoder: BertEncoder
    let folder: EncoderFolder
    /// What follows the pooling, where the folder is one of sentence-transformers.
    private let dense: [SentenceDense]
    /// What a user should know of the folder.
    public let notices: [String]

    /// The length of a text's vector.
    public var width: Int { dense.last?.width ?? encoder.configuration.hidden }

    /// Reads a Hugging Face folder.
    /// - Throws: `TokenizerError`, also for a vocabulary that does not fit the model's; `EncoderError`.
    public init(_ folder: EncoderFolder) throws {
        self.folder = folder
        (tokenizer, encoder) = try inParallel(
            { try WordPieceTokenizer(folder: folder.url) }, { try BertEncoder(folder: folder.url) })
        let surplus = try tokenizer.check(modelVocabularySize: encoder.configuration.vocabulary)
        notices = tokenizer.notices + (surplus.map { [$0] } ?? [])
        var dense: [SentenceDense] = []
        for module in folder.modules.dense {
            dense.append(
                try SentenceDense(
                    folder.root.appendingPathComponent(module),
                    inputs: dense.last?.width ?? encoder.configuration.hidden))
        }
        self.dense = dense
    }

    /// The way from a text to its vector: as stated, else as the folder says, else the mean of all tokens up to the
    /// longest text that the model takes.
    public func view(
        pooling: Pooling? = nil, normalize: Bool? = nil, maxLength: Int? = nil
    ) -> FrozenEncoderView {
        FrozenEncoderView(
            stated: .init(pooling: pooling, normalize: normalize, maxLength: maxLength),
            modules: folder.modules, positions: encoder.configuration.positions,
            tokenizerLimit: tokenizer.configuration.maxLength)
    }

    /// Texts that go through the encoder between two reports of progress.
    private static let batchSize = 1024

    /// One vector for each text; equal texts are encoded once. Shape: [texts, width].
    ///
    /// - Parameter progress: Told how many of how many different texts are done; may throw to stop.
    public func embed(
        _ texts: [String], _ view: FrozenEncoderView,
        progress: (_ done: Int, _ of: Int) throws -> Void = { _, _ in }
    ) throws -> [Float] {
        let limit = min(view.maxLength ?? Int.max, encoder.configuration.positions)
        let (different, place) = distinctTexts(texts)
        var vectors: [Float] = []
        vectors.reserveCapacity(different.count * width)
        for start in stride(from: 0, to: different.count, by: TextEncoder.batchSize) {
            let end = min(different.count, start + TextEncoder.batchSize)
            let tokens = tokenizer.encode(Array(different[start..<end]), maxLength: limit)
            let pooled: [Float]
            do throws(EncoderError) {
                pooled = try encoder.embed(
                    PackedBatch(ids: tokens.ids, offsets: tokens.offsets), pooling: view.pooling,
                    normalize: view.normalize && dense.isEmpty)
            } catch {
                throw EncoderError.inFile(path: folder.root.path, error)
            }
            vectors += dense.isEmpty ? pooled : followed(pooled, view)
            try progress(end, different.count)
        }
        let D = width
        if different.count == texts.count { return vectors }
        return place.flatMap { vectors[$0 * D..<($0 + 1) * D] }
    }
}

extension TextEncoder {
    /// What the dense layers make of pooled vectors.
    private func followed(_ pooled: [Float], _ view: FrozenEncoderView) -> [Float] {
        var vectors = dense.reduce(pooled) { $1.forward($0) }
        guard view.normalize else { return vectors }
        for start in stride(from: 0, to: vectors.count, by: width) {
            let range = start..<start + width
            let norm = vectors[range].reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
            if norm > 0 { for i in range { vectors[i] *= Float(1 / norm) } }
        }
        return vectors
    }
}

/// Each different text once, in the order of first use, and the place of every text among them.
func distinctTexts(_ texts: [String]) -> (different: [String], place: [Int]) {
    // As bytes, since Swift takes canonically equal texts for one.
    var places: [[UInt8]: Int] = [:]
    var different: [String] = []
    let place = texts.map { text -> Int in
        let key = Array(text.utf8)
        if let known = places[key] { return known }
        places[key] = different.count
        different.append(text)
        return different.count - 1
    }
    return (different, place)
}
