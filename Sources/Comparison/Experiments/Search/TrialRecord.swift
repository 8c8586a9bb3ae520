import Foundation
import Results
import SafeFiles
import TextClassifiers

/// What a fitting of a search left, as `trial.json` in its folder: written last, so that it is known by it as done.
struct TrialRecord: Codable, Equatable {
    /// Version of this format.
    var format = 1
    /// The whole entry, in one spelling.
    var settings: String
    /// Nil for settings that are the default's, and in records of earlier versions.
    var combination: Int?
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
    /// Nil in records of earlier versions.
    var cost: Cost?

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

    /// What the fitting took in this process, besides the seconds.
    struct Cost: Codable, Equatable {
        /// Of all threads.
        var cpuSeconds: Double
        /// The largest resident memory.
        var peakMemoryBytes: Int
        /// What was taken from a store instead of being done.
        var keptWork: KeptWork?
        /// Nil where nobody told.
        var machine: Machine?
    }
}

extension TrialRecord {
    private static func file(in folder: URL) -> URL { folder.appendingPathComponent("trial.json") }

    /// Nil where there is none, or none that can be read: it is then fitted again.
    init?(readingFrom folder: URL) {
        guard let bytes = try? InputFile(TrialRecord.file(in: folder)).readToEnd(),
            let record = try? StableJSON.decode(TrialRecord.self, from: bytes),
            record.scores.count == record.rows.count,
            record.told.count == (record.failure == nil ? record.rows.count : 0)
        else { return nil }
        self = record
    }

    func write(to folder: URL) throws {
        try OutputFile.write(try StableJSON.encode(self), to: TrialRecord.file(in: folder))
    }

    /// The metric on validation, in the mean of all tasks; nil where it is undefined on one.
    var score: Double? {
        let defined = scores.compactMap(\.self)
        return defined.count < scores.count ? nil : defined.reduce(0, +) / Double(defined.count)
    }
}
