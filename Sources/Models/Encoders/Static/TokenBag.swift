import TextTokenizers

/// The tokens of a text that a static embedding takes the mean of: without the signs that a tokenizer puts around a text
/// for a network.
package struct TokenBag: Sendable {
    let tokenizer: TextTokenizer
    /// `tokenizer.json`, as it was read.
    package let tokenizerFile: [UInt8]
    private let reading: Reading
    /// The token that stands for what the vocabulary cannot make; nil for none.
    private let unknown: Int32?
    /// The median number of code points of a token.
    private let medianTokenLength: Int

    /// Which tokens count.
    package enum Reading: String, Sendable {
        /// As `StaticModel.encode` of model2vec: the unknown token does not count. Where there is a limit, a text is first
        /// cut to as many code points as that many tokens of the median length have, and then to that many tokens.
        case model2vec
        /// All of them, as in sentence-transformers.
        case allTokens = "all-tokens"
    }

    /// What a user should know of the tokenizer.
    package var notices: [String] { tokenizer.notices }

    init(_ tokenizer: TextTokenizer, file: [UInt8], _ reading: Reading, unknown: String?) {
        self.tokenizer = tokenizer
        tokenizerFile = file
        self.reading = reading
        let tokens = tokenizer.tokens(of: 0..<Int32(tokenizer.vocabularySize))
        self.unknown = unknown.flatMap { name in tokens.firstIndex(of: name).map { Int32($0) } }
        let lengths = tokens.filter { !$0.isEmpty }.map(\.unicodeScalars.count).sorted()
        let middle = lengths.count / 2
        medianTokenLength =
            lengths.isEmpty ? 0 : (lengths[middle] + lengths[(lengths.count - 1) / 2]) / 2
    }

    /// The tokens of each text, packed.
    /// - Parameter maxLength: The most tokens of a text, unknown ones among them; nil for no limit.
    package func encode(_ texts: [String], maxLength: Int?) -> PackedEncodings {
        switch reading {
        case .allTokens:
            return tokenizer.encode(texts, maxLength: maxLength, signs: false)
        case .model2vec:
            let limit = maxLength.map { $0.multipliedReportingOverflow(by: medianTokenLength) }
            let cut = limit.map { limit in
                limit.overflow ? texts : texts.map { TokenBag.prefix(of: $0, count: limit.partialValue) }
            }
            return without(unknown, tokenizer.encode(cut ?? texts, maxLength: maxLength, signs: false))
        }
    }

    /// The tokens of each text. Shape: [texts][tokens].
    package func sequences(_ texts: [String], maxLength: Int?) -> [[Int32]] {
        let packed = encode(texts, maxLength: maxLength)
        return texts.indices.map { Array(packed[$0]) }
    }

    /// The first code points of a text.
    private static func prefix(of text: String, count: Int) -> String {
        // No text has more code points than bytes.
        text.utf8.count <= count ? text : String(text.unicodeScalars.prefix(count))
    }

    private func without(_ unknown: Int32?, _ encodings: PackedEncodings) -> PackedEncodings {
        guard let unknown, encodings.ids.contains(unknown) else { return encodings }
        var kept = PackedEncodings(ids: [], offsets: [0])
        for text in 0..<encodings.count {
            kept.ids += encodings[text].lazy.filter { $0 != unknown }
            kept.offsets.append(kept.ids.count)
        }
        return kept
    }
}
