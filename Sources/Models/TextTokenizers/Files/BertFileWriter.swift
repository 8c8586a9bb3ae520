/// Writes the files of a BERT tokenizer from what it is.
struct BertFileWriter {
    let configuration: WordPieceConfiguration
    let ids: WordPieceConfiguration.ResolvedIDs

    /// - Parameters:
    ///   - className: The class of `transformers` that reads them.
    ///   - limit: The most tokens of a text.
    func files(className: String, limit: Int?) -> [(name: String, text: String)] {
        var out: [(name: String, text: String)] = [
            ("vocab.txt", configuration.tokens.map { $0 + "\n" }.joined()),
            ("tokenizer.json", tokenizerJSON.text + "\n"),
            ("tokenizer_config.json", settingsJSON(className, limit).text + "\n"),
            ("special_tokens_map.json", JSONValue.object(roles).text + "\n"),
        ]
        if !ids.appended.isEmpty {
            let later = ids.appended.enumerated().map {
                JSONValue.Member(
                    key: $0.element, value: .integer(configuration.tokens.count + $0.offset))
            }
            out.append(("added_tokens.json", JSONValue.object(later).text + "\n"))
        }
        return out
    }

    /// The special tokens by role; those without one as `additional_special_tokens`.
    private var roles: [JSONValue.Member] {
        var byRole = configuration.specialTokens.byRole
        if ids.mask == nil { byRole.removeAll { $0.role == "mask_token" } }
        var out = byRole.map { JSONValue.Member(key: $0.role, value: .string($0.token)) }
        let others = ids.added.map(\.token).filter { token in
            token.isSpecial && !byRole.contains { $0.token.utf8.elementsEqual(token.content.utf8) }
        }
        if !others.isEmpty {
            let names = others.map { JSONValue.string($0.content) }
            out.append(JSONValue.Member(key: "additional_special_tokens", value: .array(names)))
        }
        return out
    }

    private static func flags(_ token: AddedToken) -> [JSONValue.Member] {
        [
            JSONValue.Member(key: "content", value: .string(token.content)),
            JSONValue.Member(key: "single_word", value: .bool(token.isSingleWord)),
            JSONValue.Member(key: "lstrip", value: .bool(token.stripsLeft)),
            JSONValue.Member(key: "rstrip", value: .bool(token.stripsRight)),
            JSONValue.Member(key: "normalized", value: .bool(token.isNormalized)),
            JSONValue.Member(key: "special", value: .bool(token.isSpecial)),
        ]
    }

    private func settingsJSON(_ className: String, _ limit: Int?) -> JSONValue {
        let rules = configuration.normalizer
        let added = ids.added.sorted { $0.id < $1.id }.map {
            JSONValue.Member(key: "\($0.id)", value: .object(Self.flags($0.token)))
        }
        var members: [JSONValue.Member] = [
            JSONValue.Member(key: "added_tokens_decoder", value: .object(added)),
            JSONValue.Member(key: "tokenizer_class", value: .string(className)),
            JSONValue.Member(key: "do_lower_case", value: .bool(rules.lowercases)),
            JSONValue.Member(key: "strip_accents", value: rules.stripsAccents.map(JSONValue.bool) ?? .null),
            JSONValue.Member(key: "tokenize_chinese_chars", value: .bool(rules.separatesIdeographs)),
        ]
        if let limit {
            members.append(JSONValue.Member(key: "model_max_length", value: .integer(limit)))
        }
        if configuration.truncationSide != .right {
            let side = JSONValue.string(configuration.truncationSide.rawValue)
            members.append(JSONValue.Member(key: "truncation_side", value: side))
        }
        return .object(members + roles)
    }

    private var tokenizerJSON: JSONValue {
        let rules = configuration.normalizer
        // Each token once: what stands for a token that is there again has the empty one's name, and one empty line is a
        // token too.
        let lastEmpty = configuration.tokens.lastIndex { $0.isEmpty }
        let vocabulary = ids.pieces.enumerated().filter { !$0.element.isEmpty || $0.offset == lastEmpty }.map
        {
            JSONValue.Member(key: $0.element, value: .integer($0.offset))
        }
        let added = ids.added.sorted { $0.id < $1.id }.map {
            JSONValue.object(
                [JSONValue.Member(key: "id", value: .integer(Int($0.id)))] + Self.flags($0.token))
        }
        return .members([
            "version": .string("1.0"), "truncation": .null, "padding": .null, "added_tokens": .array(added),
            "normalizer": .members([
                "type": .string("BertNormalizer"), "clean_text": .bool(rules.cleansText),
                "handle_chinese_chars": .bool(rules.separatesIdeographs),
                "strip_accents": rules.stripsAccents.map(JSONValue.bool) ?? .null,
                "lowercase": .bool(rules.lowercases),
            ]),
            "pre_tokenizer": .members(["type": .string("BertPreTokenizer")]),
            "post_processor": template,
            "decoder": .members([
                "type": .string("WordPiece"), "prefix": .string(configuration.continuationPrefix),
                "cleanup": .bool(true),
            ]),
            "model": .members([
                "type": .string("WordPiece"), "unk_token": .string(configuration.specialTokens.unk),
                "continuing_subword_prefix": .string(configuration.continuationPrefix),
                "max_input_chars_per_word": .integer(configuration.maximumWordCharacters),
                "vocab": .object(vocabulary),
            ]),
        ])
    }

    private var template: JSONValue {
        let special = configuration.specialTokens
        func part(_ kind: String, _ id: String, _ type: Int) -> JSONValue {
            .object([
                JSONValue.Member(
                    key: kind, value: .members(["id": .string(id), "type_id": .integer(type)]))
            ])
        }
        func sign(_ token: String, _ id: Int32) -> JSONValue.Member {
            JSONValue.Member(
                key: token,
                value: .members([
                    "id": .string(token), "ids": .array([.integer(Int(id))]),
                    "tokens": .array([.string(token)]),
                ]))
        }
        let single = [
            part("SpecialToken", special.cls, 0), part("Sequence", "A", 0),
            part("SpecialToken", special.sep, 0),
        ]
        let second = [part("Sequence", "B", 1), part("SpecialToken", special.sep, 1)]
        return .members([
            "type": .string("TemplateProcessing"), "single": .array(single),
            "pair": .array(single + second),
            "special_tokens": .object([sign(special.cls, ids.classifier), sign(special.sep, ids.separator)]),
        ])
    }
}
