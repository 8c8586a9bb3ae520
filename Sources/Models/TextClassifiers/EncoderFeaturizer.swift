import Encoders
import Foundation
import Learners
import LinearAlgebra
import SafeFiles

/// The vectors that an encoder makes of texts, as features. The encoder is not trained.
public struct EncoderFeaturizer: Featurizer, FittedFeaturizer {
    public typealias Failure = any Error

    public let encoder: TextEncoder
    public let options: EncodingOptions
    /// The encoder's folder.
    private let folder: URL
    /// How a saved model names the encoder: a path, or what a resolver understands.
    private let name: String
    private let store: (any VectorStore)?
    public package(set) var notices: [String]
    /// Told of progress, and asked whether to stop.
    private var context: FitContext?

    /// Reads the encoder of a folder.
    /// - Parameters:
    ///   - options: By default what the folder says.
    ///   - precision: Of the encoder's weights.
    public init(folder: URL, options: EncodingOptions? = nil, precision: Precision = .f32) throws {
        let encoder = try TextEncoder(folder: folder, precision: precision)
        self.init(
            encoder, options ?? encoder.options(), folder: folder, name: folder.standardizedFileURL.path)
    }

    package init(
        _ encoder: TextEncoder, _ options: EncodingOptions, folder: URL, name: String,
        store: (any VectorStore)? = nil, notices: [String] = []
    ) {
        self.encoder = encoder
        self.options = options
        self.folder = folder
        self.name = name
        self.store = store
        self.notices = encoder.notices + notices
    }

    public var featureCount: Int { encoder.width }
    public var isNonNegative: Bool { false }

    public func fit(
        _ texts: [String], _ context: FitContext
    ) throws -> (featurizer: EncoderFeaturizer, features: FeatureMatrix) {
        var featurizer = self
        featurizer.context = context
        return (featurizer, try featurizer.features(of: texts))
    }

    public func features(of texts: [String]) throws -> FeatureMatrix {
        guard let store else {
            return FeatureMatrix(try encoder.encode(texts, options) { try report($0, $1) })
        }
        let vectors = try store.vectors(of: texts) { texts, before, total in
            try encoder.encode(texts, options) { done, _ in try report(before + done, total) }.values
        }
        return FeatureMatrix(
            Matrix(rowCount: texts.count, columnCount: encoder.width, values: vectors))
    }

    private func report(_ done: Int, _ total: Int) throws {
        try context?.stopIfAsked()
        context?.progress(FitProgress(phase: "encoding", completed: done, total: total, unit: "texts"))
    }
}

/// A place where vectors of texts are kept, so that they are computed once.
package protocol VectorStore: Sendable {
    /// The vector of each text, computed and kept where it is not stored. Shape: [texts, width].
    /// - Parameter compute: Vectors of some texts; told how many are done before and how many are to be done.
    func vectors(
        of texts: [String], computing compute: ([String], _ done: Int, _ of: Int) throws -> [Float]
    ) throws -> [Float]
}

extension EncoderFeaturizer {
    /// What `encoder.json` beside the linear model says.
    private struct Saved: Codable {
        /// A path, or what a resolver understands.
        var encoder: String
        /// Of the encoder's files, whole.
        var filesSHA256: String
        var view: EncodingOptions
        /// Absent for float32, which was the only one once.
        var precision: Precision?

        private enum CodingKeys: String, CodingKey {
            case encoder, view, precision
            case filesSHA256 = "files_sha256"
        }
    }

    private static func file(in folder: URL) -> URL { folder.appendingPathComponent("encoder.json") }

    /// Whether a folder holds what `save(to:)` writes.
    package static func isSaved(in folder: URL) -> Bool {
        FileManager.default.fileExists(atPath: file(in: folder).path)
    }

    /// The encoder that `save(to:)` named in a folder; nil where it wrote nothing.
    package static func savedName(in folder: URL) -> String? {
        guard let bytes = try? InputFile(file(in: folder)).readToEnd() else { return nil }
        return (try? JSONDecoder().decode(Saved.self, from: Data(bytes)))?.encoder
    }

    public func save(to folder: URL) throws {
        let saved = Saved(
            encoder: name, filesSHA256: try EncoderFiles.sha256(of: self.folder), view: options,
            precision: encoder.precision == .f32 ? nil : encoder.precision)
        try OutputFile.write(try ModelFile.encoded(saved), to: EncoderFeaturizer.file(in: folder))
    }

    /// Reads what `save(to:)` wrote, where that names the encoder by its path.
    public init(from folder: URL) throws {
        try self.init(from: folder) { URL(fileURLWithPath: $0, relativeTo: folder) }
    }

    /// - Parameter resolve: The encoder's folder by the name that was saved.
    package init(from folder: URL, resolve: (String) throws -> URL) throws {
        let file = EncoderFeaturizer.file(in: folder)
        let bytes = try InputFile(file).readToEnd()
        guard let saved = try? JSONDecoder().decode(Saved.self, from: Data(bytes)) else {
            throw TextClassifierError.notAModel(
                path: file.path,
                reason:
                    "it does not describe an encoder, or was written by a version that looked at the start of the "
                    + "encoder's weights only; run the experiment again")
        }
        if let length = saved.view.maxLength, length < 1 {
            throw TextClassifierError.notAModel(
                path: file.path, reason: "view.max_length is \(length), expected a whole number above 0")
        }
        let place = try resolve(saved.encoder)
        if try EncoderFiles.sha256(of: place) != saved.filesSHA256 {
            throw TextClassifierError.notAModel(
                path: folder.path, reason: "the encoder in \(place.path) is not the one it was fitted on")
        }
        self.init(
            try TextEncoder(folder: place, precision: saved.precision ?? .f32), saved.view, folder: place,
            name: saved.encoder)
    }

    /// The same with the encoder's weights in another precision, read again from its folder.
    public func reading(in precision: Precision) throws -> EncoderFeaturizer? {
        if precision == encoder.precision { return self }
        return EncoderFeaturizer(
            try TextEncoder(folder: folder, precision: precision), options, folder: folder, name: name)
    }
}
