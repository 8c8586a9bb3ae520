/// Everything that makes one BERT tokenizer differ from another.
public struct WordPieceConfiguration: Sendable, Equatable {
    /// The vocabulary, by id; without tokens that were added behind it. Of equal tokens the last counts, as in Python,
    /// and the others keep their ids.
    public var tokens: [String]
    public var normalizer = BertNormalizer()
    public var specialTokens = SpecialTokens()
    /// Tokens that are never cut, in the order of their ids; the special tokens are always among them.
    public var addedTokens: [AddedToken] = []
    /// What a piece that goes on a word begins with.
    public var continuationPrefix = "##"
    /// Longer words, in code points, are unknown.
    public var maximumWordCharacters = 100
    /// The longest encoding that the model takes, where the files say (`model_max_length`).
    public var maxLength: Int?
    /// The side at which a text that is too long is cut (`truncation_side`).
    public var truncationSide = TruncationSide.right
    /// The file or folder that it came from, for messages.
    public var source = "vocabulary"

    public init(tokens: [String]) {
        self.tokens = tokens
    }

    /// The tokens with a part to play, named as `transformers` names the parts.
    public struct SpecialTokens: Sendable, Equatable {
        /// For words that the vocabulary cannot make.
        public var unk = "[UNK]"
        /// After each text.
        public var sep = "[SEP]"
        /// Fills the rows of a batch; never used here, where batches are packed.
        public var pad = "[PAD]"
        /// Before the first text.
        public var cls = "[CLS]"
        /// A word to be guessed. The only one that a vocabulary may lack.
        public var mask = "[MASK]"

        public init() {}

        /// With their names in the files.
        package var byRole: [(role: String, token: String)] {
            [
                ("unk_token", unk), ("sep_token", sep), ("pad_token", pad), ("cls_token", cls),
                ("mask_token", mask),
            ]
        }
    }
}

extension WordPieceConfiguration {
    struct ResolvedIDs: Sendable {
        var unknown, separator, padding, classifier: Int32
        var mask: Int32?
        var added: [(token: AddedToken, id: Int32)]
        /// Added tokens that are not in the vocabulary; their ids follow it.
        var appended: [String]
        /// The vocabulary with nothing in place of a token that is there again with a higher id. Shape: [tokens].
        var pieces: [String]
    }

    /// The ids of special and added tokens.
    func resolvedIDs() throws(TokenizerError) -> ResolvedIDs {
        if tokens.isEmpty { throw .emptyVocabulary(file: source) }
        // Keys are bytes: a String equals every other of the same canonical form, and here they are two tokens.
        var known = TermTable()
        var ids: [Int] = []
        let numbers = tokens.enumerated().map { id, token in
            let number = known.insert(token)
            if number == ids.count { ids.append(id) } else { ids[number] = id }
            return number
        }
        let pieces = zip(tokens, numbers).enumerated().map { ids[$1.1] == $0 ? $1.0 : "" }
        func idOf(_ token: String) -> Int? { known.number(of: token).map { ids[$0] } }
        var appended: [String] = []
        var added: [(token: AddedToken, id: Int32)] = []
        var seen = Set<[UInt8]>()
        let present = specialTokens.byRole.map(\.token).filter { idOf($0) != nil }
        for token in addedTokens + present.map(AddedToken.special) where !token.content.isEmpty {
            let key = Array(token.content.utf8)
            guard seen.insert(key).inserted else { continue }
            let number = known.insert(token.content)
            if number == ids.count {
                ids.append(tokens.count + appended.count)
                appended.append(token.content)
            }
            added.append((token, Int32(ids[number])))
        }
        func id(_ role: String, _ token: String) throws(TokenizerError) -> Int32 {
            guard let id = idOf(token) else {
                throw .missingSpecialToken(file: source, role: role, token: token)
            }
            return Int32(id)
        }
        return ResolvedIDs(
            unknown: try id("unk_token", specialTokens.unk),
            separator: try id("sep_token", specialTokens.sep),
            padding: try id("pad_token", specialTokens.pad),
            classifier: try id("cls_token", specialTokens.cls),
            mask: idOf(specialTokens.mask).map(Int32.init),
            added: added, appended: appended, pieces: pieces)
    }
}
