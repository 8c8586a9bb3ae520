import Foundation

extension WordPieceTokenizer {
    /// The tokenizer of a checkpoint: from `tokenizer.json` if the folder has one, else from `vocab.txt`.
    ///
    /// As in `transformers`, what `tokenizer_config.json` says on lower-casing, accents, ideographs and added tokens
    /// counts more than what `tokenizer.json` does.
    public init(folder: URL) throws(TokenizerError) {
        try self.init(files: TokenizerFiles(folder: folder))
    }

    package init(files: TokenizerFiles) throws(TokenizerError) {
        let (configuration, stated) = try WordPieceLoader(files: files).configuration()
        try self.init(configuration)
        for (file, token, id) in stated {
            guard
                let found = resolved.added.first(where: { $0.token.content.utf8.elementsEqual(token.utf8) })?
                    .id,
                Int(found) != id
            else { continue }
            throw .addedTokenID(file: file, token: token, stated: id, expected: Int(found))
        }
    }
}

/// Puts the configuration of a tokenizer together from its files.
private struct WordPieceLoader {
    let files: TokenizerFiles
    let tokenizer, settings, specialTokens, laterTokens: TokenizerSettings?

    /// An added token as a file states it.
    struct Stated {
        var file: String
        var token: AddedToken
        var id: Int?
    }

    init(files: TokenizerFiles) throws(TokenizerError) {
        self.files = files
        tokenizer = try files.settings(.tokenizer)
        settings = try files.settings(.configuration)
        specialTokens = try files.settings(.specialTokens)
        laterTokens = try files.settings(.addedTokens)
    }

    func configuration() throws(TokenizerError) -> (
        WordPieceConfiguration, [(file: String, token: String, id: Int)]
    ) {
        try checkClass()
        var out: WordPieceConfiguration
        if let tokenizer {
            out = try TokenizerJSON(tokenizer).configuration()
        } else if let lines = try files.vocabularyLines() {
            out = WordPieceConfiguration(tokens: lines)
            out.source = files.path(.vocabulary)
        } else {
            throw .noVocabulary(folder: files.folder, expected: ["tokenizer.json", "vocab.txt"])
        }
        try readSettings(into: &out)
        let stated = try addedTokens(out.specialTokens)
        out.addedTokens = stated.map(\.token)
        if let tokenizer { try TokenizerJSON(tokenizer).checkTemplate(out.specialTokens) }
        return (out, stated.compactMap { item in item.id.map { (item.file, item.token.content, $0) } })
    }

    /// Classes of `transformers` that tokenize as BERT does.
    private static let classes: Set<String> = [
        "BertTokenizer", "DistilBertTokenizer", "ElectraTokenizer", "MobileBertTokenizer",
        "SqueezeBertTokenizer", "ConvBertTokenizer", "LayoutLMTokenizer", "RetriBertTokenizer",
        "PreTrainedTokenizer", "TokenizersBackend",
    ]

    private func checkClass() throws(TokenizerError) {
        guard let name = try settings?.member("tokenizer_class") else { return }
        var plain = try name.string()
        if plain.hasSuffix("Fast") { plain.removeLast(4) }
        if !Self.classes.contains(plain) {
            throw .wrongModel(file: name.file, found: try name.string(), expected: "BertTokenizer")
        }
    }

