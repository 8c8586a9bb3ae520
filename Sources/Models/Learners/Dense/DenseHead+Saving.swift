import Foundation
import Labels

/// What a saved head says in `model.json`; the numbers stand in `model.safetensors`.
private struct SavedDenseHead: Codable {
    static let format = "bakeoff dense-head"
    static let version = 1

    var format = Self.format
    var version = Self.version
    var options: HeadOptions
    var labelSpace: LabelSpace
    /// H.
    var featureCount: Int
    var notices: [FitNotice]
}

extension DenseHead {
    /// Writes `model.json` and `model.safetensors` into `folder`.
    public func save(to folder: URL) throws {
        let saved = SavedDenseHead(
            options: options, labelSpace: labelSpace, featureCount: coefficients.columnCount,
            notices: notices)
        try LinearModelFiles(in: folder).write(saved, coefficients: coefficients, intercepts: intercepts)
    }

    /// Reads what `save` wrote.
    /// - Throws: `FileError`, or `LinearModelError.badModel` for files that cannot belong to one model of ours.
    public init(from folder: URL) throws {
        let files = LinearModelFiles(in: folder)
        let description = files.description
        let saved = try ModelFile.decode(
            SavedDenseHead.self, from: description, format: SavedDenseHead.format,
            version: SavedDenseHead.version)
        let labelSpace = try ModelFile.validated(saved.labelSpace, file: description)
        let scheme = DenseHead.scheme(saved.options, labelSpace)
        let (M, H) = (LinearClassifier.modelCount(scheme, labelSpace), saved.featureCount)
        let numbers = try files.numbers(modelCount: M, columnCount: H)
        self.init(
            options: saved.options, labelSpace: labelSpace, scheme: scheme,
            coefficients: numbers.coefficients, intercepts: numbers.intercepts, notices: saved.notices)
    }
}
