/// The parts of a `tokenizer.json` that make a BERT tokenizer.
struct BertTokenizerJSON {
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
        var out = WordPieceConfiguration(tokens: try vocabulary.vocabulary())
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

    private func normalizer() throws(TokenizerError) -> BertNormalizer {
        guard let item = try root.member("normalizer") else {
            throw .badValue(
                file: root.file, key: "normalizer", found: "missing", expected: "BertNormalizer")
        }
        try require(item, "BertNormalizer")
        return try item.bertNormalizer()
    }

    /// Whether it is a BERT tokenizer in all its parts.
    func isBert(_ special: WordPieceConfiguration.SpecialTokens) -> Bool {
        do throws(TokenizerError) {
            _ = try configuration()
            try checkTemplate(special)
            return true
        } catch {
            return false
        }
    }

    /// Refuses a part of another type.
    private func require(_ item: TokenizerSettings?, _ type: String) throws(TokenizerError) {
        let found = try item?.member("type")?.string()
        if found == type { return }
        throw .badValue(
            file: root.file, key: item?.key ?? "pre_tokenizer", found: found ?? "missing", expected: type)
    }

    /// Refuses signs around a text other than BERT's, which are all that a `WordPieceConfiguration` says.
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
