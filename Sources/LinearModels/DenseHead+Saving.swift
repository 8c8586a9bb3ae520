import Files
import Foundation
import Labels
import Tensors

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

/// The names of a saved head's files and tensors; all tensors are F64.
private enum SavedName {
    static let description = "model.json"
    static let tensors = "model.safetensors"
    /// Shape: [M, H].
    static let coefficients = "coef"
    /// Shape: [M].
    static let intercepts = "intercept"
}

extension DenseHead {
    /// Writes `model.json` and `model.safetensors` into `folder`.
    public func save(to folder: URL) throws {
        let tensors = Safetensors(
            tensors: [
                SavedName.coefficients: .init(
                    shape: [coefficients.rowCount, coefficients.columnCount],
                    values: .float64(coefficients.values)),
                SavedName.intercepts: .init(shape: [intercepts.count], values: .float64(intercepts)),
            ])
        let saved = SavedDenseHead(
            options: options, labelSpace: labelSpace, featureCount: coefficients.columnCount,
            notices: notices)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try OutputFile.write(
            try tensors.encoded(), to: folder.appendingPathComponent(SavedName.tensors))
        try OutputFile.write(
            try encoder.encode(saved), to: folder.appendingPathComponent(SavedName.description))
    }

    /// Reads what `save` wrote.
    /// - Throws: `FileError`, or `LinearModelError.badModel` for files that cannot belong to one model of ours.
    public init(from folder: URL) throws {
        let description = folder.appendingPathComponent(SavedName.description)
        let saved = try ModelFile.decode(
            SavedDenseHead.self, from: description, format: SavedDenseHead.format,
            version: SavedDenseHead.version)
        let labelSpace = try ModelFile.validated(saved.labelSpace, file: description)
        let scheme = DenseHead.scheme(saved.options, labelSpace)
        let (M, H) = (LinearClassifier.modelCount(scheme, labelSpace), saved.featureCount)
        let file = folder.appendingPathComponent(SavedName.tensors)
        let bytes = try InputFile(file).readToEnd()
        do {
            let tensors = try Safetensors(bytes)
            self.init(
                options: saved.options, labelSpace: labelSpace, scheme: scheme,
                coefficients: Matrix(
                    rowCount: M, columnCount: H,
                    values: try tensors.doubles(SavedName.coefficients, shape: [M, H])),
                intercepts: try tensors.doubles(SavedName.intercepts, shape: [M]),
                notices: saved.notices)
        } catch {
            throw LinearModelError.badModel(file: file.path, reason: "\(error)")
        }
    }
}
