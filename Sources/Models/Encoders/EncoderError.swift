import Foundation
import LinearAlgebra
import TensorFiles

/// What can go wrong with an encoder and its input.
public indirect enum EncoderError: Error, Equatable, Sendable {
    /// Another error, in this file.
    case inFile(path: String, EncoderError)
    case unreadableConfiguration(reason: String)
    case badConfiguration(key: String, found: String, expected: String)
    case weights(SafetensorsError)
    /// A file of a folder of sentence-transformers that cannot be followed.
    case badFolder(path: String, reason: String)
    /// A tensor that is missing (`found` is nil) or of another shape than `config.json` says, and the keys there, with their
    /// values, that it depends on.
    case misfit(
        weights: String, tensor: String, found: [Int]?, expected: [Int], configuration: String, keys: [String]
    )

    /// A batch whose arrays do not fit each other.
    case badBatch(reason: String)
    /// A sequence (counted from 0) without a single token.
    case emptySequence(index: Int)
    case sequenceTooLong(index: Int, found: Int, limit: Int)
    /// An id that the vocabulary does not have; `token` counts from the start of the sequence.
    case unknownToken(index: Int, token: Int, found: Int, vocabulary: Int)
    case unknownTokenType(index: Int, token: Int, found: Int, tokenTypes: Int)
    /// The pooler's output was asked for and the checkpoint has no pooler.
    case noPooler
    /// The lowest `frozen` of all layers are to be frozen, and share weights with layers that are to be trained; what can be
    /// frozen instead is any of the numbers of `possible`.
    case sharedLayers(frozen: Int, layers: Int, possible: [Int])
    /// An option treats layers of their own weights differently, of which the encoder has too few; none where its layers
    /// share weights.
    case tooFewLayers(option: String, needed: Int, found: Int)
    /// Low-rank adaptation is asked of a linear layer that the encoder's layers do not have.
    case noSuchLinear(target: String, known: [String])
    /// Low-rank adaptation of this rank is asked of a matrix whose smaller side is `limit`.
    case badRank(Int, limit: Int, linear: String)
    /// Layers are to be drawn anew and to stay so.
    case frozenAndDrawn(frozen: Int, drawn: Int, layers: Int)
    /// Layers are to be drawn anew where low-rank adaptation leaves them as they are.
    case adaptedAndDrawn(drawn: Int)
    /// Another pooling than the mean was asked of static embeddings.
    case notAMean(Pooling)
    /// Fewer bits were asked of static embeddings, which multiply nothing.
    case notMultiplied(Precision)
    /// A gradient was asked of weights in fewer bits than float32.
    case notDifferentiable(Precision)
    /// A network whose embeddings do not tell their vectors (`Pass.embedded`) was asked what depends on them.
    case noEmbeddedTokens
    /// What the encoder or the head makes of a sequence holds a number that is infinite or none.
    case notFinite(index: Int)
}

extension EncoderError {
    /// An error of a text that a folder's encoder was given, with the folder; one of its weights names its file itself.
    package func `in`(_ folder: URL) -> EncoderError {
        if case .weights = self { self } else { .inFile(path: folder.path, self) }
    }

    /// A word of a user's file, as much of it as a line has room for.
    static func quoted(_ word: String) -> String { word.count > 60 ? "\(word.prefix(60))..." : word }

    /// Why a file could not be decoded, in a line.
    package static func reason(_ error: any Error) -> String {
        guard let error = error as? DecodingError else { return error.localizedDescription }
        func place(_ context: DecodingError.Context, _ key: (any CodingKey)? = nil) -> String {
            (context.codingPath + (key.map { [$0] } ?? [])).map(\.stringValue).joined(separator: ".")
        }
        return switch error {
        case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
            "'\(place(context))' is not of type \(type)"
        case .keyNotFound(let key, let context): "'\(place(context, key))' is missing"
        case .dataCorrupted(let context):
            context.codingPath.isEmpty ? "it is not JSON" : "'\(place(context))' cannot be read"
        @unknown default: "it cannot be read"
        }
    }
}
