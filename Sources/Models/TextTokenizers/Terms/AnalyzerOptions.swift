/// How a text becomes terms: names, defaults and meaning of scikit-learn's `CountVectorizer`.
public struct AnalyzerOptions: Equatable, Sendable {
    /// What n-grams are made of.
    public enum Unit: String, Codable, Sendable, CaseIterable {
        /// Runs of two or more word characters: token pattern `(?u)\b\w\w+\b`.
        case word
        /// Characters (code points), across words; a run of white space counts as one space.
        case char
        /// Characters within words, each word with a space before and after it.
        case charWb = "char_wb"
    }

    /// What becomes of accents. Both decompose characters (NFKD) first.
    public enum StripAccents: String, Codable, Sendable, CaseIterable {
        case none
        /// Only ASCII characters remain.
        case ascii
        /// Marks that combine are dropped.
        case unicode
    }

    /// Which words are dropped before n-grams are made; characters have no stop words.
    public enum StopWords: Equatable, Sendable {
        case none
        /// scikit-learn's list.
        case english
        /// Compared with words after lower-casing and accent stripping, as they are.
        case list([String])
    }

    public var unit: Unit = .word
    /// From how many units a term is made, to how many.
    public var ngramRange: ClosedRange<Int> = 1...1
    public var lowercase = true
    public var stripAccents: StripAccents = .none
    public var stopWords: StopWords = .none

    public init() {}
}

extension AnalyzerOptions.StopWords {
    /// The words themselves.
    public var words: [String] {
        switch self {
        case .none: []
        case .english: englishStopWords
        case .list(let words): words
        }
    }
}

/// As JSON: `"none"`, `"english"` or a list of words.
extension AnalyzerOptions.StopWords: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let words = try? container.decode([String].self) {
            self = .list(words)
            return
        }
        switch try container.decode(String.self) {
        case "none": self = .none
        case "english": self = .english
        case let other:
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no stop list '\(other)'")
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .none: try container.encode("none")
        case .english: try container.encode("english")
        case .list(let words): try container.encode(words)
        }
    }
}
