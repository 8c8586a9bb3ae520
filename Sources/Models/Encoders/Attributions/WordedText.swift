import TextTokenizers

/// A text as an encoder reads it, with the tokens of its words, and the same text with its words unsaid.
package struct WordedText: Sendable {
    /// With the signs around the text, and with what is put before it. Shape: [T].
    package let ids: [Int32]
    /// The same with every token of a word replaced by the mask, or where there is none by the unknown token or that which
    /// fills rows; nil, a vector of zeros, where there is none of these either. Shape: [T].
    package let baseline: [Int32?]
    /// The words that are read. Their tokens are places in `ids`.
    package let words: [TokenizedWord]
    /// The spelling of each token. Shape: [T].
    package let spellings: [String]

    /// Tokens without words.
    package init(ids: [Int32], baseline: [Int32?]) {
        precondition(ids.count == baseline.count)
        self.ids = ids
        self.baseline = baseline
        (words, spellings) = ([], [])
    }

    /// What a network reads.
    /// - Parameters:
    ///   - prefix: What is put before the text, which is no word of it.
    ///   - maxLength: The most tokens, signs among them.
    package init(_ text: String, prefix: String?, maxLength: Int?, _ tokenizer: TextTokenizer) {
        let whole = (prefix ?? "") + text
        let ids = Array(tokenizer.encode([whole], maxLength: maxLength)[0])
        let signs = tokenizer.signs
        // The signs always stay.
        let kept = ids[signs.before..<ids.count - signs.after]
        let all: ArraySlice<Int32> =
            switch tokenizer.truncationSide {
            case .right: kept
            case .left: tokenizer.encode([whole], signs: false)[0]
            }
        self.init(
            ids, of: whole, prefix: prefix, all, kept: kept.indices, tokenizer
        ) { tokenizer.encode($0, signs: false) }
    }

    /// What a table of token vectors takes the mean of.
    package init(_ text: String, prefix: String?, maxLength: Int?, _ bag: TokenBag) {
        let whole = (prefix ?? "") + text
        let ids = Array(bag.encode([whole], maxLength: maxLength)[0])
        let all: ArraySlice<Int32> =
            switch bag.tokenizer.truncationSide {
            case .right: ids[...]
            case .left: bag.encode([whole], maxLength: nil)[0]
            }
        self.init(
            ids, of: whole, prefix: prefix, all, kept: ids.indices, bag.tokenizer
        ) { bag.encode($0, maxLength: nil) }
    }

    /// - Parameters:
    ///   - all: The tokens of the text without signs, whole or with its end cut off.
    ///   - kept: The places in `ids` of the last of those.
    private init(
        _ ids: [Int32], of whole: String, prefix: String?, _ all: ArraySlice<Int32>, kept: Range<Int>,
        _ tokenizer: TextTokenizer, encode: ([String]) -> PackedEncodings
    ) {
        let start = prefix?.unicodeScalars.count ?? 0
        let shift = kept.upperBound - all.count
        words = TokenizedWord.words(of: whole, ids: all, from: start, encode: encode).compactMap { word in
            let tokens = max(kept.lowerBound, word.tokens.lowerBound + shift)
            let end = word.tokens.upperBound + shift
            if tokens >= end { return nil }
            return TokenizedWord(
                word: word.word, place: word.place.lowerBound - start..<word.place.upperBound - start,
                tokens: tokens..<end)
        }
        self.ids = ids
        spellings = tokenizer.tokens(of: ids)
        let special = tokenizer.special
        let unsaid = special.mask ?? special.unknown ?? special.padding
        var baseline: [Int32?] = ids
        for word in words { for token in word.tokens { baseline[token] = unsaid } }
        self.baseline = baseline
    }
}
