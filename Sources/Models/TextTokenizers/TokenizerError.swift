/// What can be wrong with the files of a tokenizer. `file` is a path, `key` a path of keys inside a JSON file.
public enum TokenizerError: Error, Equatable, Sendable {
    /// The folder holds none of the files that a vocabulary can come from.
    case noVocabulary(folder: String, expected: [String])
    case unreadable(file: String, reason: String)
    case unwritable(file: String, reason: String)
    /// Not JSON. Lines count from 1.
    case badJSON(file: String, line: Int, reason: String)
    case badValue(file: String, key: String, found: String, expected: String)
    /// Tokens of another kind of model, such as BPE.
    case wrongModel(file: String, found: String, expected: String)
    /// Not UTF-8. Lines count from 1.
    case badText(file: String, line: Int)
    /// Not a model of SentencePiece, from this byte on.
    case badModel(file: String, offset: Int, reason: String)
    case emptyVocabulary(file: String)
    /// Two tokens with one id.
    case duplicateID(file: String, id: Int, first: String, second: String)
    /// More than any vocabulary has: ids must be 0 ..< `count`.
    case idOutOfRange(file: String, token: String, id: Int, count: Int)
    case missingSpecialToken(file: String, role: String, token: String)
    /// An added token states another id than the vocabulary gives it.
    case addedTokenID(file: String, token: String, stated: Int, expected: Int)
    /// Normalization leaves nothing of the token, so it would be found everywhere.
    case emptyAddedToken(file: String, token: String)
    /// The vocabulary is not the model's.
    case vocabularySize(file: String, found: Int, model: Int)
}
