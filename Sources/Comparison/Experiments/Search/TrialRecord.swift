import Foundation
import Results
import SafeFiles
import TextClassifiers

/// What a fitting of a search left in the contestant's work folder, as `trial.json`: written last, so that a search which was
/// killed goes on with what is missing.
struct TrialRecord: Codable, Equatable {
    /// Version of this format.
    var format = 1
    /// The whole entry, in one spelling.
    var settings: String
    /// The train rows that it was fitted on. Shape: [tasks].
    var rows: [Int]
    /// The metric on validation; nil where it is undefined, or there is no model. Shape: [tasks].
    var scores: [Double?]
    /// Why there is no model.
    var failure: String?
    /// Wall-clock seconds from the texts to the scores.
    var seconds: Double
    /// What the models tell. Shape: [tasks], or none where there is no model.
    var told: [Told]

    /// What a fitted model tells of itself that it does not when it is read back.
    struct Told: Codable, Equatable {
        var summary: String
        var notices: [String]
        var parameterCount: Int?
        /// What it used outside this process while it was fitted and scored.
        var peakMemoryBytes: Int?
        var reported: [String: Double]?

        /// - Parameter summary: In the contestant's words, where the model has no better ones.
        init(_ fitted: any FittedTextClassifier, summary: String) {
            self.summary = fitted.summary ?? summary
            notices = fitted.notices
            parameterCount = fitted.parameterCount
            (peakMemoryBytes, reported) = (fitted.outsideUse?.peakMemoryBytes, fitted.outsideUse?.reported)
        }

        var outsideUse: OutsideUse? {
            guard let peakMemoryBytes else { return nil }
            var use = OutsideUse()
            (use.peakMemoryBytes, use.reported) = (peakMemoryBytes, reported ?? [:])
            return use
        }
    }
}

extension TrialRecord {
    private static func file(in folder: URL) -> URL { folder.appendingPathComponent("trial.json") }

    /// Nil where there is none of these settings and rows, or none that can be read: it is then fitted again.
    init?(readingFrom folder: URL, settings: String, rows: [Int]) {
        guard let bytes = try? InputFile(TrialRecord.file(in: folder)).readToEnd(),
            let record = try? StableJSON.decode(TrialRecord.self, from: bytes),
            record.settings == settings, record.rows == rows, record.scores.count == rows.count,
            record.told.count == (record.failure == nil ? rows.count : 0)
        else { return nil }
        self = record
    }

    func write(to folder: URL) throws {
        try OutputFile.write(try StableJSON.encode(self), to: TrialRecord.file(in: folder))
    }
}
