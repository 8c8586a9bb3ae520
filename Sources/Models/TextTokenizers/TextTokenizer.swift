import DeterministicWork

/// Turns texts into the token ids of a model, as `tokenizers` 0.23 does with the same files.
///
/// A text passes five stages: added tokens are taken out; what lies between is normalized, cut into pieces by
/// pre-tokenizers, and each piece into tokens by a model (WordPiece, byte-pair encoding or Unigram); a template puts
/// signs around the whole. All of them work on UTF-8 bytes.
public struct TextTokenizer: Sendable {
    /// What a user should know of the files, such as two that contradict each other.
    public let notices: [String]
    /// The longest encoding that the model takes, where the files say (`model_max_length`).
    public let maxLength: Int?
    /// The side at which a longer text is cut.
    public let truncationSide: TruncationSide
    public let special: SpecialTokenIDs
    /// What `save` writes.
    let origin: Origin

    private let normalizer: NormalizerChain
    private let preTokenizers: [PreTokenizer]
    /// Whether `preTokenizers` are BERT's alone, whose words go to the model as they are found.
    private let isBert: Bool
    private let model: TokenizerModel
    private let template: TokenTemplate
    private let tokens: [String]
    /// Added tokens that are sought before, and after, normalization.
    private let givenTokens, normalizedTokens: AddedTokenFinder
    private let source: String

    /// Where a tokenizer is from, which decides on how it is written.
    enum Origin: Sendable {
        /// A BERT tokenizer, whose files are written from what it is.
        case bert(WordPieceConfiguration, WordPieceConfiguration.ResolvedIDs)
        /// Any other, whose files are written as they were read.
        case files(TokenizerFiles)
    }

    /// - Throws: `TokenizerError.emptyAddedToken` for an added token that normalization leaves nothing of.
    init(
        _ parts: TokenizerParts, origin: Origin, special: SpecialTokenIDs, maxLength: Int?,
        truncationSide: TruncationSide, notices: [String]
    ) throws(TokenizerError) {
        self.origin = origin
        self.special = special
        self.maxLength = maxLength
        self.truncationSide = truncationSide
        self.notices = notices
        source = parts.source
        tokens = parts.tokens
        model = parts.model
        template = parts.template
        preTokenizers = parts.preTokenizers
        isBert = parts.preTokenizers.count == 1 && parts.preTokenizers[0].isBert
        normalizer = NormalizerChain(parts.normalizers)
        // The order in which the peer seeks them, which decides between equals.
        let ordered = parts.added.filter(\.token.isSpecial) + parts.added.filter { !$0.token.isSpecial }
        let given = ordered.filter { !$0.token.isNormalized }
        givenTokens = AddedTokenFinder(given, patterns: given.map { Array($0.token.content.utf8) })
        let normalized = ordered.filter(\.token.isNormalized)
        var patterns: [[UInt8]] = []
        var memory = NormalizerChain.Memory()
        for (token, _) in normalized {
            let bytes = Array(token.content.utf8)
            var pattern: [UInt8] = []
            normalizer.normalize(bytes, bytes.indices, into: &pattern, &memory)
            if pattern.isEmpty { throw .emptyAddedToken(file: parts.source, token: token.content) }
            patterns.append(pattern)
        }
        normalizedTokens = AddedTokenFinder(normalized, patterns: patterns)
    }

    /// What makes a BERT tokenizer, where it is one.
    package var wordPiece: WordPieceConfiguration? {
        if case .bert(let configuration, _) = origin { configuration } else { nil }
    }

    /// How many ids there are, added tokens included.
    public var vocabularySize: Int { tokens.count }

    /// The tokens of `ids`; the unknown token, or nothing, for an id that there is not.
    public func tokens(of ids: some Sequence<Int32>) -> [String] {
        ids.map { id in
            if tokens.indices.contains(Int(id)) { return tokens[Int(id)] }
            return special.unknown.map { tokens[Int($0)] } ?? ""
        }
    }

    /// A model's embeddings have up to so many rows more than there are tokens, less 1, because their number was rounded
    /// up to a multiple of 128 at most, which matrix kernels like. More is told, since the vocabulary may be another's.
    private static let largestRounding = 128

    /// Checks the vocabulary against a model with an embedding of `size` rows.
    /// - Returns: A notice where the model has more unused rows than rounding up leaves.
    /// - Throws: `TokenizerError.vocabularySize` where a token has no row.
    @discardableResult
    public func check(modelVocabularySize size: Int) throws(TokenizerError) -> String? {
        guard tokens.count <= size else {
            throw .vocabularySize(file: source, found: tokens.count, model: size)
        }
        if size - tokens.count < Self.largestRounding { return nil }
        return
            "\(source): the vocabulary has \(tokens.count) tokens and the model embeddings of \(size); "
            + "the others are never used"
    }

    /// The encoding of a text, or of a pair of texts.
    ///
    /// What is longer than `maxLength` tokens, signs included, is cut at its `truncationSide`; of a pair, the longer text first. The
    /// signs themselves always stay.
    public func encode(_ text: String, pair: String? = nil, maxLength: Int? = nil) -> Encoding {
        var work = Workspace()
        var first: [Int32] = []
        guard let pair else {
            append(text, upTo: room(maxLength, signs: signCount), to: &first, &work)
            return template.encoding(first)
        }
        append(text, upTo: .max, to: &first, &work)
        var second: [Int32] = []
        append(pair, upTo: .max, to: &second, &work)
        let kept = TextTokenizer.longestFirst(
            first.count, second.count, room(maxLength, signs: template.pair.signCount))
        return template.encoding(cut(first, to: kept.first), cut(second, to: kept.second))
    }

