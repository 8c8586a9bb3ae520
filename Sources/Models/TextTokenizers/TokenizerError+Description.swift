extension TokenizerError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .noVocabulary(let folder, let expected):
            "\(folder): no vocabulary; expected \(expected.joined(separator: " or "))"
        case .unreadable(let file, let reason):
            "\(file): cannot be read: \(reason)"
        case .unwritable(let file, let reason):
            "\(file): cannot be written: \(reason)"
        case .badJSON(let file, let line, let reason):
            "\(file): line \(line): not JSON: \(reason)"
        case .badValue(let file, let key, let found, let expected):
            "\(file): '\(key)' is \(found), expected \(expected)"
        case .wrongModel(let file, let found, let expected):
            "\(file): the tokenizer is \(found), expected \(expected)"
        case .badText(let file, let line):
            "\(file): line \(line) is not UTF-8"
        case .badModel(let file, let offset, let reason):
            "\(file): byte \(offset): not a model of SentencePiece: found \(reason)"
        case .emptyVocabulary(let file):
            "\(file): the vocabulary has no tokens"
        case .duplicateID(let file, let id, let first, let second):
            "\(file): id \(id) belongs to '\(first)' and to '\(second)'"
        case .idOutOfRange(let file, let token, let id, let count):
            "\(file): token '\(token)' has id \(id), expected at most \(count - 1)"
        case .missingSpecialToken(let file, let role, let token):
            "\(file): \(role) '\(token)' is not in the vocabulary"
        case .addedTokenID(let file, let token, let stated, let expected):
            "\(file): added token '\(token)' states id \(stated), but the vocabulary gives it \(expected)"
        case .emptyAddedToken(let file, let token):
            "\(file): normalization leaves nothing of added token '\(token)'"
        case .vocabularySize(let file, let found, let model):
            "\(file): the vocabulary has \(found) tokens, but the model has embeddings of \(model)"
        }
    }
}
