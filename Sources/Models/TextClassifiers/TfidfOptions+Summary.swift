import Features
import SettingKeys

extension TfidfOptions {
    /// In a few words, for a report.
    ///
    /// - Parameter termCount: The terms that there are, once they are counted.
    public func summary(termCount: Int? = nil) -> String {
        let terms =
            termCount.map { counted($0, "term") } ?? maxFeatures.map { "at most \($0) terms" }
            ?? "all terms"
        var parts = ["TF-IDF of \(terms)"]
        let units = analyzer == .word ? "words" : analyzer == .char ? "characters" : "characters in words"
        if ngramRange != 1...1 || analyzer != .word {
            parts.append("\(ngramRange.lowerBound) to \(ngramRange.upperBound) \(units)")
        }
        switch stopWords {
        case .none: break
        case .english: parts.append("without english stop words")
        case .list(let words): parts.append("without \(words.count) stop words")
        }
        if sublinearTf { parts.append("sublinear") }
        if binary { parts.append("binary") }
        if !useIdf { parts.append("without idf") }
        return parts.joined(separator: ", ")
    }
}
