extension TokenizerSettings {
    private static let modelTypes = ["WordPiece", "BPE", "Unigram"]

    /// The type of a model; old files do not name it, and then its keys tell.
    func modelType() throws(TokenizerError) -> String {
        if let type = try member("type") { return try type.string() }
        if try member("merges") != nil { return "BPE" }
        return if case .array? = try member("vocab")?.value { "Unigram" } else { "WordPiece" }
    }

    /// The model, and its tokens by id, empty for an id without one.
    func model() throws(TokenizerError) -> (tokens: [String], model: TokenizerModel) {
        switch try rules() {
        case .wordPiece(let rules):
            let tokens = try required("vocab").vocabulary()
            return (tokens, .wordPiece(try WordPieceVocabulary(tokens: tokens, rules, file: file)))
        case .bytePair(let rules):
            let tokens = try required("vocab").vocabulary()
            let model = try BytePairModel(tokens, try merges(), rules, file: file, key: "\(key).merges")
            return (tokens, .bytePair(model))
        case .unigram(let unknown, let hasByteFallback):
            let pieces = try unigramPieces()
            guard let unknown else {
                throw .badValue(
                    file: file, key: "\(key).unk_id", found: "missing",
                    expected: "the id of the piece for unknown characters")
            }
            guard unknown < pieces.count else {
                throw .badValue(
                    file: file, key: "\(key).unk_id", found: "\(unknown)",
                    expected: "an id below \(pieces.count)")
            }
            let model = UnigramModel(
                pieces: pieces, unknown: Int32(unknown), hasByteFallback: hasByteFallback)
            return (pieces.map(\.piece), .unigram(model))
        }
    }

    /// What the model does with its vocabulary.
    func rules() throws(TokenizerError) -> ModelRules {
        let type = try modelType()
        switch type {
        case "WordPiece":
            var rules = WordPieceRules()
            rules.unknown = try member("unk_token")?.string() ?? rules.unknown
            rules.prefix = try member("continuing_subword_prefix")?.string() ?? rules.prefix
            rules.maximumCharacters =
                try member("max_input_chars_per_word")?.count() ?? rules.maximumCharacters
            return .wordPiece(rules)
        case "BPE": return .bytePair(try bytePairRules())
        case "Unigram":
            return .unigram(
                unknown: try member("unk_id")?.count(),
                hasByteFallback: try bool("byte_fallback", or: false))
        default: throw unknown(type, Self.modelTypes)
        }
    }

    private func bytePairRules() throws(TokenizerError) -> BytePairModel.Rules {
        if let dropout = try member("dropout"), try dropout.number() != 0 {
            throw dropout.fail("null: merges that are left out at random are not supported")
        }
        var rules = BytePairModel.Rules()
        rules.unknown = try member("unk_token")?.string()
        rules.fusesUnknown = try bool("fuse_unk", or: false)
        rules.hasByteFallback = try bool("byte_fallback", or: false)
        rules.ignoresMerges = try bool("ignore_merges", or: false)
        rules.continuationPrefix = try member("continuing_subword_prefix")?.string() ?? ""
        rules.wordSuffix = try member("end_of_word_suffix")?.string() ?? ""
        return rules
    }

    /// The merges of a byte-pair encoding, the first learnt first.
    func merges() throws(TokenizerError) -> [(String, String)] {
        let list = try required("merges")
        guard case .array(let values) = list.value else { throw list.fail("an array") }
        var merges: [(String, String)] = []
        merges.reserveCapacity(values.count)
        for (i, value) in values.enumerated() {
            guard let merge = Self.merge(value) else {
                throw .badValue(
                    file: file, key: "\(list.key)[\(i)]", found: value.summary,
                    expected: "two tokens, in an array or with a space between")
            }
            merges.append(merge)
        }
        return merges
    }

    /// `"a b"`, or `["a", "b"]`.
    private static func merge(_ value: JSONValue) -> (String, String)? {
        switch value {
        case .array(let parts):
            guard parts.count == 2, case .string(let left) = parts[0], case .string(let right) = parts[1]
            else { return nil }
            return (left, right)
        case .string(let text): return merge(text)
        default: return nil
        }
    }

    /// `a b`
    static func merge(_ text: String) -> (String, String)? {
        let bytes = text.utf8
        guard let space = bytes.firstIndex(of: UInt8(ascii: " ")),
            bytes.lastIndex(of: UInt8(ascii: " ")) == space
        else { return nil }
        return (String(text[..<space]), String(text[bytes.index(after: space)...]))
    }

    func unigramPieces() throws(TokenizerError) -> [(piece: String, score: Double)] {
        let list = try required("vocab")
        guard case .array(let values) = list.value else { throw list.fail("an array") }
        if values.isEmpty { throw .emptyVocabulary(file: file) }
        var pieces: [(piece: String, score: Double)] = []
        pieces.reserveCapacity(values.count)
        for (i, value) in values.enumerated() {
            guard case .array(let parts) = value, parts.count == 2, case .string(let piece) = parts[0],
                let score = parts[1].double
            else {
                throw .badValue(
                    file: file, key: "\(list.key)[\(i)]", found: value.summary,
                    expected: "a piece and its score")
            }
            pieces.append((piece, score))
        }
        return pieces
    }
}

/// What a model does with its vocabulary.
enum ModelRules: Sendable, Equatable {
    case wordPiece(WordPieceRules)
    case bytePair(BytePairModel.Rules)
    /// - unknown: The id of the piece for unknown characters; nil where the file does not say it.
    case unigram(unknown: Int?, hasByteFallback: Bool)
}

extension BytePairModel {
    /// - Parameters:
    ///   - tokens: By id, empty for an id without one.
    ///   - merges: The first learnt first.
    ///   - file: What errors name, with `key`, the place of the merges.
    init(
        _ tokens: [String], _ merges: [(String, String)], _ rules: Rules, file: String, key: String
    ) throws(TokenizerError) {
        do throws(UnknownToken) {
            try self.init(tokens: tokens, merges: merges, rules: rules)
        } catch {
            throw .badValue(
                file: file, key: key, found: "'\(error.token)'",
                expected: "merges of and into tokens of the vocabulary")
        }
    }
}
