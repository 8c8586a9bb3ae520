/// What a file says of a WordPiece model besides its vocabulary.
struct WordPieceRules: Sendable, Equatable {
    /// For words that the vocabulary cannot make.
    var unknown = "[UNK]"
    /// What a piece that goes on a word begins with.
    var prefix = "##"
    /// Longer words, in code points, are unknown.
    var maximumCharacters = 100
}

/// The pieces of words that a model knows, and how a word is cut into them.
package struct WordPieceVocabulary: Sendable {
    /// By id.
    let tokens: [String]
    /// All tokens, those that go on a word with their prefix.
    private let trie: ByteTrie
    /// Where the prefix of going on (`##`) leads in the trie; nil if no token has it.
    private let continuation: ByteTrie.Node?
    /// The id of a word that cannot be cut.
    let unknown: Int32
    /// A longer word, in code points, is not cut but unknown.
    let maximumCharacters: Int

    /// - Precondition: tokens are distinct.
    init(tokens: [String], unknown: Int32, prefix: String, maximumCharacters: Int) {
        self.tokens = tokens
        self.unknown = unknown
        self.maximumCharacters = maximumCharacters
        trie = ByteTrie(
            tokens.enumerated().lazy.filter { !$0.element.isEmpty }
                .map { (key: $0.element.utf8, value: Int32($0.offset)) })
        continuation = trie.node(after: prefix.utf8)
    }

    /// - Parameters:
    ///   - tokens: By id, empty for an id without one; of equal ones the last counts.
    ///   - file: What errors name.
    init(tokens: [String], _ rules: WordPieceRules, file: String) throws(TokenizerError) {
        let ids = VocabularyIDs(tokens)
        guard let unknown = ids[rules.unknown] else {
            throw .missingSpecialToken(file: file, role: "unk_token", token: rules.unknown)
        }
        self.init(
            tokens: tokens.enumerated().map { ids[$1] == Int32($0) ? $1 : "" }, unknown: unknown,
            prefix: rules.prefix, maximumCharacters: rules.maximumCharacters)
    }

    /// Appends the ids of the pieces of the word `bytes[word]`: the longest piece it begins with, then the longest that
    /// goes on, to its end; or the unknown id alone if that fails anywhere.
    ///
    /// A match may be walked past its end and walked again, so this is not linear in the length of a word, as the
    /// algorithm of Song et al. (2021) with its failure links is; but a word is short, and what is longer is not cut.
    @inline(__always)
    func append(_ bytes: [UInt8], _ word: Range<Int>, to ids: inout [Int32]) {
        if word.count > maximumCharacters && isTooLong(bytes, word) { return ids.append(unknown) }
        var match = trie.longestMatch(bytes, word, from: ByteTrie.root)
        if match.value >= 0 && match.end == word.upperBound { return ids.append(match.value) }
        let first = ids.count
        while match.value >= 0 {
            ids.append(match.value)
            if match.end == word.upperBound { return }
            guard let continuation else { break }
            match = trie.longestMatch(bytes, match.end..<word.upperBound, from: continuation)
        }
        ids.removeSubrange(first...)
        ids.append(unknown)
    }

    private func isTooLong(_ bytes: [UInt8], _ word: Range<Int>) -> Bool {
        bytes[word].count { $0 & 0xC0 != 0x80 } > maximumCharacters
    }
}
