import Features
import Foundation
import Learners
import LinearAlgebra
import SafeFiles
import TensorFiles

extension LSAOptions: Featurizer {
    public var isNonNegative: Bool { false }

    /// - Throws: `VocabularyError` when no term is left.
    public func fit(
        _ texts: [String], _ context: FitContext
    ) throws -> (featurizer: LatentSemantics, features: FeatureMatrix) {
        let (semantics, X) = try LatentSemantics.fit(self, to: texts, memory: context.counts)
        return (semantics, FeatureMatrix(X))
    }

    /// In a few words, for a report.
    /// - Parameters:
    ///   - components: Those that there are, once they are known.
    ///   - termCount: The terms that there are, once they are counted.
    public func summary(components: Int? = nil, termCount: Int? = nil) -> String {
        "\(tfidf.summary(termCount: termCount)), \(components ?? self.components) components by SVD"
            + (normalize ? ", normalised" : "")
    }
}

extension LatentSemantics: FittedFeaturizer {
    public typealias Failure = Never

    public var featureCount: Int { singularValues.count }

    public var summary: String? {
        options.summary(components: featureCount, termCount: vectorizer.vocabulary.count)
    }

    public func features(of texts: [String]) -> FeatureMatrix { FeatureMatrix(transform(texts)) }

    public var notices: [String] {
        vectorizer.notices
            + (featureCount < options.components
                ? ["train has texts or terms for \(featureCount) components, of \(options.components)"] : [])
    }
}

extension LatentSemantics {
    /// What `lsa.json` says; the vectorizer has files of its own.
    private struct Saved: Codable {
        static let format = "bakeoff lsa"
        static let version = 1

        var format = Self.format
        var version = Self.version
        var components: Int
        var normalize: Bool
        /// k.
        var count: Int
    }

    /// Shape: [k].
    private static let valuesName = "singular_values"
    /// Shape: [k, D].
    private static let componentsName = "components"

    private static func file(in folder: URL) -> URL { folder.appendingPathComponent("lsa.json") }
    private static func tensors(in folder: URL) -> URL { folder.appendingPathComponent("lsa.safetensors") }

    /// Whether a folder holds what `save(to:)` writes.
    package static func isSaved(in folder: URL) -> Bool {
        FileManager.default.fileExists(atPath: file(in: folder).path)
    }

    public func save(to folder: URL) throws {
        try vectorizer.save(to: folder)
        let tensors = Safetensors(tensors: [
            LatentSemantics.valuesName: .init(
                shape: [singularValues.count], values: .float64(singularValues)),
            LatentSemantics.componentsName: .init(
                shape: [components.rowCount, components.columnCount], values: .float64(components.values)),
        ])
        try OutputFile.write(try tensors.encoded(), to: LatentSemantics.tensors(in: folder))
        try OutputFile.write(
            try ModelFile.encoded(
                Saved(
                    components: options.components, normalize: options.normalize, count: singularValues.count)
            ),
            to: LatentSemantics.file(in: folder))
    }

    /// - Throws: `FileError`, or `LinearModelError.badModel` for files that cannot be those of one.
    public init(from folder: URL) throws {
        let file = LatentSemantics.file(in: folder)
        let saved = try ModelFile.decode(
            Saved.self, from: file, format: Saved.format, version: Saved.version)
        guard saved.count >= 1, saved.components >= saved.count else {
            throw LinearModelError.badModel(
                file: file.path, reason: "\(saved.count) components of \(saved.components)")
        }
        let vectorizer = try TfidfVectorizer(from: folder)
        let D = vectorizer.vocabulary.count
        let numbers = try ModelFile.doubles(
            [LatentSemantics.valuesName: [saved.count], LatentSemantics.componentsName: [saved.count, D]],
            from: LatentSemantics.tensors(in: folder))
        var options = LSAOptions()
        (options.tfidf, options.components, options.normalize) =
            (vectorizer.options, saved.components, saved.normalize)
        self.init(
            options: options, vectorizer: vectorizer,
            singularValues: numbers[LatentSemantics.valuesName] ?? [],
            components: Matrix(
                rowCount: saved.count, columnCount: D, values: numbers[LatentSemantics.componentsName] ?? []))
    }
}
