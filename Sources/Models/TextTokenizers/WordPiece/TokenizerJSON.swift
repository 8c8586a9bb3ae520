/// The parts of a `tokenizer.json`, as the `tokenizers` library writes it, that make a BERT tokenizer.
struct TokenizerJSON {
    private let root: TokenizerSettings

    init(_ root: TokenizerSettings) {
        self.root = root
    }

    /// The vocabulary, the normalizer and the unknown token.
    func configuration() throws(TokenizerError) -> WordPieceConfiguration {
        guard let model = try root.member("model") else {
            throw .badValue(file: root.file, key: "model", found: "missing", expected: "an object")
        }
        let kind = try model.member("type")?.string()
        // Old files do not name the model; then its keys tell.
        let merges = try model.member("merges")
        guard kind == "WordPiece" || kind == nil && merges == nil else {
            throw .wrongModel(file: root.file, found: kind ?? "BPE", expected: "WordPiece")
        }
        guard let vocabulary = try model.member("vocab") else {
            throw .badValue(file: root.file, key: "model.vocab", found: "missing", expected: "an object")
        }
        var out = WordPieceConfiguration(tokens: try tokens(vocabulary))
        out.source = root.file
        out.normalizer = try normalizer()
        if let token = try model.member("unk_token") { out.specialTokens.unk = try token.string() }
        if let prefix = try model.member("continuing_subword_prefix") {
            out.continuationPrefix = try prefix.string()
        }
        if let limit = try model.member("max_input_chars_per_word") {
            out.maximumWordCharacters = try limit.count()
        }
        try require(root.member("pre_tokenizer"), "BertPreTokenizer")
        return out
    }

    /// More ids than any published vocabulary has.
    private static let mostIDs = 1 << 24

    /// The tokens by id, empty for an id that no token has: `transformers` leaves such holes where `vocab.txt` had a token
    /// twice. Of equal tokens the last counts.
    private func tokens(_ vocabulary: TokenizerSettings) throws(TokenizerError) -> [String] {
        let members = try vocabulary.members()
        if members.isEmpty { throw .emptyVocabulary(file: root.file) }
        var ids: [[UInt8]: Int] = [:]
        for (token, item) in members {
            let id = try item.count()
            guard id < TokenizerJSON.mostIDs else {
                throw .idOutOfRange(file: root.file, token: token, id: id, count: TokenizerJSON.mostIDs)
            }
            ids[Array(token.utf8)] = id
        }
        var tokens = [String](repeating: "", count: 1 + (ids.values.max() ?? 0))
        for (token, _) in members {
            guard let id = ids[Array(token.utf8)], !tokens[id].utf8.elementsEqual(token.utf8) else {
                continue
            }
            if !tokens[id].isEmpty {
                throw .duplicateID(file: root.file, id: id, first: tokens[id], second: token)
            }
            tokens[id] = token
        }
        return tokens
    }

    private func normalizer() throws(TokenizerError) -> BertNormalizer {
        guard let item = try root.member("normalizer") else {
            throw .badValue(
                file: root.file, key: "normalizer", found: "missing", expected: "BertNormalizer")
        }
        try require(item, "BertNormalizer")
        var out = BertNormalizer()
        if let flag = try item.member("clean_text") { out.cleansText = try flag.bool() }
        if let flag = try item.member("handle_chinese_chars") { out.separatesIdeographs = try flag.bool() }
        if let flag = try item.member("strip_accents") { out.stripsAccents = try flag.bool() }
        if let flag = try item.member("lowercase") { out.lowercases = try flag.bool() }
        return out
    }

    /// Refuses a part of another type.
    private func require(_ item: TokenizerSettings?, _ type: String) throws(TokenizerError) {
        let found = try item?.member("type")?.string()
        if found == type { return }
        throw .badValue(
            file: root.file, key: item?.key ?? "pre_tokenizer", found: found ?? "missing", expected: type)
    }

    /// Refuses signs around a text other than BERT's, which are all that `WordPieceTokenizer` sets.
    func checkTemplate(_ special: WordPieceConfiguration.SpecialTokens) throws(TokenizerError) {
        guard let item = try root.member("post_processor") else { return }
        let type = try item.member("type")?.string()
        if type == "BertProcessing" { return }
        guard type == "TemplateProcessing" else {
            throw .badValue(
                file: root.file, key: item.key, found: type ?? "nothing", expected: "TemplateProcessing")
        }
        let single = ["\(special.cls):0", "A:0", "\(special.sep):0"]
        try check(item.member("single"), single)
        try check(item.member("pair"), single + ["B:1", "\(special.sep):1"])
    }

    private func check(_ template: TokenizerSettings?, _ expected: [String]) throws(TokenizerError) {
        guard let template else { return }
        var found: [String] = []
        for item in try template.items() {
            let sign = try item.member("SpecialToken")
            let sequence = try item.member("Sequence")
            guard let part = sign ?? sequence, let id = try part.member("id")?.string(),
                let type = try part.member("type_id")?.count()
            else { throw item.fail("a special token or a sequence") }
            found.append("\(id):\(type)")
        }
        if found != expected {
            throw .badValue(
                file: root.file, key: template.key, found: found.joined(separator: " "),
                expected: expected.joined(separator: " "))
        }
    }
}
