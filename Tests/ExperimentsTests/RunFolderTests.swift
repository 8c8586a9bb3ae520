import Experiments
import Foundation
import Results
import TestSupport
import Testing

/// What stands in the folder of a run whose experiment has changed since.
@Suite struct RunFolderTests {
    private let folder: TemporaryFolder
    private var layout: RunLayout { RunLayout(folder.file("out")) }

    init() throws {
        folder = try TemporaryFolder()
        let texts = ["a terrible room,negative", "a room,neutral", "a lovely room,positive"]
        let rows = (0..<36).map { "\($0),\($0) \(texts[$0 % 3])\n" }
        try folder.write("id,text,mood\n" + rows.joined(), to: "d.csv")
    }

    /// - Parameter keys: Of the experiment, besides those that all have.
    private func run(
        labels: String = "{column: mood}", split: String = "{train: 0.5, test: 0.5, seed: 1}",
        _ keys: String = ""
    ) throws -> ExperimentRun {
        let file = try folder.write(
            """
            name: e
            dataset: {file: d.csv, columns: {text: text, id: id}, labels: \(labels)}
            split: \(split)
            contestants: [{id: a, model: dummy}]
            \(keys)
            """, to: "e.yaml")
        let machine = Machine(cpu: "", cores: 1, memoryBytes: 1, system: "", swift: "", blas: "")
        return ExperimentRun(
            file: try ExperimentFile(contentsOf: file),
            options: RunOptions(
                output: layout.url, models: folder.file("models"), command: "", machine: machine))
    }

    private func isThere(_ file: URL) -> Bool { FileManager.default.fileExists(atPath: file.path) }

    @Test(arguments: ["{train: 0.5, test: 0.5, seed: 1}", "{folds: 3, seed: 1}"])
    func withoutAnAnalysisNothingOfItStays(split: String) throws {
        let labels = "{from: vader, gold: {column: mood}}"
        _ = try run(labels: labels, split: split).run { _ in }
        let files = [layout.leaks, layout.gold, layout.errors, layout.profile]
        // There are only dummies, of which no table of errors is made.
        #expect(files.map(isThere) == [true, true, false, true])
        try Data().write(to: layout.errors)
        let results = try run(labels: labels, split: split, "report: {analysis: false}").run { _ in }
        #expect(results.analysis == nil && results.leaks == nil && results.gold == nil)
        #expect(files.filter(isThere) == [])
    }

    @Test func whatPeopleLabelledGoesWithSilverLabels() throws {
        _ = try run(labels: "{from: vader, gold: {column: mood}}").run { _ in }
        #expect(isThere(layout.gold))
        let results = try run().run { _ in }
        #expect(results.gold == nil && !isThere(layout.gold))
    }

    /// A division is found in its packed form too.
    @Test func aCompactRunIsNotPlannedInFolds() throws {
        let results = try run().run { _ in }
        try results.compact(in: layout, withoutValidation: false)
        let packed = layout.split.appendingPathExtension("gz")
        #expect(isThere(packed) && !isThere(layout.split))
        let folded = try run(split: "{folds: 3, seed: 1}")
        let error = #expect(throws: ExperimentError.self) { try folded.plan() }
        #expect("\(try #require(error))".hasPrefix("\(packed.path): the rows were divided in another way"))
    }

    /// Scores follow from predictions and thresholds, which may change without a fit; what fitting cost does not.
    @Test func theRecordOfAnItemHoldsNoScores() throws {
        _ = try run().run { _ in }
        let json = try JSONSerialization.jsonObject(with: Data(contentsOf: layout.record(of: "a")))
        let record = try #require(json as? [String: Any])
        #expect(
            record.keys.sorted() == [
                "algorithm_version", "contestant", "date", "digest", "format", "machine", "replicate",
                "tasks",
                "threads",
            ])
        let tasks = try #require(record["tasks"] as? [[String: Any]])
        #expect(tasks.map { Array($0.keys) } == [["cost"]])
    }
}
