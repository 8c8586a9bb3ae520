import Files
import Foundation
import Labels
import Tensors

/// What a saved model says in `model.json`; the numbers stand in `model.safetensors`.
private struct SavedTfidfClassifier: Codable {
    static let format = "bakeoff tfidf"
    static let version = 1

    var format = Self.format
    var version = Self.version
    var options: TfidfClassifier
    var labelSpace: LabelSpace
    var scheme: LinearClassifier.Scheme
    var isProbabilistic: Bool
    var notices: [FitNotice]
    var vocabulary: [String]
}

/// The names of a saved model's files and tensors; all tensors are F64.
private enum SavedName {
    static let description = "model.json"
    static let tensors = "model.safetensors"
    /// Shape: [M, D].
    static let coefficients = "coef"
    /// Shape: [M].
    static let intercepts = "intercept"
    /// Shape: [D].
    static let idf = "idf"
}

extension FittedTfidfClassifier {
    /// Writes `model.json` and `model.safetensors` into `folder`.
    public func save(to folder: URL) throws {
        let tensors = Safetensors(
            tensors: [
                SavedName.coefficients: .init(
                    shape: [classifier.coefficients.rowCount, classifier.coefficients.columnCount],
                    values: .float64(classifier.coefficients.values)),
                SavedName.intercepts: .init(
                    shape: [classifier.intercepts.count], values: .float64(classifier.intercepts)),
                SavedName.idf: .init(shape: [vectorizer.idf.count], values: .float64(vectorizer.idf)),
            ])
        let saved = SavedTfidfClassifier(
            options: options, labelSpace: labelSpace, scheme: classifier.scheme,
            isProbabilistic: classifier.isProbabilistic, notices: notices,
            vocabulary: vectorizer.vocabulary)
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
            SavedTfidfClassifier.self, from: description,
            format: SavedTfidfClassifier.format, version: SavedTfidfClassifier.version)
        let labelSpace = try ModelFile.validated(saved.labelSpace, file: description)
        let D = saved.vocabulary.count
        // The vocabulary's terms are its keys; as bytes, since Swift takes canonically equal texts for one.
        guard Set(saved.vocabulary.map { Array($0.utf8) }).count == D else {
            throw LinearModelError.badModel(file: description.path, reason: "a term occurs twice")
        }
        guard labelSpace.allows(saved.scheme) else {
            throw LinearModelError.badModel(
                file: description.path,
                reason: "a \(labelSpace.kind.rawValue) task cannot be \(saved.scheme.rawValue)")
        }
        let M = LinearClassifier.modelCount(saved.scheme, labelSpace)
        let file = folder.appendingPathComponent(SavedName.tensors)
        let bytes = try InputFile(file).readToEnd()
        do {
            let tensors = try Safetensors(bytes)
            options = saved.options
            vectorizer = TfidfVectorizer(
                options: saved.options.tfidf, vocabulary: saved.vocabulary,
                idf: try tensors.doubles(SavedName.idf, shape: [D]))
            classifier = LinearClassifier(
                labelSpace: labelSpace, scheme: saved.scheme, isProbabilistic: saved.isProbabilistic,
                coefficients: Matrix(
                    rowCount: M, columnCount: D,
                    values: try tensors.doubles(SavedName.coefficients, shape: [M, D])),
                intercepts: try tensors.doubles(SavedName.intercepts, shape: [M]))
            notices = saved.notices
        } catch {
            throw LinearModelError.badModel(file: file.path, reason: "\(error)")
        }
    }
}

extension LabelSpace {
    /// Whether a task of this kind can be fitted so.
    fileprivate func allows(_ scheme: LinearClassifier.Scheme) -> Bool {
        switch scheme {
        case .binary: kind != .multilabel && count == 2
        case .oneVsRest: kind == .multilabel || count > 2
        case .multinomial: kind == .multiclass && count > 2
        }
    }
}