    /// The encodings of many texts, on up to `Threads.count` threads.
    /// - Parameter signs: Whether the signs around a text are added (`add_special_tokens` of `tokenizers`).
    public func encode(_ texts: [String], maxLength: Int? = nil, signs: Bool = true) -> PackedEncodings {
        let (before, after) = signs ? (template.before, template.after) : ([], [])
        let limit = room(maxLength, signs: before.count + after.count)
        let blockSize = Self.blockSize(texts.count)
        let blocks = (texts.count + blockSize - 1) / blockSize
        let parts = parallelMap(blocks, blockSize: 1) { block in
            let range = block * blockSize..<min(texts.count, (block + 1) * blockSize)
            var work = Workspace()
            work.model.words = WordCache(texts: range.count)
            var part = PackedEncodings(ids: [], offsets: [0])
            part.ids.reserveCapacity(range.count * 32)
            part.offsets.reserveCapacity(range.count + 1)
            for i in range {
                part.ids.append(contentsOf: before)
                append(texts[i], upTo: limit, to: &part.ids, &work)
                part.ids.append(contentsOf: after)
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

    /// Texts that one thread takes at a time: many, so that words come again, but several times for each thread.
    private static func blockSize(_ count: Int) -> Int { min(4096, max(256, count / (8 * Threads.count))) }

    /// How many signs stand before a text, and behind it.
    package var signs: (before: Int, after: Int) { (template.before.count, template.after.count) }

    /// The signs around one text.
    private var signCount: Int { template.before.count + template.after.count }

    /// The tokens of a text that stay.
    private func cut(_ ids: [Int32], to count: Int) -> ArraySlice<Int32> {
        switch truncationSide {
        case .left: ids.suffix(count)
        case .right: ids.prefix(count)
        }
    }

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

extension TextTokenizer {
    /// Buffers that are used again from text to text.
    private struct Workspace {
        var text: [UInt8] = []
        var normalized: [UInt8] = []
        var normalizer = NormalizerChain.Memory()
        var pieces = Pieces()
        var model = TokenizerModel.Memory()
    }

    /// Appends the ids of a text, at most `limit` of them.
    private func append(_ text: String, upTo limit: Int, to ids: inout [Int32], _ work: inout Workspace) {
        let start = ids.count
        // Whose beginning is cut is read whole.
        let end = limit == .max || truncationSide == .left ? .max : start + limit
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
        let surplus = ids.count - start - limit
        if surplus <= 0 { return }
        switch truncationSide {
        case .left: ids.removeSubrange(start..<start + surplus)
        case .right: ids.removeLast(surplus)
        }
    }

    /// Appends the ids of `work.text[range]`, in which no token occurs as given.
    private func appendPlain(
        _ range: Range<Int>, upTo end: Int, to ids: inout [Int32], _ work: inout Workspace
    ) {
        let keepsStart = normalizer.normalize(work.text, range, into: &work.normalized, &work.normalizer)
        let beginsText = keepsStart && range.lowerBound == 0
        let whole = work.normalized.indices
        if normalizedTokens.isEmpty || !normalizedTokens.mayOccur(in: work.normalized, whole) {
            return appendWords(whole, beginsText: beginsText, upTo: end, to: &ids, &work)
        }
        for part in normalizedTokens.parts(of: work.normalized, whole) {
            if part.id >= 0 {
                ids.append(part.id)
            } else {
                appendWords(
                    part.range, beginsText: beginsText && part.range.lowerBound == 0, upTo: end, to: &ids,
                    &work)
            }
            if ids.count >= end { return }
        }
    }

    /// Appends the ids of `work.normalized[range]`, in which no added token occurs.
    private func appendWords(
        _ range: Range<Int>, beginsText: Bool, upTo end: Int, to ids: inout [Int32], _ work: inout Workspace
    ) {
        if isBert {
            BertSplitter.forEachWord(of: work.normalized, range) { word in
                model.append(work.normalized, word, to: &ids, &work.model)
                return ids.count < end
            }
            return
        }
        split(range, beginsText: beginsText, &work)
        for piece in work.pieces.ranges {
            model.append(work.pieces.bytes, piece, to: &ids, &work.model)
            if ids.count >= end { return }
        }
    }

    /// Puts the pieces of `work.normalized[range]` in `work.pieces`.
    private func split(_ range: Range<Int>, beginsText: Bool, _ work: inout Workspace) {
        work.pieces.bytes.removeAll(keepingCapacity: true)
        work.pieces.bytes.append(contentsOf: work.normalized[range])
        work.pieces.ranges.removeAll(keepingCapacity: true)
        if !range.isEmpty { work.pieces.ranges.append(0..<range.count) }
        work.pieces.beginsText = beginsText
        for step in preTokenizers { step.apply(to: &work.pieces) }
    }

    /// The words of a text before they are cut into tokens; added tokens are words like others here.
    package func words(of text: String) -> [String] {
        var work = Workspace()
        let bytes = Array(text.utf8)
        let beginsText = normalizer.normalize(bytes, bytes.indices, into: &work.normalized, &work.normalizer)
        split(work.normalized.indices, beginsText: beginsText, &work)
        return work.pieces.ranges.map { String(decoding: work.pieces.bytes[$0], as: UTF8.self) }
    }
}
