import Evaluation
import Foundation
import Labels
import Results
import SafeFiles
import SettingKeys

/// The secret of a class: the labels of its test rows, and what the baselines say of them.
public struct ClassSecret: Sendable {
    package let layout: SecretLayout
    package let record: ClassRecord
    package let key: ClassKey
    package let rows: ClassRows
    /// On all test rows, in the order of the experiment file; dummies are marked as baselines.
    package let baselines: [ScoredPredictions]

    /// Reads the folder `secret` of a class.
    /// - Throws: `ClassError.notASecret`, `.changed`; what reading a file throws.
    public init(_ folder: URL) throws {
        let layout = SecretLayout(folder)
        self.layout = layout
        guard FileManager.default.fileExists(atPath: layout.record.path) else {
            throw ClassError.notASecret(
                folder: folder.relativePath, reason: "there is no \(layout.record.lastPathComponent) in it")
        }
        do {
            record = try StableJSON.decode(ClassRecord.self, from: InputFile(layout.record).readToEnd())
        } catch let error as FileError {
            throw error
        } catch {
            throw ClassError.notASecret(
                folder: folder.relativePath,
                reason: "\(layout.record.lastPathComponent) is not of this version")
        }
        guard let key = try ClassKey(contentsOf: layout.key) else {
            throw ClassError.changed(file: layout.key.path)
        }
        self.key = key
        guard try Fingerprint.sha256(ofFile: layout.gold) == record.goldSHA256 else {
            throw ClassError.changed(file: layout.gold.path)
        }
        let rows = try ClassRows(contentsOf: layout.gold, labelSpace: record.labelSpace)
        self.rows = rows
        baselines = try record.baselines.map { [record] baseline in
            let file = layout.baseline(baseline.id)
            let predictions = try Predictions(contentsOf: file, labelSpace: record.labelSpace)
            guard predictions.ids == rows.ids, predictions.gold == rows.gold else {
                throw ClassError.changed(file: file.path)
            }
            return ScoredPredictions(
                id: baseline.id, isBaseline: baseline.isDummy, isProbabilistic: baseline.isProbabilistic,
                test: predictions, validation: nil)
        }
    }

    /// What entries get points for: as a file says, or the secret's own `rubric.yaml`.
    public func rubric(_ file: URL? = nil) throws(SettingsError) -> Rubric {
        try Rubric(contentsOf: file ?? layout.rubric, baselines: baselines.map(\.id))
    }
}
