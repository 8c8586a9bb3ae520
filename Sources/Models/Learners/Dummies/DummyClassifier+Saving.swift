import Foundation
import Labels
import SafeFiles

/// What a saved baseline says in `model.json`.
private struct SavedDummyClassifier: Codable {
    static let format = "bakeoff dummy"
    static let version = 1

    var format = Self.format
    var version = Self.version
    var strategy: DummyClassifier.Strategy
    var labelSpace: LabelSpace
    var shares: [Double]
    var seed: UInt64
}

extension DummyClassifier {
    private static let fileName = "model.json"

    /// Writes `model.json` into `folder`.
    public func save(to folder: URL) throws {
        let saved = SavedDummyClassifier(
            strategy: strategy, labelSpace: labelSpace, shares: shares, seed: seed)
        try OutputFile.write(
            try ModelFile.encoded(saved), to: folder.appendingPathComponent(DummyClassifier.fileName))
    }

    /// Reads what `save` wrote.
    /// - Throws: `FileError`, or `LinearModelError.badModel`.
    public init(from folder: URL) throws {
        let file = folder.appendingPathComponent(DummyClassifier.fileName)
        let saved = try ModelFile.decode(
            SavedDummyClassifier.self, from: file, format: SavedDummyClassifier.format,
            version: SavedDummyClassifier.version)
        let labelSpace = try ModelFile.validated(saved.labelSpace, file: file)
        guard saved.shares.count == labelSpace.count, saved.shares.allSatisfy((0...1).contains) else {
            throw LinearModelError.badModel(
                file: file.path,
                reason: "expected \(labelSpace.count) shares from 0 to 1, found \(saved.shares)")
        }
        self.init(
            strategy: saved.strategy, labelSpace: labelSpace, shares: saved.shares, seed: saved.seed)
    }
}
