import Features
import Foundation
import SafeFiles
import SettingKeys
import TextTokenizers

extension TfidfOptions {
    static let keys = [
        "analyzer", "ngram-range", "lowercase", "strip-accents", "stop-words", "max-features", "min-df",
        "max-df", "binary", "sublinear-tf", "use-idf", "smooth-idf", "norm",
    ]

    /// Reads the `tfidf:` of a contestant.
    /// - Parameter folder: What the path of a stop list starts from.
    init(setting: Setting, folder: URL) throws {
        self.init()
        let mapping = try setting.mapping(known: TfidfOptions.keys)
        analyzer = try mapping["analyzer"]?.oneOf() ?? analyzer
        ngramRange = try mapping["ngram-range"].map(Self.ngramRange) ?? ngramRange
        lowercase = try mapping["lowercase"]?.bool() ?? lowercase
        stripAccents = try mapping["strip-accents"]?.oneOf() ?? stripAccents
        stopWords = try mapping["stop-words"].map { try Self.stopWords($0, folder: folder) } ?? stopWords
        if analyzer != .word && stopWords != .none, let setting = mapping["stop-words"] {
            throw setting.badValue(expected: "no stop words with analyzer \(analyzer.rawValue)")
        }
        maxFeatures = try mapping["max-features"]?.int(atLeast: 1)
        minDf = try mapping["min-df"].map { try DocumentFrequency(setting: $0) } ?? minDf
        maxDf = try mapping["max-df"].map { try DocumentFrequency(setting: $0) } ?? maxDf
        binary = try mapping["binary"]?.bool() ?? binary
        sublinearTf = try mapping["sublinear-tf"]?.bool() ?? sublinearTf
        useIdf = try mapping["use-idf"]?.bool() ?? useIdf
        smoothIdf = try mapping["smooth-idf"]?.bool() ?? smoothIdf
        norm = try mapping["norm"]?.oneOf() ?? norm
    }

    /// The longest n-gram: a text has as many of each length as it has words, so more would fill the memory.
    private static let maxNgram = 100

    /// `[1, 2]`: words alone and in pairs.
    private static func ngramRange(_ setting: Setting) throws -> ClosedRange<Int> {
        guard case .list(let bounds) = setting.value, bounds.count == 2 else {
            throw setting.badValue(expected: "two numbers, such as [1, 2]")
        }
        let least = try bounds[0].int(in: 1...maxNgram)
        return least...(try bounds[1].int(in: least...maxNgram))
    }

    /// `none`, `english`, a list of words, or `{file: words.txt}`: words between white space.
    private static func stopWords(_ setting: Setting, folder: URL) throws -> AnalyzerOptions.StopWords {
        if case .list = setting.value {
            let words = try setting.strings()
            if words.isEmpty {
                throw setting.badValue(expected: "words; 'stop-words: none' takes no word out")
            }
            return .list(words)
        }
        if case .mapping = setting.value {
            let path = try setting.mapping(known: ["file"]).required("file")
            let file = URL(fileURLWithPath: try path.string(), relativeTo: folder)
            let words = try InputFile.text(of: file).split(whereSeparator: \.isWhitespace).map(String.init)
            if words.isEmpty {
                throw path.badValue(
                    expected: "a file of words, and it has none; 'stop-words: none' takes no word out")
            }
            return .list(words)
        }
        switch try setting.string() {
        case "none": return .none
        case "english": return .english
        default: throw setting.badValue(expected: "none, english, a list of words or {file: PATH}")
        }
    }

    /// In a few words, for a report.
    ///
    /// - Parameter termCount: The terms that there are, once they are counted.
    func summary(termCount: Int? = nil) -> String {
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

extension TfidfOptions.DocumentFrequency {
    /// A whole number is a count of texts, a number with a point a share of them, as in scikit-learn.
    fileprivate init(setting: Setting) throws {
        if let count = try? setting.int() {
            guard count >= 1 else { throw setting.badValue(expected: "a count of at least 1, or a share") }
            self = .count(count)
        } else {
            let share = try setting.double()
            guard (0...1).contains(share) else {
                throw setting.badValue(expected: "a count, or a share from 0 to 1")
            }
            self = .share(share)
        }
    }
}
