/// The stages of a tokenizer, and its tokens: all that decides what a text becomes.
package struct TokenizerParts: Sendable {
    package var normalizers: [Normalizer] = []
    package var preTokenizers: [PreTokenizer] = []
    package var model: TokenizerModel
    package var template = TokenTemplate()
    /// Tokens that are never cut.
    package private(set) var added: [(token: AddedToken, id: Int32)] = []
    /// By id, those that were added too; empty for an id without a token.
    package private(set) var tokens: [String]
    /// The file that it came from, for messages.
    package var source: String

    private var ids: [[UInt8]: Int]
    /// The id of the next token that is not in the vocabulary: as in the peer, by the number of tokens, whatever ids
    /// they have.
    private var nextID: Int

    /// - Parameter tokens: The model's, by id.
    package init(tokens: [String], model: TokenizerModel, source: String) {
        self.tokens = tokens
        self.model = model
        self.source = source
        ids = [:]
        ids.reserveCapacity(tokens.count)
        for (id, token) in tokens.enumerated() where !token.isEmpty { ids[Array(token.utf8)] = id }
        nextID = ids.count
    }

    /// A BERT tokenizer's.
    init(_ configuration: WordPieceConfiguration, _ ids: WordPieceConfiguration.ResolvedIDs) {
        tokens = configuration.tokens + ids.appended
        model = .wordPiece(
            WordPieceVocabulary(
                tokens: ids.pieces, unknown: ids.unknown, prefix: configuration.continuationPrefix,
                maximumCharacters: configuration.maximumWordCharacters))
        source = configuration.source
        normalizers = [.bert(configuration.normalizer)]
        preTokenizers = [.bert]
        template = .bert(classifier: ids.classifier, separator: ids.separator)
        added = ids.added
        self.ids = [:]
        nextID = tokens.count
    }

    /// The id of a token.
    func id(_ token: String) -> Int32? { ids[Array(token.utf8)].map(Int32.init) }

    /// Adds a token that is never cut, or gives one that has been added other flags.
    /// - Throws: `TokenizerError` where its id is not the one that its file states, or another token's.
    package mutating func add(
        _ token: AddedToken, statedID: Int?, file: String
    ) throws(TokenizerError) {
        let key = Array(token.content.utf8)
        if key.isEmpty { return }
        if ids[key] == nil {
            while tokens.count <= nextID { tokens.append("") }
            if !tokens[nextID].isEmpty {
                throw .duplicateID(file: file, id: nextID, first: tokens[nextID], second: token.content)
            }
            tokens[nextID] = token.content
            ids[key] = nextID
            nextID += 1
        }
        let id = ids[key] ?? 0
        if let statedID, statedID != id {
            throw .addedTokenID(file: file, token: token.content, stated: statedID, expected: id)
        }
        added.removeAll { $0.id == Int32(id) }
        added.append((token, Int32(id)))
    }
}
