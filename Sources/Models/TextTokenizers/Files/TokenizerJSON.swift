/// A `tokenizer.json`, as the `tokenizers` library writes it. A part that is not known is refused by name.
struct TokenizerJSON {
    let root: TokenizerSettings

    init(_ root: TokenizerSettings) {
        self.root = root
    }

    /// All that it says.
    func parts() throws(TokenizerError) -> TokenizerParts {
        guard let model = try root.member("model") else {
            throw .badValue(file: root.file, key: "model", found: "missing", expected: "an object")
        }
        let (tokens, compiled) = try model.model()
        var out = TokenizerParts(tokens: tokens, model: compiled, source: root.file)
        for item in try root.member("added_tokens")?.items() ?? [] {
            let id = try item.member("id")?.count()
            try out.add(item.addedToken(), statedID: id, file: item.file)
        }
        let stages = try stages()
        out.normalizers = stages.normalizers
        out.preTokenizers = stages.preTokenizers
        out.template = stages.template ?? TokenTemplate()
        let highest = out.template.ids.max() ?? 0
        if highest >= out.tokens.count, let item = try root.member("post_processor") {
            throw item.fail("signs with ids below \(out.tokens.count), found \(highest)")
        }
        return out
    }

    /// The stages around the model; no template where there is no post-processor.
    func stages() throws(TokenizerError) -> (
        normalizers: [Normalizer], preTokenizers: [PreTokenizer], template: TokenTemplate?
    ) {
        var normalizers: [Normalizer] = []
        var preTokenizers: [PreTokenizer] = []
        try root.member("normalizer")?.normalizers(into: &normalizers)
        try root.member("pre_tokenizer")?.preTokenizers(into: &preTokenizers)
        let processor = try root.member("post_processor")
        let template = try processor.map { item throws(TokenizerError) in
            try item.template() ?? TokenTemplate()
        }
        return (normalizers, preTokenizers, template)
    }
}

extension TokenizerSettings {
    /// The type of a part.
    func type() throws(TokenizerError) -> String {
        guard let type = try member("type") else { throw fail("an object with a 'type'") }
        return try type.string()
    }

    /// That a part is of a type that is not known.
    func unknown(_ type: String, _ known: [String]) -> TokenizerError {
        .badValue(
            file: file, key: "\(key).type", found: "'\(type)'",
            expected: "one of \(known.joined(separator: ", "))")
    }

    func required(_ name: String) throws(TokenizerError) -> TokenizerSettings {
        guard let found = try member(name) else { throw fail("an object with '\(name)'") }
        return found
    }

    func bool(_ name: String, or other: Bool) throws(TokenizerError) -> Bool {
        try member(name)?.bool() ?? other
    }

    /// A string of one code point.
    func scalar() throws(TokenizerError) -> Unicode.Scalar {
        let text = try string()
        guard let scalar = text.unicodeScalars.first, text.unicodeScalars.count == 1 else {
            throw fail("a string of one character")
        }
        return scalar
    }

    func number() throws(TokenizerError) -> Double {
        guard let number = value.double else { throw fail("a number") }
        return number
    }

    /// One of the names of an enum.
    func choice<Choice>(_ type: Choice.Type) throws(TokenizerError) -> Choice
    where Choice: RawRepresentable<String> & CaseIterable {
        let name = try string()
        guard let choice = Choice(rawValue: name) else {
            throw fail("one of \(Choice.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return choice
    }

    /// `{"String": ...}` or `{"Regex": ...}`.
    func pattern() throws(TokenizerError) -> TextPattern {
        if let literal = try member("String") {
            let bytes = Array(try literal.string().utf8)
            if bytes.isEmpty { throw literal.fail("a string that is not empty") }
            return .literal(bytes)
        }
        let item = try required("Regex")
        let text = try item.string()
        if text == BytePairWords.expression { return .bytePairWords }
        do throws(ExpressionFailure) {
            return .expression(try Expression(text))
        } catch {
            throw .badValue(
                file: file, key: item.key, found: "'\(text)', which has \(error.reason)",
                expected: "a regular expression that is supported")
        }
    }

    /// A token with flags.
    func addedToken() throws(TokenizerError) -> AddedToken {
        let isSpecial = try bool("special", or: false)
        var token = AddedToken(
            try required("content").string(), isNormalized: !isSpecial, isSpecial: isSpecial)
        try readFlags(of: &token)
        return token
    }

    func readFlags(of token: inout AddedToken) throws(TokenizerError) {
        token.isSingleWord = try bool("single_word", or: token.isSingleWord)
        token.stripsLeft = try bool("lstrip", or: token.stripsLeft)
        token.stripsRight = try bool("rstrip", or: token.stripsRight)
        token.isNormalized = try bool("normalized", or: token.isNormalized)
    }
}
