import TextTokenizers

/// How texts become TF-IDF vectors: names, defaults and meaning of scikit-learn's `TfidfVectorizer`.
public struct TfidfOptions: Codable, Equatable, Sendable {
    /// A bound on how many texts a term occurs in.
    public enum DocumentFrequency: Codable, Equatable, Sendable {
        case count(Int)
        /// A share of all texts, from 0 to 1.
        case share(Double)

        /// The bound as a number of texts.
        func count(of textCount: Int) -> Double {
            switch self {
            case .count(let count): Double(count)
            case .share(let share): share * Double(textCount)
            }
        }
    }

    /// How long a row is made.
    public enum Norm: String, Codable, Sendable, CaseIterable {
        case none
        /// Sum of absolute values 1.
        case l1
        /// Euclidean length 1.
        case l2
    }

    /// What n-grams are made of.
    public var analyzer: AnalyzerOptions.Unit = .word
    /// From how many units a term is made, to how many.
    public var ngramRange: ClosedRange<Int> = 1...1
    public var lowercase = true
    public var stripAccents: AnalyzerOptions.StripAccents = .none
    public var stopWords: AnalyzerOptions.StopWords = .none
    /// Keep only so many terms, the most frequent of the corpus; nil keeps all.
    public var maxFeatures: Int?
    /// Drop terms of fewer texts.
    public var minDf: DocumentFrequency = .count(1)
    /// Drop terms of more texts.
    public var maxDf: DocumentFrequency = .share(1)
    /// Count a term once a text, however often it occurs there.
    public var binary = false
    /// Use 1 + ln(count) instead of the count.
    public var sublinearTf = false
    /// Multiply by idf.
    public var useIdf = true
    /// Count one more text that holds every term: idf = ln((1 + n) / (1 + df)) + 1, else ln(n / df) + 1.
    public var smoothIdf = true
    public var norm: Norm = .l2

    public init() {}

    /// The terms that stop words of a list are taken apart into and that are no stop words themselves, such as `don` of
    /// `don't`: their words stay in the texts in spite of the list. scikit-learn warns of the same.
    public var unlistedPartsOfStopWords: [String] {
        guard case .list(let words) = stopWords, analyzer == .word else { return [] }
        var plain = analysis
        plain.stopWords = .none
        plain.ngramRange = 1...1
        let analyzer = TextAnalyzer(plain)
        let parts = Set(words.flatMap(analyzer.terms)).subtracting(words)
        return parts.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// The part that takes texts apart.
    var analysis: AnalyzerOptions {
        var options = AnalyzerOptions()
        options.unit = analyzer
        options.ngramRange = ngramRange
        options.lowercase = lowercase
        options.stripAccents = stripAccents
        options.stopWords = stopWords
        return options
    }
}
