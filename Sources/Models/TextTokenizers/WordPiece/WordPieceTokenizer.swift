import DeterministicWork

/// Turns texts into the token ids of a BERT model, as `tokenizers` 0.23 does with the same files.
///
/// A text passes four stages: added tokens are taken out; what lies between is normalized (`BertNormalizer`), split at
/// blanks and around punctuation, and each word is cut into pieces of the vocabulary. All of them work on UTF-8 bytes.
public struct WordPieceTokenizer: Sendable {
    /// Everything that the files say; what `save` writes.
    public let configuration: WordPieceConfiguration
    let resolved: WordPieceConfiguration.ResolvedIDs
    /// What a user should know of the files, such as two that contradict each other.
    public let notices: [String]
    /// Ids of the special tokens. `maskID` is nil where the vocabulary has no mask.
    public let unknownID, separatorID, paddingID, classifierID: Int32
    public let maskID: Int32?

    private let normalizer: CompiledNormalizer
    private let vocabulary: WordPieceVocabulary
    /// Those of `vocabulary`, then the tokens that were added behind it.
    private let tokens: [String]
    /// Added tokens that are sought before, and after, normalization.
    private let givenTokens, normalizedTokens: AddedTokenFinder

    /// - Throws: `TokenizerError` for a special token that is not in the vocabulary, an added token whose stated id is
    ///   not the one it gets, or that normalization leaves nothing of.
    public init(_ configuration: WordPieceConfiguration) throws(TokenizerError) {
        try self.init(configuration, notices: [])
    }

    init(_ configuration: WordPieceConfiguration, notices: [String]) throws(TokenizerError) {
        let ids = try configuration.resolvedIDs()
        self.configuration = configuration
        self.notices = notices
        resolved = ids
        (unknownID, separatorID) = (ids.unknown, ids.separator)
        (paddingID, classifierID, maskID) = (ids.padding, ids.classifier, ids.mask)
        tokens = configuration.tokens + ids.appended
        vocabulary = WordPieceVocabulary(
            tokens: ids.pieces, unknown: ids.unknown, prefix: configuration.continuationPrefix,
            maximumCharacters: configuration.maximumWordCharacters)
        let normalizer = CompiledNormalizer(configuration.normalizer)
        self.normalizer = normalizer
        // The order in which the peer seeks them, which decides between equals.
        let ordered = ids.added.filter(\.token.isSpecial) + ids.added.filter { !$0.token.isSpecial }
        let given = ordered.filter { !$0.token.isNormalized }
        givenTokens = AddedTokenFinder(given, patterns: given.map { Array($0.token.content.utf8) })
        let normalized = ordered.filter(\.token.isNormalized)
        var patterns: [[UInt8]] = []
        for (token, _) in normalized {
            let bytes = Array(token.content.utf8)
            var pattern: [UInt8] = []
            var marks: [UInt32] = []
            normalizer.normalize(bytes, bytes.indices, into: &pattern, marks: &marks)
            if pattern.isEmpty {
                throw .emptyAddedToken(file: configuration.source, token: token.content)
            }
            patterns.append(pattern)
        }
        normalizedTokens = AddedTokenFinder(normalized, patterns: patterns)
    }

    /// How many ids there are, added tokens included.
    public var vocabularySize: Int { tokens.count }

    /// The tokens of `ids`; the unknown token for an id that there is not.
    public func tokens(of ids: some Sequence<Int32>) -> [String] {
        ids.map { tokens.indices.contains(Int($0)) ? tokens[Int($0)] : tokens[Int(unknownID)] }
    }

    /// Checks the vocabulary against a model with an embedding of `size` rows.
    /// - Returns: A notice where the model has more unused rows than rounding up leaves
    ///   (`WordPieceConfiguration.largestRounding`).
    /// - Throws: `TokenizerError.vocabularySize` where a token has no row.
    @discardableResult
    public func check(modelVocabularySize size: Int) throws(TokenizerError) -> String? {
        guard tokens.count <= size else {
            throw .vocabularySize(file: configuration.source, found: tokens.count, model: size)
        }
        if size - tokens.count < WordPieceConfiguration.largestRounding { return nil }
        return
            "\(configuration.source): the vocabulary has \(tokens.count) tokens and the model embeddings of \(size); "
            + "the others are never used"
    }

    /// The encoding of a text, or of a pair of texts.
    ///
    /// What is longer than `maxLength` tokens, signs included, is cut at the end; of a pair, the longer text first. The
    /// signs themselves always stay.
    public func encode(_ text: String, pair: String? = nil, maxLength: Int? = nil) -> Encoding {
        var work = Workspace()
        var ids = [classifierID]
        guard let pair else {
            append(text, upTo: room(maxLength, signs: 2), to: &ids, &work)
            ids.append(separatorID)
            return Encoding(ids: ids, tokenTypes: [UInt8](repeating: 0, count: ids.count))
        }
        append(text, upTo: .max, to: &ids, &work)
        var second: [Int32] = []
        append(pair, upTo: .max, to: &second, &work)
        let kept = WordPieceTokenizer.longestFirst(ids.count - 1, second.count, room(maxLength, signs: 3))
        ids.removeLast(ids.count - 1 - kept.first)
        second.removeLast(second.count - kept.second)
        ids.append(separatorID)
        let types =
            [UInt8](repeating: 0, count: ids.count) + [UInt8](repeating: 1, count: second.count + 1)
        return Encoding(ids: ids + second + [separatorID], tokenTypes: types)
    }

