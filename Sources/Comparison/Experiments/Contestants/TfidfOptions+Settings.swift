import Features
import Foundation
import SafeFiles
import SettingKeys
import TextTokenizers

/// The values of the keys of `tfidf:`.
struct TfidfKeys: Sendable {
    var options = TfidfOptions()
    /// A file of words is read when the folder of its path is known.
    var stopWords: Setting?

    static let keys = KeyTable(TfidfKeys()) {
        SettingKey(
            "analyzer", \.options.analyzer, .choice,
            "What terms are made of: words, characters, or characters within words.")
        SettingKey(
            "ngram-range", \.options.ngramRange, .ngramRange,
            "Min and max length of an n-gram; [1, 2] is unigrams and bigrams.")
        SettingKey("lowercase", \.options.lowercase, .flag, "Whether texts are lowercased.")
        SettingKey("strip-accents", \.options.stripAccents, .choice, "How accents are stripped.")
        SettingKey(
            "stop-words", \.stopWords, .later("none, english, a list of words, or {file: PATH}"),
            absent: "none",
            "Words that are left out.")
        SettingKey(
            "max-features", \.options.maxFeatures, .count(atLeast: 1), absent: "all terms",
            "Max number of terms; the most frequent stay.")
        SettingKey(
            "min-df", \.options.minDf, .documentFrequency,
            "Min document frequency: a count, or a share of the texts.")
        SettingKey(
            "max-df", \.options.maxDf, .documentFrequency,
            "Max document frequency: a count, or a share of the texts.")
        SettingKey(
            "binary", \.options.binary, .flag,
            "Whether all counts above 0 become 1.")
        SettingKey("sublinear-tf", \.options.sublinearTf, .flag, "Whether a count tf becomes 1 + ln(tf).")
        SettingKey(
            "use-idf", \.options.useIdf, .flag, "Whether counts are weighted by inverse document frequency.")
        SettingKey(
            "smooth-idf", \.options.smoothIdf, .flag,
            "Whether 1 is added to document counts, as scikit-learn's smooth_idf."
        )
        SettingKey("norm", \.options.norm, .choice, "The norm to which each text's vector is scaled.")
    }
}

extension TfidfOptions {
    /// Reads the `tfidf:` of a contestant.
    /// - Parameter folder: What the path of a stop list starts from.
    package init(setting: Setting, folder: URL) throws {
        try self.init(TfidfKeys.keys.read(setting), folder: folder)
    }

    /// The same from keys that were read.
    init(_ keys: ReadSettings<TfidfKeys>, folder: URL) throws {
        self = keys.options
        guard let setting = keys.setting(\.stopWords) else { return }
        stopWords = try Self.stopWords(setting, folder: folder)
        if analyzer != .word && stopWords != .none {
            throw setting.badValue(expected: "no stop words with analyzer \(analyzer.rawValue)")
        }
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
            let path = try StopListKey.keys.read(setting).required(\.file)
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
}

private struct StopListKey: Sendable {
    var file: Setting?

    static let keys = KeyTable(StopListKey()) {
        SettingKey(required: "file", \.file, .later("a path"), "The file of the words.")
    }
}

/// The longest n-gram: a text has as many of each length as it has words, so more would fill the memory.
private let maxNgram = 100

extension ValueForm<ClosedRange<Int>> {
    fileprivate static var ngramRange: ValueForm {
        ValueForm("two integers, such as [1, 2]", spell: { "[\($0.lowerBound), \($0.upperBound)]" }) {
            (setting) throws(SettingsError) in
            guard case .list(let bounds) = setting.value, bounds.count == 2 else {
                throw setting.badValue(expected: "two integers, such as [1, 2]")
            }
            let least = try bounds[0].int(in: 1...maxNgram)
            return least...(try bounds[1].int(in: least...maxNgram))
        }
    }
}

extension ValueForm<TfidfOptions.DocumentFrequency> {
    /// An integer is a count of texts, a number with a point a share of them, as in scikit-learn.
    fileprivate static var documentFrequency: ValueForm {
        ValueForm(
            "an integer, or a share from 0 to 1",
            spell: {
                switch $0 {
                case .count(let count): "\(count)"
                case .share(let share): "\(share)"
                }
            }
        ) { (setting) throws(SettingsError) in
            if let count = try? setting.int() {
                guard count >= 1 else {
                    throw setting.badValue(expected: "a count of at least 1, or a share")
                }
                return .count(count)
            }
            let share = try setting.double()
            guard (0...1).contains(share) else {
                throw setting.badValue(expected: "a count, or a share from 0 to 1")
            }
            return .share(share)
        }
    }
}
