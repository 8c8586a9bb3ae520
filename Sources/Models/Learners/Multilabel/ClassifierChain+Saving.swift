import Foundation
import Labels
import LinearAlgebra

/// What a saved chain says in `model.json`; the numbers stand in `model.safetensors`, as those of a linear model with one more
/// column for each place of the chain.
private struct SavedChain: Codable {
    static let format = "bakeoff chain"
    static let version = 1

    var format = Self.format
    var version = Self.version
    var labelSpace: LabelSpace
    var isProbabilistic: Bool
    /// The label in each place. Shape: [K].
    var order: [Int]
    var chainMethod: ClassifierChainOptions.ChainMethod
    /// D.
    var featureCount: Int
    var notices: [FitNotice]
}

extension ClassifierChain {
    /// Whether a folder holds what `save(to:)` writes.
    static func isSaved(in folder: URL) -> Bool {
        (try? ModelFile.format(of: LinearModelFiles(in: folder).description)) == SavedChain.format
    }

    func save(to folder: URL) throws {
        let (K, D) = (labelSpace.count, featureCount)
        var whole = Matrix<Double>(rowCount: K, columnCount: D + K)
        for (place, label) in order.enumerated() {
            for d in 0..<D { whole[label, d] = classifier.coefficients[label, d] }
            for before in 0..<place { whole[label, D + before] = links[place, before] }
        }
        let saved = SavedChain(
            labelSpace: labelSpace, isProbabilistic: isProbabilistic, order: order, chainMethod: chainMethod,
            featureCount: D, notices: notices)
        try LinearModelFiles(in: folder).write(
            saved, coefficients: whole, intercepts: classifier.intercepts)
    }

    /// Reads what `save(to:)` wrote.
    /// - Throws: `FileError`, or `LinearModelError.badModel` for files that cannot belong to one model of ours.
    init(from folder: URL) throws {
        let files = LinearModelFiles(in: folder)
        let saved = try ModelFile.decode(
            SavedChain.self, from: files.description, format: SavedChain.format, version: SavedChain.version)
        let labelSpace = try ModelFile.validated(saved.labelSpace, file: files.description)
        let (K, D) = (labelSpace.count, saved.featureCount)
        guard labelSpace.kind == .multilabel, saved.order.sorted() == Array(0..<K), D >= 0,
            D <= Int(Int32.max), saved.isProbabilistic || saved.chainMethod == .predict
        else {
            throw LinearModelError.badModel(
                file: files.description.path, reason: "labels, order and method do not go together")
        }
        let numbers = try files.numbers(modelCount: K, columnCount: D + K)
        var coefficients = Matrix<Double>(rowCount: K, columnCount: D)
        var links = Matrix<Double>(rowCount: K, columnCount: K)
        for (place, label) in saved.order.enumerated() {
            for d in 0..<D { coefficients[label, d] = numbers.coefficients[label, d] }
            for before in 0..<place { links[place, before] = numbers.coefficients[label, D + before] }
            guard (place..<K).allSatisfy({ numbers.coefficients[label, D + $0] == 0 }) else {
                throw LinearModelError.badModel(
                    file: files.tensors.path, reason: "a label depends on one after it")
            }
        }
        self.init(
            classifier: LinearClassifier(
                labelSpace: labelSpace, scheme: .oneVsRest, isProbabilistic: saved.isProbabilistic,
                coefficients: coefficients, intercepts: numbers.intercepts, notices: saved.notices),
            order: saved.order, links: links, chainMethod: saved.chainMethod)
    }
}
