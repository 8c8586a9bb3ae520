extension TokenizerSettings {
    private static let modelTypes = ["WordPiece", "BPE", "Unigram"]

    /// The type of a model; old files do not name it, and then its keys tell.
    private func modelType() throws(TokenizerError) -> String {
        if let type = try member("type") { return try type.string() }
        if try member("merges") != nil { return "BPE" }
        return if case .array? = try member("vocab")?.value { "Unigram" } else { "WordPiece" }
    }

    /// The model, and its tokens by id, empty for an id without one.
    func model() throws(TokenizerError) -> (tokens: [String], model: TokenizerModel) {
        let type = try modelType()
        switch type {
        case "WordPiece":
            let tokens = try required("vocab").vocabulary()
            return (tokens, .wordPiece(try wordPiece(tokens)))
        case "BPE":
            let tokens = try required("vocab").vocabulary()
            return (tokens, .bytePair(try bytePair(tokens)))
        case "Unigram":
            let pieces = try unigramPieces()
            return (pieces.map(\.piece), .unigram(try unigram(pieces)))
        default: throw unknown(type, Self.modelTypes)
        }
    }

    private func wordPiece(_ tokens: [String]) throws(TokenizerError) -> WordPieceVocabulary {
        let unknown = try member("unk_token")?.string() ?? "[UNK]"
        guard let id = tokens.firstIndex(where: { $0.utf8.elementsEqual(unknown.utf8) }) else {
            throw .missingSpecialToken(file: file, role: "unk_token", token: unknown)
        }
        return WordPieceVocabulary(
            tokens: tokens, unknown: Int32(id),
            prefix: try member("continuing_subword_prefix")?.string() ?? "##",
            maximumCharacters: try member("max_input_chars_per_word")?.count() ?? 100)
    }

    private func bytePair(_ tokens: [String]) throws(TokenizerError) -> BytePairModel {
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
        do throws(BytePairModel.UnknownToken) {
            return try BytePairModel(tokens: tokens, merges: merges, rules: rules)
        } catch {
            throw .badValue(
                file: file, key: "\(key).merges", found: "'\(error.token)'",
                expected: "merges of and into tokens of the vocabulary")
        }
    }

    /// `"a b"`, or `["a", "b"]`.
    private static func merge(_ value: JSONValue) -> (String, String)? {
        switch value {
        case .array(let parts):
            guard parts.count == 2, case .string(let left) = parts[0], case .string(let right) = parts[1]
            else { return nil }
            return (left, right)
        case .string(let text):
            let bytes = text.utf8
            guard let space = bytes.firstIndex(of: UInt8(ascii: " ")),
                bytes.lastIndex(of: UInt8(ascii: " ")) == space
            else { return nil }
            return (String(text[..<space]), String(text[bytes.index(after: space)...]))
        default: return nil
        }
    }

    private func unigramPieces() throws(TokenizerError) -> [(piece: String, score: Double)] {
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

    private func unigram(
        _ pieces: [(piece: String, score: Double)]
    ) throws(TokenizerError) -> UnigramModel {
        guard let unknown = try member("unk_id") else {
            throw .badValue(
                file: file, key: "\(key).unk_id", found: "missing",
                expected: "the id of the piece for unknown characters")
        }
        let id = try unknown.count()
        guard id < pieces.count else { throw unknown.fail("an id below \(pieces.count)") }
        return UnigramModel(
            pieces: pieces, unknown: Int32(id), hasByteFallback: try bool("byte_fallback", or: false))
    }
}
