/// Why no vocabulary can be made of texts.
public enum VocabularyError: Error, Equatable, Sendable {
    /// No text holds a word, or only stop words.
    case noTerms(textCount: Int)
    /// `minDf`, `maxDf` or `maxFeatures` leave none of the terms.
    case noTermsAfterPruning(termCount: Int)
    /// `maxDf` is below `minDf`, as numbers of texts.
    case documentFrequenciesCross(least: Double, most: Double)
}

extension VocabularyError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .noTerms(let textCount):
            "empty vocabulary: none of the \(textCount) texts holds a word of two letters that is no stop word"
        case .noTermsAfterPruning(let termCount):
            "none of the \(termCount) terms is left; try a lower min-df or a higher max-df or max-features"
        case .documentFrequenciesCross(let least, let most):
            "max-df (\(most) texts) is below min-df (\(least) texts)"
        }
    }
}
