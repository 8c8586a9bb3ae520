import Foundation
import SafeFiles

/// A split as it is kept beside the results of an experiment, so that every contestant and every later run shares it.
///
///     split.csv    row,split: one line a row, in order
///     split.json   what it was made for and how, and the SHA-256 of split.csv
public struct StoredSplit: Equatable, Sendable {
    public let split: Split
    public let plan: SplitPlan
    /// The SHA-256 of the dataset.
    public let datasetFingerprint: String
    /// The SHA-256 of `split.csv`.
    public let fingerprint: String
    /// As `TextGroups.cutTexts` of the groups that it was made by.
    public let cutTexts: Int

    public init(split: Split, plan: SplitPlan, datasetFingerprint: String, cutTexts: Int = 0) {
        self.cutTexts = cutTexts
        self.split = split
        self.plan = plan
        self.datasetFingerprint = datasetFingerprint
        fingerprint = Fingerprint.sha256(of: split.csv)
    }

    /// The content of `split.json`.
    public struct Record: Codable, Sendable {
        /// The SHA-256 of the dataset.
        public let datasetFingerprint: String
        public let rows: Int
        public let plan: SplitPlan
        /// The SHA-256 of `split.csv`.
        public let fingerprint: String
        /// Absent where there are none.
        public let cutTexts: Int?

        enum CodingKeys: String, CodingKey {
            case rows, plan
            case cutTexts = "cut_texts"
            case datasetFingerprint = "dataset_sha256"
            case fingerprint = "split_sha256"
        }
    }

    /// What is noted of the split in a folder, of whichever data.
    public static func record(in folder: URL) throws(SplitError) -> Record {
        try readRecord(recordFile(in: folder))
    }

    private static func csvFile(in folder: URL) -> URL { folder.appendingPathComponent("split.csv") }
    private static func recordFile(in folder: URL) -> URL { folder.appendingPathComponent("split.json") }

    /// Writes both files, replacing what was there.
    ///
    /// The record goes first: a save cut short leaves no split, or an old one that `load` refuses, but never one that
    /// passes for another.
    public func save(folder: URL) throws(SplitError) {
        let record = Record(
            datasetFingerprint: datasetFingerprint, rows: split.parts.count, plan: plan,
            fingerprint: fingerprint, cutTexts: cutTexts > 0 ? cutTexts : nil)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        let file = Self.recordFile(in: folder)
        do {
            try OutputFile.write(try encoder.encode(record) + [UInt8(ascii: "\n")], to: file)
            try PackableFile(Self.csvFile(in: folder)).write(split.csv)
        } catch let error as FileError {
            throw .file(error)
        } catch {
            throw .badRecord(file: file.path, reason: "\(error)")
        }
    }

    /// The split stored in `folder`, or nil if there is no `split.csv`, packed or not.
    ///
    /// - Parameters:
    ///   - datasetFingerprint: The SHA-256 of the dataset as it is now.
    ///   - rows: The rows of the corpus as it is now.
    ///   - plan: The plan as it is now.
    /// - Throws: `SplitError` when any of them is not what the split was made for, or when a file was changed.
    public static func load(
        folder: URL, expecting datasetFingerprint: String, rows: Int, plan: SplitPlan
    ) throws(SplitError) -> StoredSplit? {
        let file = csvFile(in: folder)
        guard PackableFile(file).isThere else { return nil }
        let record = try readRecord(recordFile(in: folder))
        guard record.datasetFingerprint == datasetFingerprint else {
            throw .datasetChanged(
                file: file.path, stored: record.datasetFingerprint, found: datasetFingerprint)
        }
        guard record.rows == rows else {
            throw .rowCountChanged(file: file.path, stored: record.rows, found: rows)
        }
        let differences = record.plan.differences(now: plan)
        guard differences.isEmpty else { throw .planChanged(file: file.path, differences: differences) }

        let bytes = try read(file)
        let split = try Split(csv: String(decoding: bytes, as: UTF8.self), file: file.path, rows: rows)
        let found = Fingerprint.sha256(of: bytes)
        guard found == record.fingerprint else {
            throw .edited(file: file.path, stored: record.fingerprint, found: found)
        }
        return StoredSplit(
            split: split, plan: plan, datasetFingerprint: datasetFingerprint, cutTexts: record.cutTexts ?? 0)
    }

    private static func readRecord(_ file: URL) throws(SplitError) -> Record {
        let bytes = try read(file)
        do {
            return try JSONDecoder().decode(Record.self, from: Data(bytes))
        } catch {
            throw .badRecord(file: file.path, reason: reason(error))
        }
    }

    private static func reason(_ error: any Error) -> String {
        switch error {
        case DecodingError.keyNotFound(let key, _): "'\(key.stringValue)' is missing"
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
            "'\(context.codingPath.map(\.stringValue).joined(separator: "."))' is of the wrong type"
        case let error as SplitError: error.description
        default: "not JSON of the expected form"
        }
    }

    private static func read(_ file: URL) throws(SplitError) -> [UInt8] {
        do {
            return try PackableFile(file).bytes()
        } catch {
            throw .file(error)
        }
    }
}
