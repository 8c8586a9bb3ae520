import Tensors

/// What can go wrong with an encoder and its input.
public indirect enum EncoderError: Error, Equatable, Sendable {
    /// Another error, in this file.
    case inFile(path: String, EncoderError)
    case unreadableConfiguration(reason: String)
    case badConfiguration(key: String, found: String, expected: String)
    case weights(SafetensorsError)

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
}
