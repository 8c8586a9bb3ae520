/// Puts a tokenizer together from its files.
struct TokenizerFileReader {
    let files: TokenizerFiles
    let tokenizer, settings, specialTokens, laterTokens, model: TokenizerSettings?

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
        model = try files.settings(.model)
    }

    /// What the files say of a BERT tokenizer.
    func configuration() throws(TokenizerError) -> (
        WordPieceConfiguration, [(file: String, token: String, id: Int)], notices: [String]
    ) {
        let source = try ruleSource()
        var out: WordPieceConfiguration
        if let tokenizer {
            out = try BertTokenizerJSON(tokenizer).configuration()
        } else if let lines = try files.vocabularyLines() {
            out = WordPieceConfiguration(tokens: lines)
            out.source = files.path(.vocabulary)
        } else if let other = TokenizerFiles.Name.allCases.first(where: {
            $0.isOlderVocabulary && files.contents[$0] != nil
        }) {
            throw .wrongModel(
                file: files.path(other), found: "of a class that no file names",
                expected: "tokenizer_class in tokenizer_config.json, one of \(Self.knownClasses)")
        } else {
            throw .noVocabulary(folder: files.folder, expected: ["tokenizer.json", "vocab.txt"])
        }
        let written = out
        if source == .classDefaults {
            out = WordPieceConfiguration(tokens: written.tokens)
            out.source = written.source
        }
        try readSettings(into: &out, rules: source != .tokenizerJSON || tokenizer == nil)
        let notices = try (tokenizer == nil ? [] : disagreements(written, out)) + truncationSide().notices
        let stated = try addedTokens(out.specialTokens)
        out.addedTokens = stated.map(\.token)
        if let tokenizer { try BertTokenizerJSON(tokenizer).checkTemplate(out.specialTokens) }
        return (
            out, stated.compactMap { item in item.id.map { (item.file, item.token.content, $0) } }, notices
        )
    }

    /// What `tokenizer.json` says and is not done.
    private func disagreements(
        _ written: WordPieceConfiguration, _ used: WordPieceConfiguration
    ) -> [String] {
        let (old, new) = (written.normalizer, used.normalizer)
        var found: [String] = []
        func compare<Value: Equatable>(_ name: String, _ key: String?, _ old: Value, _ new: Value) {
            if old == new { return }
            let remedy = key.map { "; state \($0) in tokenizer_config.json to decide" } ?? ""
            found.append(
                "\(files.path(.tokenizer)) says \(name) \(old), but \(new) is used, as AutoTokenizer of transformers "
                    + "does with this class of tokenizer\(remedy)")
        }
        func word(_ flag: Bool?) -> String { flag.map { "\($0)" } ?? "null" }
        compare("lowercase", "do_lower_case", old.lowercases, new.lowercases)
        // Null is what lower-casing is, so two words may be one rule.
        if old.stripsAccents ?? old.lowercases != new.stripsAccents ?? new.lowercases,
            old.stripsAccents != new.stripsAccents
        {
            compare("strip_accents", "strip_accents", word(old.stripsAccents), word(new.stripsAccents))
        }
        compare(
            "handle_chinese_chars", "tokenize_chinese_chars", old.separatesIdeographs, new.separatesIdeographs
        )
        compare("clean_text", nil, old.cleansText, new.cleansText)
        compare("max_input_chars_per_word", nil, written.maximumWordCharacters, used.maximumWordCharacters)
        compare("continuing_subword_prefix", nil, written.continuationPrefix, used.continuationPrefix)
        return found
    }

    /// Classes of `transformers` that tokenize as BERT does.
    private static let classes: Set<String> = [
        "BertTokenizer", "DistilBertTokenizer", "ElectraTokenizer", "MobileBertTokenizer",
        "SqueezeBertTokenizer", "ConvBertTokenizer", "LayoutLMTokenizer", "RetriBertTokenizer",
    ]

    /// Classes that do what `tokenizer.json` says, and nothing else.
    private static let genericClasses: Set<String> = ["PreTrainedTokenizer", "TokenizersBackend"]

    /// Types of models whose tokenizer is of one of `classes` where no file names a class.
    private static let modelTypes: Set<String> = [
        "bert", "convbert", "distilbert", "electra", "megatron-bert", "mobilebert", "squeezebert",
    ]

    /// Types of models whose tokenizer does what `tokenizer.json` says, whatever class the files name.
    private static let plainModelTypes: Set<String> = ["modernbert", "nystromformer", "xlm-roberta-xl"]

    /// Where the normalizer's rules are from.
    enum RuleSource: Equatable {
        /// The class's defaults, over which `tokenizer_config.json` counts.
        case classDefaults
        case tokenizerJSON
        /// No file names a class or a type of model: `tokenizer.json`, over which `tokenizer_config.json` counts.
        case both
        /// A class that makes its stages itself, over which `tokenizer_config.json` counts.
        case ownClass(TokenizerClass)
        /// Any other class: `tokenizer.json`.
        case otherClass(String)
    }

    func ruleSource() throws(TokenizerError) -> RuleSource {
        let stated = try settings?.member("tokenizer_class")
        let inModel = try model?.member("tokenizer_class")
        var type: String?
        if case .string(let name)? = try model?.member("model_type")?.value { type = name }
        if let type, Self.plainModelTypes.contains(type) { return .tokenizerJSON }
        guard let name = stated ?? inModel else {
            guard let type else { return .both }
            if Self.modelTypes.contains(type) { return .classDefaults }
            return TokenizerClass(modelType: type).map(RuleSource.ownClass) ?? .both
        }
        var plain = try name.string()
        if plain.hasSuffix("Fast") { plain.removeLast(4) }
        if Self.genericClasses.contains(plain) { return .tokenizerJSON }
        if Self.classes.contains(plain) { return .classDefaults }
        return TokenizerClass(name: plain).map(RuleSource.ownClass) ?? .otherClass(plain)
    }

    /// The side at which a text that is too long is cut, with a notice where `tokenizer.json` says another.
    func truncationSide() throws(TokenizerError) -> (side: TruncationSide, notices: [String]) {
        let direction = try tokenizer?.member("truncation")?.member("direction")
        var written: TruncationSide?
        if let direction {
            written = TruncationSide(rawValue: try direction.string().lowercased())
            if written == nil { throw direction.fail("Left or Right") }
        }
        guard let item = try settings?.member("truncation_side") else { return (written ?? .right, []) }
        let side = try item.choice(TruncationSide.self)
        guard let written, let direction, written != side else { return (side, []) }
        return (
            side,
            [
                "\(direction.file) says \(direction.key) \(written.rawValue), but \(side.rawValue) is used, which "
                    + "truncation_side of tokenizer_config.json says"
            ]
        )
    }

    /// - Parameter rules: Whether the normalizer's count.
    func readSettings(
        into out: inout WordPieceConfiguration, rules: Bool
    ) throws(TokenizerError) {
        if let flag = try settings?.member("do_lower_case"), rules {
            out.normalizer.lowercases = try flag.bool()
        }
        if let flag = try settings?.member("tokenize_chinese_chars"), rules {
            out.normalizer.separatesIdeographs = try flag.bool()
        }
        if let flag = try settings?.member("strip_accents", null: true), rules {
            out.normalizer.stripsAccents = flag.value == .null ? nil : try flag.bool()
        }
        out.maxLength = try maxLength(signs: "[CLS] and [SEP]")
        out.truncationSide = try truncationSide().side
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

    /// The signs around a text alone.
    private static let shortestLimit = 2

    /// The longest text that the model takes, where the files say.
    func maxLength(signs: String = "the signs around a text") throws(TokenizerError) -> Int? {
        guard let limit = try settings?.member("model_max_length"), let found = try limit.limit() else {
            return nil
        }
        if found < Self.shortestLimit { throw limit.fail("at least \(Self.shortestLimit), for \(signs)") }
        return found
    }

    /// What the files say of a role. The older `special_tokens_map.json` counts more than the configuration, unless
    /// that one lists the added tokens itself.
    func roleToken(_ role: String) throws(TokenizerError) -> TokenizerSettings? {
        let new = try settings?.member(role)
        if try settings?.member("added_tokens_decoder") != nil { return new }
        return try specialTokens?.member(role) ?? new
    }

    /// The added tokens that files list with their ids.
    /// - Parameter special: Those that are special where the file that lists them does not say it.
    func listedTokens(special: Set<[UInt8]>) throws(TokenizerError) -> [Stated] {
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
            for (name, item) in try laterTokens?.members() ?? [] {
                let isSpecial = special.contains(Array(name.utf8))
                let token = AddedToken(name, isNormalized: !isSpecial, isSpecial: isSpecial)
                stated.append(Stated(file: item.file, token: token, id: try item.count()))
            }
        }
        return stated
    }

    /// Every added token, tokens with a stated id first and in the order of their ids.
    private func addedTokens(
        _ special: WordPieceConfiguration.SpecialTokens
    ) throws(TokenizerError) -> [Stated] {
        var stated = try listedTokens(special: Set(special.byRole.map { Array($0.token.utf8) }))
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
    static func addedToken(
        _ item: TokenizerSettings, isSpecial: Bool = false
    ) throws(TokenizerError) -> AddedToken {
        if case .string(let content) = item.value, isSpecial { return .special(content) }
        guard let content = try item.member("content") else {
            throw item.fail("an added token with 'content'")
        }
        let stated = try item.member("special")?.bool()
        let special = isSpecial || stated ?? false
        var token = AddedToken(try content.string(), isNormalized: !special, isSpecial: special)
        try item.readFlags(of: &token)
        return token
    }
}
