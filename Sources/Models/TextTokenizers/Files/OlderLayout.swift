/// How the files without a `tokenizer.json` make a tokenizer, by its class.
enum OlderLayout: Sendable {
    /// `vocab.txt`, cut as BERT does, with RoBERTa's signs.
    case mpnet

    /// - Parameter name: Of a class of `transformers`, or of a type of models.
    init?(name: String) {
        switch name {
        case "MPNetTokenizer", "mpnet": self = .mpnet
        default: return nil
        }
    }
}

extension TokenizerFileReader {
    func olderParts(_ layout: OlderLayout) throws(TokenizerError) -> TokenizerParts {
        switch layout {
        case .mpnet: return try mpnetParts()
        }
    }

    private func mpnetParts() throws(TokenizerError) -> TokenizerParts {
        guard let lines = try files.vocabularyLines() else {
            throw .noVocabulary(folder: files.folder, expected: ["tokenizer.json", "vocab.txt"])
        }
        let file = files.path(.vocabulary)
        var configuration = WordPieceConfiguration(tokens: lines)
        configuration.source = file
        configuration.specialTokens.setRoberta()
        try readSettings(into: &configuration, rules: true)
        let ids = try configuration.resolvedIDs()
        var out = TokenizerParts(configuration, ids)
        out.template = .roberta(classifier: ids.classifier, separator: ids.separator)
        return out
    }
}

extension WordPieceConfiguration.SpecialTokens {
    /// The tokens with which RoBERTa and MPNet began.
    fileprivate mutating func setRoberta() {
        (unk, sep, pad, cls, mask) = ("<unk>", "</s>", "<pad>", "<s>", "<mask>")
    }
}
