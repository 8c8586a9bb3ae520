import Compute
import Files
import Foundation
import Tensors
import Tokenizers
import TransformerModels

/// A tokenizer and an encoder that belong together: texts in, one vector each out.
public struct TextEncoder: Sendable {
    public let tokenizer: WordPieceTokenizer
    public let encoder: BertEncoder
    let folder: URL

    /// H, the length of a text's vector.
    public var width: Int { encoder.configuration.hidden }

    /// Reads a Hugging Face folder.
    /// - Throws: `TokenizerError`, also for a vocabulary that does not fit the model's; `EncoderError`.
    public init(folder: URL) throws {
        self.folder = folder
        (tokenizer, encoder) = try inParallel(
            { try WordPieceTokenizer(folder: folder) }, { try BertEncoder(folder: folder) })
        try tokenizer.check(modelVocabularySize: encoder.configuration.vocabulary)
    }

    /// SHA-256 over the files that decide what comes out of an encoder: configuration, weights, tokenizer.
    ///
    /// - Parameter wholeWeights: False to look at the first 64 KiB of the weights only, where their names and places
    ///   stand: enough to tell encoders apart by mistake, and a hundred times faster.
    static func fingerprint(of folder: URL, wholeWeights: Bool = true) throws -> String {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        let lines = try names.compactMap { name -> String? in
            let file = folder.appendingPathComponent(name)
            switch file.pathExtension {
            case "safetensors" where !wholeWeights:
                return "\(name) \(Fingerprint.sha256(of: try InputFile(file).read(upTo: 1 << 16)))"
            case "safetensors", "json", "txt":
                return "\(name) \(try Fingerprint.sha256(ofFile: file))"
            default:
                return nil
            }
        }
        return Fingerprint.sha256(of: Array(lines.joined(separator: "\n").utf8))
    }

    /// Texts that go through the encoder between two reports of progress.
    private static let batchSize = 1024

    /// One vector for each text; equal texts are encoded once. Shape: [texts, H].
    ///
    /// - Parameters:
    ///   - maxLength: The most tokens of a text, [CLS] and [SEP] among them; at most what the model has positions for.
    ///   - progress: Told how many of how many different texts are done; may throw to stop.
    public func embed(
        _ texts: [String], pooling: Pooling, normalize: Bool, maxLength: Int? = nil,
        progress: (_ done: Int, _ of: Int) throws -> Void = { _, _ in }
    ) throws -> [Float] {
        let limit = min(maxLength ?? Int.max, encoder.configuration.positions)
        let (different, place) = distinctTexts(texts)
        var vectors: [Float] = []
        vectors.reserveCapacity(different.count * width)
        for start in stride(from: 0, to: different.count, by: TextEncoder.batchSize) {
            let end = min(different.count, start + TextEncoder.batchSize)
            let tokens = tokenizer.encode(Array(different[start..<end]), maxLength: limit)
            vectors += try encoder.embed(
                PackedBatch(ids: tokens.ids, offsets: tokens.offsets), pooling: pooling, normalize: normalize)
            try progress(end, different.count)
        }
        let H = width
        if different.count == texts.count { return vectors }
        return place.flatMap { vectors[$0 * H..<($0 + 1) * H] }
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
