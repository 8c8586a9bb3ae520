/// The vocabulary from which a class of tokenizers makes its model, and what comes with it.
struct ClassVocabulary {
    /// Tokens by id, empty for an id without one; of a Unigram model with their scores.
    enum Tokens {
        case bytePair([String], merges: [(String, String)])
        case unigram([(piece: String, score: Double)])
        case wordPiece([String])
    }

    var tokens: Tokens
    /// The file that it came from.
    var source: String
    /// SentencePiece's map of characters.
    var map: PrecompiledMap?
    /// The id of the piece for unknown characters, where a `.model` says it.
    var unknown: Int?
    /// Pieces of a `.model` that are no text, or that its maker defined; nil where it comes from no such file.
    var extraTokens: [AddedToken]?
    /// What the file says and the class does not do.
    var notices: [String] = []
}

extension TokenizerFileReader {
    /// The vocabulary for a class of tokenizers: of `tokenizer.json`, or of the older files.
    func vocabulary(of kind: TokenizerClass) throws(TokenizerError) -> ClassVocabulary {
        if let tokenizer { return try vocabulary(of: kind, in: tokenizer) }
        let names = kind.files
        for name in names where files.contents[name] == nil {
            throw .noVocabulary(
                folder: files.folder,
                expected: ["tokenizer.json", names.map(\.rawValue).joined(separator: " with ")])
        }
        switch kind.model {
        case .wordPiece:
            let lines = try files.vocabularyLines() ?? []
            if lines.isEmpty { throw .emptyVocabulary(file: files.path(.vocabulary)) }
            return ClassVocabulary(tokens: .wordPiece(lines), source: files.path(.vocabulary))
        case .bytePair:
            guard let settings = try files.settings(.tokens) else {
                throw .emptyVocabulary(file: files.path(.tokens))
            }
            return ClassVocabulary(
                tokens: .bytePair(try settings.vocabulary(), merges: try files.mergeLines()),
                source: settings.file)
        case .unigram: return try sentencePieces(of: kind, in: names[0])
        }
    }

    private func vocabulary(
        of kind: TokenizerClass, in tokenizer: TokenizerSettings
    ) throws(TokenizerError) -> ClassVocabulary {
        let model = try tokenizer.required("model")
        let type = try model.modelType()
        guard type == kind.model.name else {
            throw .wrongModel(
                file: tokenizer.file, found: type, expected: "\(kind.model.name), which \(kind.rawValue) has")
        }
        var out: ClassVocabulary
        switch kind.model {
        case .wordPiece:
            out = ClassVocabulary(
                tokens: .wordPiece(try model.required("vocab").vocabulary()), source: tokenizer.file)
        case .bytePair:
            out = ClassVocabulary(
                tokens: .bytePair(try model.required("vocab").vocabulary(), merges: try model.merges()),
                source: tokenizer.file)
        case .unigram:
            out = ClassVocabulary(tokens: .unigram(try model.unigramPieces()), source: tokenizer.file)
        }
        var normalizers: [Normalizer] = []
        try tokenizer.member("normalizer")?.normalizers(into: &normalizers)
        for case .precompiled(let map) in normalizers {
            out.map = map
            break
        }
        return out
    }

    /// The pieces of a `.model`, with ids as the class numbers them.
    private func sentencePieces(
        of kind: TokenizerClass, in name: TokenizerFiles.Name
    ) throws(TokenizerError) -> ClassVocabulary {
        let path = files.path(name)
        let file: SentencePieceFile
        do throws(ProtobufReader.Failure) {
            file = try SentencePieceFile(files.contents[name] ?? [])
        } catch {
            throw .badModel(file: path, offset: error.offset, reason: error.reason)
        }
        if file.pieces.isEmpty { throw .emptyVocabulary(file: path) }
        guard file.algorithm == .unigram else {
            throw .badValue(
                file: path, key: "trainer_spec.model_type", found: file.algorithm.name,
                expected: "UNIGRAM, which \(kind.rawValue) has")
        }
        var map: PrecompiledMap?
        if !file.characterMap.isEmpty {
            map = PrecompiledMap(file.characterMap)
            if map == nil {
                throw .badValue(
                    file: path, key: "normalizer_spec.precompiled_charsmap", found: "damaged",
                    expected: "a map of characters")
            }
        }
        var out = ClassVocabulary(
            tokens: .unigram(try numbered(file.pieces.map { ($0.text, $0.score) }, for: kind)), source: path,
            map: map, unknown: file.unknown)
        out.extraTokens = file.pieces.compactMap { piece in
            switch piece.kind {
            case .control: AddedToken(piece.text, isNormalized: false, isSpecial: true)
            case .userDefined: AddedToken(piece.text, isNormalized: false, isSpecial: false)
            case .normal, .unknown, .unused, .byte: nil
            }
        }
        for (key, value) in [
            ("add_dummy_prefix", file.addsSpaceBefore), ("remove_extra_whitespaces", file.removesSpaces),
            ("escape_whitespaces", file.escapesSpaces),
        ] where !value {
            out.notices.append(
                "\(path) says \(key) false, which \(kind.rawValue) of transformers does not heed; nor is it here"
            )
        }
        return out
    }

    /// The pieces as the class numbers them: fairseq's models begin with four or five tokens of their own.
    private func numbered(
        _ pieces: [(piece: String, score: Double)], for kind: TokenizerClass
    ) throws(TokenizerError) -> [(piece: String, score: Double)] {
        func token(_ role: TokenizerClass.Role) throws(TokenizerError) -> (piece: String, score: Double) {
            (try roleToken(role, of: kind)?.content ?? "", 0)
        }
        switch kind {
        case .xlmRoberta:
            let own = [
                try token(.beginning), try token(.padding), try token(.end), try token(.unknown),
            ]
            return own + pieces.dropFirst(3) + [try token(.mask)]
        case .camembert:
            let own = [
                ("<s>NOTUSED", 0), try token(.padding), ("</s>NOTUSED", 0), try token(.unknown),
                ("<unk>NOTUSED", -100),
            ]
            return own + pieces.dropFirst(1) + [try token(.mask)]
        case .albert, .debertaV2: return pieces
        case .deberta, .gpt2, .mpnet, .roberta: preconditionFailure("\(kind) has no pieces")
        }
    }
}
