import Foundation
import Results
import SafeFiles

/// What stands in a run's folder as `unfinished.json` from when something is fitted until the results are assembled: what
/// whoever assembles them must know.
public struct UnfinishedRun: Codable, Equatable, Sendable {
    /// The way from the run's folder to the experiment file.
    var experiment: String
    /// SHA-256 of the experiment file's bytes.
    var sha256: String
    /// The way from the run's folder to that of the models.
    var models: String
    /// What replaces the experiment's seed.
    var seed: UInt64?
    var seeds: Int

    init(of file: ExperimentFile, _ options: RunOptions) {
        experiment = file.url.way(from: options.output)
        sha256 = file.sha256
        models = options.models.way(from: options.output)
        (seed, seeds) = (options.seed, options.seeds)
    }

    /// Nil where the folder holds no such run.
    /// - Throws: `FileError`; `ResultsError.badResults` for a file that is no such record.
    public init?(readingFrom folder: RunLayout) throws {
        guard FileManager.default.fileExists(atPath: folder.unfinished.path) else { return nil }
        let bytes = try InputFile(folder.unfinished).readToEnd()
        guard let record = try? StableJSON.decode(UnfinishedRun.self, from: bytes) else {
            throw ResultsError.badResults(
                file: folder.unfinished.path, reason: "not what a run writes when it begins")
        }
        self = record
    }

    /// Leaves it in the run's folder, unless it stands there.
    func leave(in folder: RunLayout) throws {
        if (try? UnfinishedRun(readingFrom: folder)) == self { return }
        try OutputFile.write(try StableJSON.encode(self), to: folder.unfinished)
    }

    /// The experiment file.
    /// - Throws: `ExperimentError.changedSince` where it is another one than the run's.
    public func file(in folder: RunLayout) throws -> ExperimentFile {
        let place = folder.url.appendingPathComponent(experiment).standardizedFileURL
        let file = try ExperimentFile(contentsOf: place)
        if file.sha256 != sha256 {
            throw ExperimentError.changedSince(experiment: place.path, folder: folder.url.relativePath)
        }
        return file
    }

    /// How the run that began is assembled.
    public func options(in folder: RunLayout, command: String, machine: Machine) -> RunOptions {
        var options = RunOptions(
            output: folder.url, models: folder.url.appendingPathComponent(models).standardizedFileURL,
            command: command, machine: machine)
        (options.seed, options.seeds) = (seed, seeds)
        return options
    }
}

extension URL {
    /// The way to this place from a folder.
    func way(from folder: URL) -> String {
        let from = folder.resolvingSymlinksInPath().standardizedFileURL.pathComponents
        let to = resolvingSymlinksInPath().standardizedFileURL.pathComponents
        let shared = zip(from, to).prefix { $0 == $1 }.count
        return (Array(repeating: "..", count: from.count - shared) + to[shared...]).joined(separator: "/")
    }
}
