/// Takes texts apart into terms exactly as scikit-learn's `CountVectorizer` does.
public struct TextAnalyzer: Sendable {
    private let options: AnalyzerOptions
    private let stopWords: TermTable

    /// - Precondition: N-grams have at least one unit.
    public init(_ options: AnalyzerOptions = .init()) {
        precondition(options.ngramRange.lowerBound >= 1)
        self.options = options
        var words = TermTable()
        for word in options.stopWords.words {
            let bytes = Array(word.utf8)
            _ = words.insert(bytes, 0..<bytes.count)
        }
        stopWords = words
    }

    /// The terms of `text`: by length, then in their order.
    public func terms(in text: String) -> [String] {
        var buffer = TermBuffer()
        analyze(text, into: &buffer)
        return buffer.terms.map { String(decoding: buffer.bytes[$0], as: UTF8.self) }
    }

    /// Replaces what is in `buffer` by the terms of `text`.
    public func analyze(_ text: String, into buffer: inout TermBuffer) {
        buffer.read(NormalizedText.bytes(of: text, options))
        switch options.unit {
        case .word:
            buffer.findWords()
            if stopWords.count > 0 { buffer.dropWords(in: stopWords) }
            if options.ngramRange != 1...1 { buffer.joinWords(options.ngramRange) }
        case .char: buffer.findCharacters(options.ngramRange)
        case .charWb: buffer.findCharactersInWords(options.ngramRange)
        }
    }
}
