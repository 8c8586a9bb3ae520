import Features
import Foundation
import Learners
import SafeFiles
import TensorFiles

/// A linear classifier of TF-IDF vectors.
public typealias TfidfClassifier = FeatureClassifier<TfidfOptions>
public typealias FittedTfidfClassifier = FittedFeatureClassifier<TfidfVectorizer>

extension FeatureClassifier<TfidfOptions> {
    /// By default logistic regression.
    public init(tfidf: TfidfOptions = .init(), learner: Learner = .logistic(.init())) {
        self.init(tfidf, learner)
    }
}

extension TfidfOptions: Featurizer {
    public var isNonNegative: Bool { true }

    /// - Throws: `VocabularyError` when no term is left.
    public func fit(
        _ texts: [String], _ context: FitContext
    ) throws -> (featurizer: TfidfVectorizer, features: FeatureMatrix) {
        let (vectorizer, X) = try TfidfVectorizer.fit(self, to: texts, memory: context.counts)
        return (vectorizer, FeatureMatrix(X))
    }
}

extension TfidfVectorizer: FittedFeaturizer {
    public typealias Failure = Never

    public var featureCount: Int { vocabulary.count }
    public var terms: [String]? { vocabulary }
    public var summary: String? { options.summary(termCount: vocabulary.count) }

    public func features(of texts: [String]) -> FeatureMatrix { FeatureMatrix(transform(texts)) }

    public var notices: [String] {
        let parts = options.unlistedPartsOfStopWords
        guard !parts.isEmpty else { return [] }
        let shown = parts.prefix(10).joined(separator: ", ") + (parts.count > 10 ? ", ..." : "")
        return [
            "words of the stop list are taken apart as texts are, into \(shown), which are not in it: such words stay; add "
                + "these to the list"
        ]
    }
}

extension TfidfVectorizer {
    /// What a saved vectorizer says in `tfidf.json`; the inverse document frequencies stand in `tfidf.safetensors`.
    private struct Saved: Codable {
        static let format = "bakeoff tfidf"
        static let version = 2

        var format = Self.format
        var version = Self.version
        var options: TfidfOptions
        var vocabulary: [String]
    }

    /// What versions before 0.3 wrote into `model.json` together with the linear model.
    private struct SavedTogether: Decodable {
        struct Options: Decodable { let tfidf: TfidfOptions }

        let options: Options
        let vocabulary: [String]
    }

    /// F64. Shape: [D].
    private static let idfName = "idf"

    public func save(to folder: URL) throws {
        let idf = Safetensors(
            tensors: [TfidfVectorizer.idfName: .init(shape: [idf.count], values: .float64(idf))])
        try OutputFile.write(
            try idf.encoded(), to: folder.appendingPathComponent("tfidf.safetensors"))
        try OutputFile.write(
            try ModelFile.encoded(Saved(options: options, vocabulary: vocabulary)),
            to: folder.appendingPathComponent("tfidf.json"))
    }

    /// - Throws: `FileError`, or `LinearModelError.badModel` for files that cannot be a vectorizer's.
    public init(from folder: URL) throws {
        let own = folder.appendingPathComponent("tfidf.json")
        let isOfItsOwn = FileManager.default.fileExists(atPath: own.path)
        let file = isOfItsOwn ? own : folder.appendingPathComponent("model.json")
        let saved: Saved
        if isOfItsOwn {
            saved = try ModelFile.decode(Saved.self, from: file, format: Saved.format, version: Saved.version)
        } else {
            let old = try ModelFile.decode(SavedTogether.self, from: file, format: Saved.format, version: 1)
            saved = Saved(options: old.options.tfidf, vocabulary: old.vocabulary)
        }
        let D = saved.vocabulary.count
        // The vocabulary's terms are its keys; as bytes, since Swift takes canonically equal texts for one.
        guard Set(saved.vocabulary.map { Array($0.utf8) }).count == D else {
            throw LinearModelError.badModel(file: file.path, reason: "a term occurs twice")
        }
        guard saved.options.ngramRange.lowerBound >= 1 else {
            throw LinearModelError.badModel(
                file: file.path, reason: "n-grams of \(saved.options.ngramRange.lowerBound) words")
        }
        let numbers = try ModelFile.doubles(
            [TfidfVectorizer.idfName: [D]],
            from: folder.appendingPathComponent(isOfItsOwn ? "tfidf.safetensors" : "model.safetensors"))
        self.init(
            options: saved.options, vocabulary: saved.vocabulary,
            idf: numbers[TfidfVectorizer.idfName] ?? [])
    }
}
