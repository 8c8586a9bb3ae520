import Foundation
import Labels

/// What a saved linear model says in `model.json`; the numbers stand in `model.safetensors`.
private struct SavedLinearClassifier: Codable {
    static let format = "bakeoff linear"
    static let version = 1

    var format = Self.format
    var version = Self.version
    var labelSpace: LabelSpace
    var scheme: LinearClassifier.Scheme
    var isProbabilistic: Bool
    /// D.
    var featureCount: Int
    var notices: [FitNotice]
}

/// What versions before 0.3 wrote of a classifier of TF-IDF vectors, as far as it is of the linear model.
private struct SavedTfidfClassifier: Decodable {
    static let format = "bakeoff tfidf"

    let labelSpace: LabelSpace
    let scheme: LinearClassifier.Scheme
    let isProbabilistic: Bool
    let notices: [FitNotice]
    let vocabulary: [String]
}

/// What they wrote of a head on dense features.
private struct SavedDenseHead: Decodable {
    static let format = "bakeoff dense-head"

    struct Options: Decodable {
        enum Solver: String, Decodable {
            case newtonCholesky = "newton-cholesky"
            case lbfgs, adamw
        }

        let solver: Solver
    }

    let options: Options
    let labelSpace: LabelSpace
    let featureCount: Int
    let notices: [FitNotice]

    /// AdamW trained a softmax for two classes too.
    var scheme: LinearClassifier.Scheme {
        if labelSpace.kind == .multilabel { return .oneVsRest }
        return labelSpace.count == 2 && options.solver != .adamw ? .binary : .multinomial
    }
}

extension LinearClassifier {
    /// Writes `model.json` and `model.safetensors` into `folder`.
    public func save(to folder: URL) throws {
        let saved = SavedLinearClassifier(
            labelSpace: labelSpace, scheme: scheme, isProbabilistic: isProbabilistic,
            featureCount: coefficients.columnCount, notices: notices)
        try LinearModelFiles(in: folder).write(saved, coefficients: coefficients, intercepts: intercepts)
    }

    /// Reads what `save` wrote, or versions before 0.3.
    /// - Throws: `FileError`, or `LinearModelError.badModel` for files that cannot belong to one model of ours.
    public init(from folder: URL) throws {
        let files = LinearModelFiles(in: folder)
        let saved = try SavedLinearClassifier(files.description)
        let labelSpace = try ModelFile.validated(saved.labelSpace, file: files.description)
        guard labelSpace.allows(saved.scheme) else {
            throw LinearModelError.badModel(
                file: files.description.path,
                reason: "a \(labelSpace.kind.rawValue) task cannot be \(saved.scheme.rawValue)")
        }
        let M = LinearClassifier.modelCount(saved.scheme, labelSpace)
        let numbers = try files.numbers(modelCount: M, columnCount: saved.featureCount)
        self.init(
            labelSpace: labelSpace, scheme: saved.scheme, isProbabilistic: saved.isProbabilistic,
            coefficients: numbers.coefficients, intercepts: numbers.intercepts, notices: saved.notices)
    }
}

extension SavedLinearClassifier {
    fileprivate init(_ file: URL) throws {
        switch try ModelFile.format(of: file) {
        case SavedTfidfClassifier.format:
            let old = try ModelFile.decode(
                SavedTfidfClassifier.self, from: file, format: SavedTfidfClassifier.format, version: 1)
            self.init(
                labelSpace: old.labelSpace, scheme: old.scheme, isProbabilistic: old.isProbabilistic,
                featureCount: old.vocabulary.count, notices: old.notices)
        case SavedDenseHead.format:
            let old = try ModelFile.decode(
                SavedDenseHead.self, from: file, format: SavedDenseHead.format, version: 1)
            self.init(
                labelSpace: old.labelSpace, scheme: old.scheme, isProbabilistic: true,
                featureCount: old.featureCount, notices: old.notices)
        default:
            self = try ModelFile.decode(
                SavedLinearClassifier.self, from: file, format: SavedLinearClassifier.format,
                version: SavedLinearClassifier.version)
        }
    }
}

extension LabelSpace {
    /// Whether a task of this kind can be fitted so.
    fileprivate func allows(_ scheme: LinearClassifier.Scheme) -> Bool {
        switch scheme {
        case .binary: kind != .multilabel && count == 2
        case .oneVsRest: kind == .multilabel || count > 2
        case .multinomial: kind != .multilabel
        }
    }
}
