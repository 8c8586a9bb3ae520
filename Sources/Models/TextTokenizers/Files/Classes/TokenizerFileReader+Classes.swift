extension TokenizerFileReader {
    /// The token of a part, with its flags: what the files say, or else what the class does.
    func roleToken(_ role: TokenizerClass.Role, of kind: TokenizerClass) throws(TokenizerError) -> AddedToken?
    {
        guard let item = try roleToken(role.rawValue) else {
            return kind.token(role).map { kind.plainToken(role, $0) }
        }
        if case .string(let content) = item.value { return kind.plainToken(role, content) }
        return try Self.addedToken(item, isSpecial: true)
    }

    /// The parts of a tokenizer that a class of `transformers` makes.
    func parts(of kind: TokenizerClass) throws(TokenizerError) -> (parts: TokenizerParts, notices: [String]) {
        let vocabulary = try vocabulary(of: kind)
        var (out, rules) = try model(of: kind, vocabulary)
        out.normalizers = try normalizers(of: kind, vocabulary)
        out.preTokenizers = try preTokenizers(of: kind)
        for token in try addedTokens(of: kind, vocabulary) {
            try out.add(token.token, statedID: token.id, file: token.file)
        }
        let written = try tokenizer.map { json throws(TokenizerError) in try TokenizerJSON(json).stages() }
        out.template = try template(of: kind, out, written?.template)
        var notices = vocabulary.notices
        if let written {
            let hasOther = [
                ("normalizer", written.normalizers != out.normalizers),
                ("pre_tokenizer", written.preTokenizers != out.preTokenizers),
                ("post_processor", written.template.map { $0 != out.template } ?? false),
                ("model", try tokenizer?.required("model").rules() != rules),
            ]
            for (part, isOther) in hasOther where isOther {
                notices.append(
                    "\(files.path(.tokenizer)) says another \(part) than \(kind.rawValue) of transformers makes, whose is "
                        + "used, as AutoTokenizer does; tokenizer_class PreTrainedTokenizerFast in tokenizer_config.json "
                        + "decides for the file")
            }
        }
        return (out, notices)
    }

    private func flag(_ key: String, or other: Bool) throws(TokenizerError) -> Bool {
        try settings?.bool(key, or: other) ?? other
    }

    // MARK: Stages

    /// The parts with the model alone, and how it is made.
    private func model(
        of kind: TokenizerClass, _ vocabulary: ClassVocabulary
    ) throws(TokenizerError) -> (TokenizerParts, ModelRules) {
        switch vocabulary.tokens {
        case .wordPiece(let tokens):
            let unknown = try roleToken(.unknown, of: kind)?.content ?? ""
            let rules = WordPieceRules(unknown: unknown)
            let model = try WordPieceVocabulary(tokens: tokens, rules, file: vocabulary.source)
            return (
                TokenizerParts(tokens: tokens, model: .wordPiece(model), source: vocabulary.source),
                .wordPiece(rules)
            )
        case .bytePair(let tokens, let merges):
            let rules = BytePairModel.Rules()
            let key = tokenizer == nil ? TokenizerFiles.Name.merges.rawValue : "model.merges"
            let model = try BytePairModel(tokens, merges, rules, file: vocabulary.source, key: key)
            return (
                TokenizerParts(tokens: tokens, model: .bytePair(model), source: vocabulary.source),
                .bytePair(rules)
            )
        case .unigram(let pieces):
            let unknown = try unknownID(of: kind, pieces, vocabulary)
            guard pieces.indices.contains(unknown) else {
                throw .badValue(
                    file: vocabulary.source, key: "unk_id", found: "\(unknown)",
                    expected: "an id below \(pieces.count)")
            }
            let model = UnigramModel(pieces: pieces, unknown: Int32(unknown), hasByteFallback: false)
            return (
                TokenizerParts(
                    tokens: pieces.map(\.piece), model: .unigram(model), source: vocabulary.source),
                .unigram(unknown: unknown, hasByteFallback: false)
            )
        }
    }

    private func unknownID(
        of kind: TokenizerClass, _ pieces: [(piece: String, score: Double)], _ vocabulary: ClassVocabulary
    ) throws(TokenizerError) -> Int {
        let unknown = Array((try roleToken(.unknown, of: kind)?.content ?? "").utf8)
        switch kind {
        case .albert: return 1
        case .xlmRoberta: return 3
        case .camembert: return pieces.firstIndex { $0.piece.utf8.elementsEqual(unknown) } ?? 0
        case .debertaV2:
            let scoreless = pieces.firstIndex { $0.score == 0 && $0.piece.utf8.elementsEqual(unknown) }
            if let known = scoreless ?? vocabulary.unknown { return known }
            return try settings?.member("unk_id")?.count() ?? 1
        case .deberta, .gpt2, .mpnet, .roberta: preconditionFailure("\(kind) has no pieces")
        }
    }

    private func normalizers(
        of kind: TokenizerClass, _ vocabulary: ClassVocabulary
    ) throws(TokenizerError) -> [Normalizer] {
        let map = vocabulary.map.map { [Normalizer.precompiled($0)] } ?? []
        switch kind {
        case .camembert, .xlmRoberta: return map
        case .deberta, .gpt2, .roberta: return []
        case .mpnet:
            return [
                .bert(
                    BertNormalizer(
                        separatesIdeographs: try flag("tokenize_chinese_chars", or: true),
                        stripsAccents: try settings?.member("strip_accents")?.bool(),
                        lowercases: try flag("do_lower_case", or: true)))
            ]
        case .albert:
            var out: [Normalizer] = ["``", "''"].map { .replace(.literal(Array($0.utf8)), with: [0x22]) }
            if try !flag("keep_accents", or: false) { out += [.form(.nfkd), .stripAccents] }
            if try flag("do_lower_case", or: true) { out.append(.lowercase) }
            return out + map
        case .debertaV2:
            let blanks: TextPattern
            do throws(ExpressionFailure) {
                blanks = .expression(try Expression(#"\s{2,}|[\n\r\t]"#))
            } catch {
                preconditionFailure("our own expression has \(error.reason)")
            }
            let lower: [Normalizer] = try flag("do_lower_case", or: false) ? [.lowercase] : []
            return lower + [.replace(blanks, with: [0x20]), .form(.nfc), .strip(left: false, right: true)]
        }
    }

    private func preTokenizers(of kind: TokenizerClass) throws(TokenizerError) -> [PreTokenizer] {
        switch kind {
        case .mpnet: return [.bert]
        case .deberta, .gpt2, .roberta:
            let space: [PreTokenizer] = try flag("add_prefix_space", or: false) ? [.prefixSpace] : []
            return space + [.split(.bytePairWords, .isolated, isInverted: false), .byteLetters]
        case .albert, .camembert, .xlmRoberta:
            let prefix: Metaspace.Prefix = try flag("add_prefix_space", or: true) ? .always : .never
            return [.blanks, .metaspace(Metaspace(prefix: prefix))]
        case .debertaV2:
            let prefix: Metaspace.Prefix = try flag("add_prefix_space", or: true) ? .always : .first
            let punctuation: [PreTokenizer] =
                try flag("split_by_punct", or: false) ? [.punctuation(.isolated)] : []
            return punctuation + [.metaspace(Metaspace(prefix: prefix))]
        }
    }

    /// The signs around texts.
    /// - Parameter written: What `tokenizer.json` says of them.
    private func template(
        of kind: TokenizerClass, _ parts: TokenizerParts, _ written: TokenTemplate?
    ) throws(TokenizerError) -> TokenTemplate {
        func id(_ role: TokenizerClass.Role) throws(TokenizerError) -> Int32 {
            let token = try roleToken(role, of: kind)?.content ?? ""
            guard let id = parts.id(token) else {
                throw .missingSpecialToken(file: parts.source, role: role.rawValue, token: token)
            }
            return id
        }
        switch kind {
        case .albert:
            if let written { return written }
            return .bert(classifier: try id(.classifier), separator: try id(.separator))
        case .debertaV2: return .bert(classifier: try id(.classifier), separator: try id(.separator))
        case .deberta, .mpnet, .roberta:
            return .roberta(classifier: try id(.classifier), separator: try id(.separator))
        case .camembert, .xlmRoberta:
            return .roberta(classifier: try id(.beginning), separator: try id(.end))
        case .gpt2:
            for key in ["add_bos_token", "add_eos_token"] where tokenizer == nil {
                if let item = try settings?.member(key), try item.bool() {
                    throw item.fail("false: \(kind.rawValue) is supported without signs around texts")
                }
            }
            return written ?? TokenTemplate()
        }
    }

    // MARK: Added tokens

    /// The tokens that the class adds, in its order: those that the files list, by id; then one for each part that has
    /// none of them; then the others that the files name.
    private func addedTokens(
        of kind: TokenizerClass, _ vocabulary: ClassVocabulary
    ) throws(TokenizerError) -> [Stated] {
        var roles: [AddedToken] = []
        for role in TokenizerClass.Role.allCases {
            if let token = try roleToken(role, of: kind) { roles.append(token) }
        }
        let extra = try extraTokens(of: kind, vocabulary)
        // A token of a part that no file names is sought in the normalized text where a file only lists its id.
        var listed = try listedTokens(special: statedTokens())
        listed.sort { ($0.id ?? .max) < ($1.id ?? .max) }
        for i in listed.indices
        where roles.contains(where: { $0.content.utf8.elementsEqual(listed[i].token.content.utf8) }) {
            listed[i].token.isSpecial = true
        }
        var out: [Stated] = []
        var seen = Set<[UInt8]>()
        for item in listed + (roles + extra).map({ Stated(file: vocabulary.source, token: $0, id: nil) })
        where seen.insert(Array(item.token.content.utf8)).inserted {
            out.append(item)
        }
        return out
    }

    /// The special tokens that the files name.
    private func statedTokens() throws(TokenizerError) -> Set<[UInt8]> {
        var out = Set<[UInt8]>()
        for role in TokenizerClass.Role.allCases {
            guard let item = try roleToken(role.rawValue) else { continue }
            out.insert(Array(try Self.addedToken(item, isSpecial: true).content.utf8))
        }
        for token in try statedExtraTokens() ?? [] { out.insert(Array(token.content.utf8)) }
        return out
    }

    /// Further special tokens that `tokenizer_config.json` names.
    private func statedExtraTokens() throws(TokenizerError) -> [AddedToken]? {
        for key in ["extra_special_tokens", "additional_special_tokens"] {
            guard let list = try settings?.member(key), case .array = list.value else { continue }
            return try Self.specialTokens(list)
        }
        return nil
    }

    /// Further special tokens.
    private func extraTokens(
        of kind: TokenizerClass, _ vocabulary: ClassVocabulary
    ) throws(TokenizerError) -> [AddedToken] {
        if let tokens = try statedExtraTokens() ?? vocabulary.extraTokens { return tokens }
        if try settings?.member("added_tokens_decoder") == nil,
            let list = try specialTokens?.member("additional_special_tokens"), case .array = list.value
        {
            return try Self.specialTokens(list)
        }
        return kind.extraTokens
    }

    private static func specialTokens(_ list: TokenizerSettings) throws(TokenizerError) -> [AddedToken] {
        var out: [AddedToken] = []
        for item in try list.items() { out.append(try addedToken(item, isSpecial: true)) }
        return out
    }
}
