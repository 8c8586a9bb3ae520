extension TokenizerFileReader {
    /// Whether it is a tokenizer that a `WordPieceConfiguration` says: one of BERT's classes, or one of no class of its own
    /// whose parts are all BERT's.
    var isBert: Bool {
        get throws(TokenizerError) {
            let source = try ruleSource()
            switch source {
            case .classDefaults: return true
            case .ownClass, .otherClass: return false
            case .both, .tokenizerJSON: break
            }
            guard let tokenizer else { return true }
            // What no post-processor says is that nothing is put around a text; but of a file that names no class, BERT's
            // signs are meant.
            let hasSigns = try tokenizer.member("post_processor") != nil
            if source == .tokenizerJSON && !hasSigns { return false }
            return try BertTokenizerJSON(tokenizer).isBert(roles())
        }
    }

    /// The special tokens by role where the files name them, else BERT's.
    private func roles() throws(TokenizerError) -> WordPieceConfiguration.SpecialTokens {
        var out = WordPieceConfiguration(tokens: [])
        try readSettings(into: &out, rules: false)
        return out.specialTokens
    }

    /// The parts of a tokenizer that is not BERT's, which its file says.
    func parts() throws(TokenizerError) -> TokenizerParts {
        guard let tokenizer else {
            guard case .otherClass(let name) = try ruleSource() else {
                throw .noVocabulary(folder: files.folder, expected: ["tokenizer.json"])
            }
            throw .wrongModel(
                file: files.path(settings?.value["tokenizer_class"] == nil ? .model : .configuration),
                found: name, expected: "\(Self.knownClasses), or tokenizer.json beside it")
        }
        var out = try TokenizerJSON(tokenizer).parts()
        for (name, item) in try settings?.member("added_tokens_decoder")?.members() ?? [] {
            guard let id = Int(name), id >= 0 else {
                throw .badValue(
                    file: item.file, key: item.key, found: "'\(name)'", expected: "an id as key")
            }
            try out.add(item.addedToken(), statedID: id, file: item.file)
        }
        return out
    }

    /// The classes whose tokenizers are made without a `tokenizer.json`.
    static let knownClasses = (["BertTokenizer"] + TokenizerClass.allCases.map(\.rawValue)).joined(
        separator: ", ")

    /// The ids of the tokens that the files, or the class, name by role.
    func special(_ parts: TokenizerParts, _ kind: TokenizerClass? = nil) throws(TokenizerError)
        -> SpecialTokenIDs
    {
        func id(_ role: String) throws(TokenizerError) -> Int32? {
            if let kind, let role = TokenizerClass.Role(rawValue: role) {
                return try roleToken(role, of: kind).flatMap { parts.id($0.content) }
            }
            guard let item = try roleToken(role) else { return nil }
            return parts.id(try Self.addedToken(item, isSpecial: true).content)
        }
        var out = SpecialTokenIDs()
        out.unknown = try id("unk_token")
        out.separator = try id("sep_token")
        out.padding = try id("pad_token")
        out.classifier = try id("cls_token")
        out.mask = try id("mask_token")
        return out
    }
}
