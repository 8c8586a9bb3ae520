extension TokenTemplate {
    /// The ids of all signs.
    var ids: [Int] {
        (before + after + (pair.before + pair.between + pair.after).map(\.id)).map(Int.init)
    }
}

extension TokenizerSettings {
    private static let processorTypes = [
        "BertProcessing", "RobertaProcessing", "TemplateProcessing", "ByteLevel", "Sequence",
    ]

    /// The signs that a post-processor puts around texts; nil where it puts none.
    func template() throws(TokenizerError) -> TokenTemplate? {
        let type = try type()
        switch type {
        case "ByteLevel": return nil
        case "BertProcessing":
            return .bert(classifier: try sign("cls"), separator: try sign("sep"))
        case "RobertaProcessing":
            return .roberta(classifier: try sign("cls"), separator: try sign("sep"))
        case "TemplateProcessing": return try writtenTemplate()
        case "Sequence":
            var found: TokenTemplate?
            for item in try required("processors").items() {
                guard let template = try item.template() else { continue }
                if found != nil { throw item.fail("one post-processor that adds tokens") }
                found = template
            }
            return found
        default: throw unknown(type, Self.processorTypes)
        }
    }

    /// `["[SEP]", 102]`
    private func sign(_ name: String) throws(TokenizerError) -> Int32 {
        let item = try required(name)
        let parts = try item.items()
        guard parts.count == 2 else { throw item.fail("a token and its id") }
        return try parts[1].id()
    }

    fileprivate func id() throws(TokenizerError) -> Int32 {
        guard let id = Int32(exactly: try count()) else { throw fail("an id") }
        return id
    }

    /// What a template lists: signs, and the texts by name.
    private enum Part {
        case sign(TokenTemplate.Sign)
        case text(name: String, type: UInt8)
    }

    private func writtenTemplate() throws(TokenizerError) -> TokenTemplate {
        let special = try member("special_tokens")
        var out = TokenTemplate()
        let single = try required("single")
        let parts = try single.templateParts(special)
        let texts = parts.indices.filter { if case .text = parts[$0] { true } else { false } }
        guard texts.count == 1, case .text("A", 0) = parts[texts[0]] else {
            throw single.fail("one text A, of type 0")
        }
        out.before = try single.plainSigns(parts[..<texts[0]])
        out.after = try single.plainSigns(parts[(texts[0] + 1)...])
        guard let pair = try member("pair") else { return out }
        let both = try pair.templateParts(special)
        let places = both.indices.filter { if case .text = both[$0] { true } else { false } }
        guard places.count == 2, case .text("A", let first) = both[places[0]],
            case .text("B", let second) = both[places[1]]
        else { throw pair.fail("a text A and behind it a text B") }
        (out.pair.firstType, out.pair.secondType) = (first, second)
        out.pair.before = Self.signs(both[..<places[0]])
        out.pair.between = Self.signs(both[(places[0] + 1)..<places[1]])
        out.pair.after = Self.signs(both[(places[1] + 1)...])
        return out
    }

    private static func signs(_ parts: ArraySlice<Part>) -> [TokenTemplate.Sign] {
        parts.compactMap { if case .sign(let sign) = $0 { sign } else { nil } }
    }

    /// Signs around one text, whose tokens are all of type 0.
    private func plainSigns(_ parts: ArraySlice<Part>) throws(TokenizerError) -> [Int32] {
        let signs = Self.signs(parts)
        guard signs.allSatisfy({ $0.type == 0 }) else { throw fail("tokens of type 0 around one text") }
        return signs.map(\.id)
    }

    private func templateParts(_ special: TokenizerSettings?) throws(TokenizerError) -> [Part] {
        var parts: [Part] = []
        for item in try items() {
            let sign = try item.member("SpecialToken")
            let text = try item.member("Sequence")
            guard let part = sign ?? text else { throw item.fail("a SpecialToken or a Sequence") }
            let name = try part.required("id")
            let stated = try part.required("type_id")
            guard let type = UInt8(exactly: try stated.count()) else { throw stated.fail("0 or 1") }
            if sign == nil {
                parts.append(.text(name: try name.string(), type: type))
                continue
            }
            guard let token = try special?.member(name.string()) else {
                throw name.fail("one of the template's special_tokens")
            }
            for id in try token.required("ids").items() {
                parts.append(.sign(TokenTemplate.Sign(id: try id.id(), type: type)))
            }
        }
        return parts
    }
}
