import Foundation
import SafeFiles

/// What stands in the folder of a run's models as `run.json`: which contestants belong to the run, and where its report
/// and its experiment file are.
public struct ModelsRecord: Codable, Equatable, Sendable {
    /// The ids, in the order of the experiment file. Other folders beside theirs were left by an earlier run.
    public var contestants: [String]
    /// The folder of the report, as the run was told it.
    public var report: String
    /// The experiment file, as the run was told it; absent in what earlier versions wrote.
    public var experiment: String?

    public static let fileName = "run.json"

    public init(contestants: [String], report: String, experiment: String?) {
        (self.contestants, self.report, self.experiment) = (contestants, report, experiment)
    }

    /// Nil where there is none, or none that can be read.
    public init?(readingFrom folder: URL) {
        guard let bytes = try? InputFile(folder.appendingPathComponent(Self.fileName)).readToEnd(),
            let record = try? StableJSON.decode(ModelsRecord.self, from: bytes)
        else { return nil }
        self = record
    }

    public func write(to folder: URL) throws {
        try OutputFile.write(
            try StableJSON.encode(self), to: folder.appendingPathComponent(Self.fileName))
    }
}

extension RunLayout {
    /// Checks that the folder holds the results of a run.
    /// - Throws: `ResultsError.modelsFolder` for one of fitted models, which is easily taken for it, `.fileForFolder` for a file; else
    ///   `FileError.notFound`.
    public func checkResults() throws {
        func exists(_ folder: URL, _ name: String) -> Bool {
            FileManager.default.fileExists(atPath: folder.appendingPathComponent(name).path)
        }
        if FileManager.default.fileExists(atPath: results.path) { return }
        if isFile(url) { throw ResultsError.fileForFolder(url.relativePath) }
        let parent = url.standardizedFileURL.deletingLastPathComponent()
        if let record = ModelsRecord(readingFrom: url) ?? ModelsRecord(readingFrom: parent) {
            throw ResultsError.modelsFolder(folder: url.relativePath, report: record.report)
        }
        let folders = [url] + fileNames(in: url).map { url.appendingPathComponent($0) }
        if folders.contains(where: { exists($0, "contestant.json") }) {
            throw ResultsError.modelsFolder(folder: url.relativePath, report: nil)
        }
        throw FileError.notFound(path: results.path)
    }
}
