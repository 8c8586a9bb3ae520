import Tokenizers

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
        /// Euclidean length 1.
        case l2
    }

    /// Keep only so many terms, the most frequent of the corpus; nil keeps all.
    public var maxFeatures: Int?
    public var stopWords: WordAnalyzer.StopWords = .none
    /// Drop terms of fewer texts.
    public var minDf: DocumentFrequency = .count(1)
    /// Drop terms of more texts.
    public var maxDf: DocumentFrequency = .share(1)
    /// Use 1 + ln(count) instead of the count.
    public var sublinearTf = false
    /// Count one more text that holds every term: idf = ln((1 + n) / (1 + df)) + 1, else ln(n / df) + 1.
    public var smoothIdf = true
    public var norm: Norm = .l2
    public var lowercase = true

    public init() {}
}
