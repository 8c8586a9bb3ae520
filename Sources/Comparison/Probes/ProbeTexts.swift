import Corpora
import Experiments
import Foundation
import Labels
import Results

/// The texts that are probed, before any edit.
public struct ProbeTexts: Equatable, Sendable {
    /// What they are, as in `front-desk, test rows`.
    public let source: String
    /// At least one.
    public let texts: [String]
    /// Nil where they are not of a run.
    public let rows: ProbedRows?

    /// - Throws: `ProbeError.noTexts`.
    public init(_ texts: [String], source: String) throws(ProbeError) {
        try self.init(texts, source: source, rows: nil)
    }

    private init(_ texts: [String], source: String, rows: ProbedRows?) throws(ProbeError) {
        if texts.isEmpty { throw .noTexts(source: source) }
        (self.texts, self.source, self.rows) = (texts, source, rows)
    }

    /// All texts of a file, or those that its templates stand for.
    public init(_ file: TextSource, named name: String, asTemplates: Bool) throws {
        var texts: [String] = []
        try file.forEachBatch { texts += $0 }
        try self.init(
            asTemplates ? TextTemplate.texts(of: texts) : texts,
            source: "\(name), \(asTemplates ? "templates" : "texts")")
    }

    /// The test rows of a run.
    ///
    /// - Parameters:
    ///   - run: Where its parts are.
    ///   - task: Of a run with several tasks, the one that is meant.
    ///   - gold: The labels of which a row must have one; none for all rows.
    /// - Throws: `ProbeError`, `ExperimentError.severalTasks`, and what reading results and data throws.
    public init(testRowsOf run: ProbedRun, task: String?, gold: [String], cache: URL) throws {
        let (report, results) = (run.report, try ExperimentResults(contentsOf: run.report))
        let own = try ProbeTexts.task(task, of: results, in: report)
        if own.folds != nil { throw ProbeError.folds(report: report.url.relativePath) }
        let place = report.task(own.name)
        guard let test = try StoredPredictions(results.alone(own), in: place).contestants.first?.test,
            let dataset = run.experiment.tasks.first(where: { $0.name == own.name })?.dataset
        else { throw run.otherData }
        let corpus = try dataset.load(cache: cache).corpus
        let parts = try readParts(place.split)
        let rows = parts.indices.filter { parts[$0] == .test }
        guard parts.count == corpus.count, rows.map({ corpus.ids[$0] }) == test.ids else {
            throw run.otherData
        }
        let names = own.dataset.labelSpace.names
        let wanted = try gold.map { label in
            guard let index = names.firstIndex(of: label) else {
                throw ProbeError.unknownLabel(label, known: names)
            }
            return index
        }
        let chosen = rows.indices.filter { row in
            wanted.isEmpty || test.gold.labels(ofRow: row).contains(where: wanted.contains)
        }
        try self.init(
            chosen.map { corpus.texts[rows[$0]] },
            source: "\(own.dataset.name), test rows"
                + (gold.isEmpty ? "" : " labelled \(gold.joined(separator: " or "))"),
            rows: ProbedRows(task: own.name, ids: chosen.map { test.ids[$0] }))
    }

    private static func task(
        _ name: String?, of results: ExperimentResults, in folder: RunLayout
    ) throws -> TaskResults {
        if results.tasks.count == 1 { return results.tasks[0] }
        guard let own = results.tasks.first(where: { $0.name == name }) else {
            throw ExperimentError.severalTasks(
                path: folder.url.relativePath, tasks: results.tasks.compactMap(\.name))
        }
        return own
    }
}
