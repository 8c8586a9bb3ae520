extension TextTokenizer {
    /// A BERT tokenizer.
    /// - Throws: `TokenizerError` for a special token that is not in the vocabulary, an added token whose stated id is
    ///   not the one it gets, or that normalization leaves nothing of.
    public init(_ configuration: WordPieceConfiguration) throws(TokenizerError) {
        try self.init(configuration, notices: [], stated: [])
    }

    init(
        _ configuration: WordPieceConfiguration, notices: [String],
        stated: [(file: String, token: String, id: Int)]
    ) throws(TokenizerError) {
        let ids = try configuration.resolvedIDs()
        for (file, token, id) in stated {
            guard
                let found = ids.added.first(where: { $0.token.content.utf8.elementsEqual(token.utf8) })?.id,
                Int(found) != id
            else { continue }
            throw .addedTokenID(file: file, token: token, stated: id, expected: Int(found))
        }
        var special = SpecialTokenIDs()
        (special.unknown, special.separator, special.padding) = (ids.unknown, ids.separator, ids.padding)
        (special.classifier, special.mask) = (ids.classifier, ids.mask)
        try self.init(
            TokenizerParts(configuration, ids), origin: .bert(configuration, ids), special: special,
            maxLength: configuration.maxLength, truncationSide: configuration.truncationSide, notices: notices
        )
    }
}
