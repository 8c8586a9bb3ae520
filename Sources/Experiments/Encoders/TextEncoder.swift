import Files
import Foundation
import Tensors
import Tokenizers
import TransformerModels

/// A tokenizer and an encoder that belong together: texts in, one vector each out.
public struct TextEncoder: Sendable {
    public let tokenizer: WordPieceTokenizer
    public let encoder: BertEncoder
    /// SHA-256 over all that decides what comes out: configuration, weights and tokenizer files.
    public let fingerprint: String

    /// Reads a Hugging Face folder.
    /// - Throws: `TokenizerError`, also for a vocabulary that does not fit the model's; `EncoderError`; `FileError`.
    public init(folder: URL) throws {
        tokenizer = try WordPieceTokenizer(folder: folder)
        encoder = try BertEncoder(folder: folder)
        try tokenizer.check(modelVocabularySize: encoder.configuration.vocabulary)
        fingerprint = try TextEncoder.fingerprint(of: folder)
    }

    /// Digests of the files in the folder that matter, by name.
    private static func fingerprint(of folder: URL) throws -> String {
        let endings = [".safetensors", ".json", ".txt"]
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { name in
            endings.contains { name.hasSuffix($0) }
        }
        var lines: [String] = []
        for name in names.sorted() {
            lines.append("\(name) \(try Fingerprint.sha256(ofFile: folder.appendingPathComponent(name)))")
        }
        return Fingerprint.sha256(of: Array(lines.joined(separator: "\n").utf8))
    }

    /// Texts that go through the encoder between two reports of progress.
    private static let batchSize = 1024

    /// One vector for each text; equal texts are encoded once. Shape: [texts, H].
    ///
    /// - Parameters:
    ///   - maxLength: The most tokens of a text, [CLS] and [SEP] among them; at most what the model has positions for.
    ///   - progress: Told how many of how many different texts are done.
    public func embed(
        _ texts: [String], pooling: Pooling, normalize: Bool, maxLength: Int? = nil,
        progress: (_ done: Int, _ of: Int) -> Void = { _, _ in }
    ) throws -> [Float] {
        let limit = min(maxLength ?? Int.max, encoder.configuration.positions)
        var places: [[UInt8]: Int] = [:]
        var different: [String] = []
        let place = texts.map { text -> Int in
            // As bytes, since Swift takes canonically equal texts for one.
            let known = places[Array(text.utf8)]
            if let known { return known }
            places[Array(text.utf8)] = different.count
            different.append(text)
            return different.count - 1
        }
        var vectors: [Float] = []
        vectors.reserveCapacity(different.count * encoder.configuration.hidden)
        for start in stride(from: 0, to: different.count, by: TextEncoder.batchSize) {
            let end = min(different.count, start + TextEncoder.batchSize)
            let tokens = tokenizer.encode(Array(different[start..<end]), maxLength: limit)
            vectors += try encoder.embed(
                PackedBatch(ids: tokens.ids, offsets: tokens.offsets), pooling: pooling, normalize: normalize)
            progress(end, different.count)
        }
        let H = encoder.configuration.hidden
        if different.count == texts.count { return vectors }
        return place.flatMap { vectors[$0 * H..<($0 + 1) * H] }
    }
}
