import Experiments
import Foundation
import Results

/// A run whose models are probed on its own test rows.
public struct ProbedRun: Sendable {
    public let report: RunLayout
    let experiment: ExperimentFile

    /// - Parameters:
    ///   - models: The folder of the run's models, or of one of them.
    ///   - report: The folder of its report; nil for where the run left it.
    ///   - experiment: Its experiment file; nil for the one that the run was told.
    /// - Throws: `ProbeError` for what is not known or not there, and what reading an experiment file throws.
    public init(models: URL, report: URL? = nil, experiment: URL? = nil) throws {
        let parent = models.standardizedFileURL.deletingLastPathComponent()
        let record = [models, parent, parent.deletingLastPathComponent()].lazy
            .compactMap(ModelsRecord.init(readingFrom:)).first
        guard let folder = report ?? record.map({ URL(fileURLWithPath: $0.report) }) else {
            throw ProbeError.unknownReport(models: models.relativePath)
        }
        guard let file = experiment ?? record?.experiment.map({ URL(fileURLWithPath: $0) }) else {
            throw ProbeError.unknownExperiment(models: models.relativePath)
        }
        self.report = RunLayout(folder)
        guard FileManager.default.fileExists(atPath: self.report.results.path) else {
            throw ProbeError.noReport(folder: folder.relativePath)
        }
        self.experiment = try ExperimentFile(contentsOf: file)
    }

    var otherData: ProbeError {
        .otherData(experiment: experiment.url.relativePath, report: report.url.relativePath)
    }
}
