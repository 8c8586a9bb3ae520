import Features
import Foundation
import Labels
import Learners

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

/// The inverse document frequencies, F64. Shape: [D].
private let idfName = "idf"

extension FittedTfidfClassifier {
    /// Writes `model.json` and `model.safetensors` into `folder`.
    public func save(to folder: URL) throws {
        let saved = SavedTfidfClassifier(
            options: options, labelSpace: labelSpace, scheme: classifier.scheme,
            isProbabilistic: classifier.isProbabilistic, notices: notices,
            vocabulary: vectorizer.vocabulary)
        try LinearModelFiles(in: folder).write(
            saved, coefficients: classifier.coefficients, intercepts: classifier.intercepts,
            others: [idfName: vectorizer.idf])
    }

    /// Reads what `save` wrote.
    /// - Throws: `FileError`, or `LinearModelError.badModel` for files that cannot belong to one model of ours.
    public init(from folder: URL) throws {
        let files = LinearModelFiles(in: folder)
        let description = files.description
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
        guard saved.options.tfidf.ngramRange.lowerBound >= 1 else {
            throw LinearModelError.badModel(
                file: description.path,
                reason: "n-grams of \(saved.options.tfidf.ngramRange.lowerBound) words")
        }
        let M = LinearClassifier.modelCount(saved.scheme, labelSpace)
        let numbers = try files.numbers(modelCount: M, columnCount: D, others: [idfName: D])
        options = saved.options
        vectorizer = TfidfVectorizer(
            options: saved.options.tfidf, vocabulary: saved.vocabulary,
            idf: numbers.others[idfName] ?? [])
        classifier = LinearClassifier(
            labelSpace: labelSpace, scheme: saved.scheme, isProbabilistic: saved.isProbabilistic,
            coefficients: numbers.coefficients, intercepts: numbers.intercepts)
        notices = saved.notices
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