    private func readSettings(into out: inout WordPieceConfiguration) throws(TokenizerError) {
        if let flag = try settings?.member("do_lower_case") { out.normalizer.lowercases = try flag.bool() }
        if let flag = try settings?.member("tokenize_chinese_chars") {
            out.normalizer.separatesIdeographs = try flag.bool()
        }
        if let flag = try settings?.member("strip_accents", null: true) {
            out.normalizer.stripsAccents = flag.value == .null ? nil : try flag.bool()
        }
        // "No limit" is written as 1e30, so a number that is no Int is none.
        if let limit = try settings?.member("model_max_length"), case .integer = limit.value {
            out.maxLength = try limit.count()
        }
        func token(_ role: String, or other: String) throws(TokenizerError) -> String {
            guard let item = try roleToken(role) else { return other }
            return try Self.addedToken(item, isSpecial: true).content
        }
        let known = out.specialTokens
        out.specialTokens.unk = try token("unk_token", or: known.unk)
        out.specialTokens.sep = try token("sep_token", or: known.sep)
        out.specialTokens.pad = try token("pad_token", or: known.pad)
        out.specialTokens.cls = try token("cls_token", or: known.cls)
        out.specialTokens.mask = try token("mask_token", or: known.mask)
    }

    /// What the files say of a role. The older `special_tokens_map.json` counts more than the configuration, unless
    /// that one lists the added tokens itself.
    private func roleToken(_ role: String) throws(TokenizerError) -> TokenizerSettings? {
        let new = try settings?.member(role)
        if try settings?.member("added_tokens_decoder") != nil { return new }
        return try specialTokens?.member(role) ?? new
    }

    /// Every added token, tokens with a stated id first and in the order of their ids.
    private func addedTokens(
        _ special: WordPieceConfiguration.SpecialTokens
    ) throws(TokenizerError) -> [Stated] {
        var stated: [Stated] = []
        if let listed = try settings?.member("added_tokens_decoder") {
            for (name, item) in try listed.members() {
                guard let id = Int(name), id >= 0 else {
                    throw .badValue(
                        file: item.file, key: item.key, found: "'\(name)'", expected: "an id as key")
                }
                stated.append(Stated(file: item.file, token: try Self.addedToken(item), id: id))
            }
        } else {
            for item in try tokenizer?.member("added_tokens")?.items() ?? [] {
                let id = try item.member("id")?.count()
                stated.append(Stated(file: item.file, token: try Self.addedToken(item), id: id))
            }
            let names = special.byRole.map(\.token)
            for (name, item) in try laterTokens?.members() ?? [] {
                let isSpecial = names.contains { $0.utf8.elementsEqual(name.utf8) }
                let token = AddedToken(name, isNormalized: !isSpecial, isSpecial: isSpecial)
                stated.append(Stated(file: item.file, token: token, id: try item.count()))
            }
        }
        stated.sort { ($0.id ?? .max) < ($1.id ?? .max) }
        for role in special.byRole {
            // With flags of its own only where a file gives them; a plain name is added for what it is anyway.
            if let item = try roleToken(role.role), case .object = item.value {
                stated.append(
                    Stated(file: item.file, token: try Self.addedToken(item, isSpecial: true), id: nil))
            }
        }
        for key in ["additional_special_tokens", "extra_special_tokens"] {
            guard let list = try roleToken(key), case .array = list.value else { continue }
            for item in try list.items() {
                stated.append(
                    Stated(file: item.file, token: try Self.addedToken(item, isSpecial: true), id: nil))
            }
        }
        return stated
    }

    /// A token that is a string, or an object with flags.
    /// - Parameter isSpecial: it is special whatever it says.
    private static func addedToken(
        _ item: TokenizerSettings, isSpecial: Bool = false
    ) throws(TokenizerError) -> AddedToken {
        if case .string(let content) = item.value, isSpecial { return .special(content) }
        guard let content = try item.member("content") else {
            throw item.fail("an added token with 'content'")
        }
        let stated = try item.member("special")?.bool()
        let special = isSpecial || stated ?? false
        var token = AddedToken(try content.string(), isNormalized: !special, isSpecial: special)
        if let flag = try item.member("single_word") { token.isSingleWord = try flag.bool() }
        if let flag = try item.member("lstrip") { token.stripsLeft = try flag.bool() }
        if let flag = try item.member("rstrip") { token.stripsRight = try flag.bool() }
        if let flag = try item.member("normalized") { token.isNormalized = try flag.bool() }
        return token
    }
}