    /// The encodings of many texts, on up to `Threads.count` threads.
    public func encode(_ texts: [String], maxLength: Int? = nil) -> PackedEncodings {
        let limit = room(maxLength, signs: 2)
        let blocks = (texts.count + Self.blockSize - 1) / Self.blockSize
        let parts = parallelMap(blocks, blockSize: 1) { block in
            let range = block * Self.blockSize..<min(texts.count, (block + 1) * Self.blockSize)
            var work = Workspace()
            var part = PackedEncodings(ids: [], offsets: [0])
            part.ids.reserveCapacity(range.count * 32)
            part.offsets.reserveCapacity(range.count + 1)
            for i in range {
                part.ids.append(classifierID)
                append(texts[i], upTo: limit, to: &part.ids, &work)
                part.ids.append(separatorID)
                part.offsets.append(part.ids.count)
            }
            return part
        }
        var all = PackedEncodings(ids: [], offsets: [0])
        all.ids.reserveCapacity(parts.reduce(0) { $0 + $1.ids.count })
        all.offsets.reserveCapacity(texts.count + 1)
        for part in parts {
            let start = all.ids.count
            all.ids += part.ids
            for offset in part.offsets.dropFirst() { all.offsets.append(start + offset) }
        }
        return all
    }

    /// Texts that one thread takes at a time.
    private static let blockSize = 256

    private func room(_ maxLength: Int?, signs: Int) -> Int {
        maxLength.map { max(0, $0 - signs) } ?? .max
    }

    /// How much of two texts of `first` and `second` tokens stays where there is room for `room`: the shorter whole
    /// if it can be, else half each, the odd token to the longer (`longest_first` of `tokenizers`).
    package static func longestFirst(_ first: Int, _ second: Int, _ room: Int) -> (first: Int, second: Int) {
        if first + second <= room { return (first, second) }
        let shorter = min(first, second)
        var kept = (shorter: shorter, longer: max(shorter, room - shorter))
        if kept.shorter + kept.longer > room { kept = (room / 2, room / 2 + room % 2) }
        return first > second ? (kept.longer, kept.shorter) : (kept.shorter, kept.longer)
    }
}

extension WordPieceTokenizer {
    /// Buffers that are used again from text to text.
    private struct Workspace {
        var text: [UInt8] = []
        var normalized: [UInt8] = []
        var marks: [UInt32] = []
    }

    /// Appends the ids of a text, at most `limit` of them.
    private func append(_ text: String, upTo limit: Int, to ids: inout [Int32], _ work: inout Workspace) {
        let end = limit == .max ? .max : ids.count + limit
        work.text.removeAll(keepingCapacity: true)
        work.text.append(contentsOf: text.utf8)
        let whole = work.text.indices
        if givenTokens.mayOccur(in: work.text, whole) {
            for part in givenTokens.parts(of: work.text, whole) {
                if part.id >= 0 {
                    ids.append(part.id)
                } else {
                    appendPlain(part.range, upTo: end, to: &ids, &work)
                }
                if ids.count >= end { break }
            }
        } else {
            appendPlain(whole, upTo: end, to: &ids, &work)
        }
        if ids.count > end { ids.removeLast(ids.count - end) }
    }

    /// Appends the ids of `work.text[range]`, in which no token occurs as given.
    private func appendPlain(
        _ range: Range<Int>, upTo end: Int, to ids: inout [Int32], _ work: inout Workspace
    ) {
        work.normalized.removeAll(keepingCapacity: true)
        normalizer.normalize(work.text, range, into: &work.normalized, marks: &work.marks)
        let whole = work.normalized.indices
        if normalizedTokens.isEmpty || !normalizedTokens.mayOccur(in: work.normalized, whole) {
            return appendWords(work.normalized, whole, upTo: end, to: &ids)
        }
        for part in normalizedTokens.parts(of: work.normalized, whole) {
            if part.id >= 0 {
                ids.append(part.id)
            } else {
                appendWords(work.normalized, part.range, upTo: end, to: &ids)
            }
            if ids.count >= end { return }
        }
    }

    private func appendWords(
        _ bytes: [UInt8], _ range: Range<Int>, upTo end: Int, to ids: inout [Int32]
    ) {
        WordSplitter.forEachWord(of: bytes, range) { word in
            vocabulary.append(bytes, word, to: &ids)
            return ids.count < end
        }
    }

    /// The words of a text before they are cut into pieces; added tokens are words like others here.
    package func words(of text: String) -> [String] {
        var normalized: [UInt8] = []
        var marks: [UInt32] = []
        let bytes = Array(text.utf8)
        normalizer.normalize(bytes, bytes.indices, into: &normalized, marks: &marks)
        var words: [String] = []
        WordSplitter.forEachWord(of: normalized, normalized.indices) { word in
            words.append(String(decoding: normalized[word], as: UTF8.self))
            return true
        }
        return words
    }
}
