import Evaluation
import Foundation
import LinearAlgebra
import Results
import SafeFiles
import SettingKeys
import Tables

/// A comparison as its YAML file describes it.
public struct ExperimentFile: Sendable {
    public let url: URL
    /// SHA-256 of the file's bytes.
    public let sha256: String
    public let name: String
    public let description: String?
    /// Of everything random in the contestants; the split has its own.
    public let seed: UInt64
    /// One without a name where the file has a `dataset:`, else those of `tasks:`.
    public let tasks: [ExperimentTask]
    public let contestants: [ConfiguredContestant]
    /// The samples of train that contestants are fitted on too; nil for none.
    public let learningCurve: LearningCurveSetting?
    /// The metric that orders the ranking.
    public let rankBy: MetricName
    /// What confusions cost, where it says so.
    let costs: CostSetting?
    /// Thresholds, calibration, published results, quotes.
    public let analysis: AnalysisOptions
    /// Whether the report lists the test labels that are likely wrong.
    public let isLabelNoiseWanted: Bool
    /// By what the report tells the scores of parts of the test rows; nil: it has no such parts.
    public let slices: SliceOptions?

    /// Reads and checks a file. Nothing is loaded or fitted yet.
    /// - Parameter families: What `model:` may name.
    public init(contentsOf url: URL, families: FamilyRegistry = .standard) throws {
        self.url = url
        let table = ExperimentFile.keys(families: families)
        let keys = try table.readOwn(ExperimentFile.root(url, table.reference))
        sha256 = try Fingerprint.sha256(ofFile: url)
        let fileName = Setting.text(
            url.deletingPathExtension().lastPathComponent, key: "name", at: keys.mapping.setting.place)
        name = try keys.name ?? fileName.folderName()
        description = keys.description
        seed = keys.seed
        let folder = url.deletingLastPathComponent()
        isLabelNoiseWanted = keys.report.isLabelNoiseWanted
        slices = try SliceOptions(keys.report)
        tasks = try ExperimentTask.tasks(of: keys, folder: folder, sliceColumns: slices?.columns ?? [])
        rankBy = keys.report.rankBy
        learningCurve = keys.learningCurve
        try learningCurve?.check(tasks, rankBy: rankBy)
        costs = keys.report.costs
        let taskNames = tasks.compactMap(\.name)
        contestants = try EnsembleContestant.resolved(
            ExperimentFile.contestants(
                keys.required(\.contestants), folder: folder, tasks: taskNames, families: families),
            rankBy: rankBy, costs: costs, tasks: taskNames)
        if tasks.count > 1 { try costs?.refuseSeveralTasks() }
        analysis = try AnalysisOptions(
            thresholds: keys.thresholds, report: keys.report, contestants: contestants.map(\.id))
    }

    /// The file's mapping, whose keys are all known.
    /// - Throws: `ExperimentError.dataForExperiment` for a data file, whose contents are not to be told.
    private static func root(_ url: URL, _ keys: KeyReference) throws -> SettingsMapping {
        let format = DataFormat(endingOf: url.path)
        // JSON is YAML too, so that a JSON file may be an experiment.
        if DataFormat.isNamed(by: url.path), format != .jsonLines {
            guard FileManager.default.fileExists(atPath: url.path) else {
                throw SettingsError.unreadable(file: url.path, reason: "no such file")
            }
            throw ExperimentError.dataForExperiment(path: url.relativePath)
        }
        do {
            let mapping = try Setting(contentsOf: url).mappingWithAnyKeys()
            try keys.check(mapping)
            return mapping
        } catch {
            if case .unreadable(_, let reason) = error, reason == "no such file" { throw error }
            var isMapping = false
            if case .unknownKey = error { isMapping = true }
            if format == .jsonLines { throw ExperimentError.dataForExperiment(path: url.relativePath) }
            if !isMapping, let other = whatElse(url) { throw other }
            throw error
        }
    }

    /// What to say of a file that is no experiment but seems to be a table, JSON, a workbook or the like.
    private static func whatElse(_ url: URL) -> (any Error)? {
        do throws(TableError) {
            return try FormGuess(.file(url)).format == nil
                ? nil : ExperimentError.dataForExperiment(path: url.relativePath)
        } catch {
            if case .notAText = error { return error }
            return nil
        }
    }

    private static func contestants(
        _ setting: Setting, folder: URL, tasks: [String], families: FamilyRegistry
    ) throws -> [ConfiguredContestant] {
        var all: [ConfiguredContestant] = []
        var names = RunLayout.Contestants(tasks: tasks)
        for entry in try setting.list() {
            let next = try families.contestant(from: entry, folder: folder, tasks: tasks)
            if let conflict = names.add(next.id) {
                // An entry may be a family's name alone, which is its id then.
                throw ((try? entry.mappingWithAnyKeys()["id"]) ?? entry).badValue(
                    expected: "an id of its own, since files are named after it: \(conflict)")
            }
            all.append(next)
        }
        if all.isEmpty { throw setting.badValue(expected: "at least one contestant") }
        return all
    }
}
