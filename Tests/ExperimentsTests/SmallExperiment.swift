import Experiments
import Foundation
import Results
import TestSupport
import Testing

/// An experiment in a folder of its own, planned and run in this process; clock and machine are injected.
struct SmallExperiment {
    private let folder: TemporaryFolder

    /// Two baselines, of which one is random.
    static let yaml = """
        name: small
        seed: 42
        dataset: {file: data.csv, columns: {id: id}, labels: {column: label}}
        split: {train: 0.5, validation: 0.25, test: 0.25, seed: 1}
        contestants:
          - {id: majority, model: dummy}
          - {id: drawn, model: dummy, strategy: stratified}
        report: {analysis: false}

        """

    /// 32 rows, `r0` to `r31`: every fourth is spam, the others ham; of kind x, y and z in turn.
    static let data =
        "id,text,label,kind\n"
        + (0..<32).map {
            "r\($0),text number \($0),\($0 % 4 == 0 ? "spam" : "ham"),\(["x", "y", "z"][$0 % 3])\n"
        }
        .joined()

    init(_ yaml: String = SmallExperiment.yaml, files: [String: String] = [:]) throws {
        folder = try TemporaryFolder()
        try write(yaml, to: "e.yaml")
        try write(SmallExperiment.data, to: "data.csv")
        for (name, text) in files { try write(text, to: name) }
    }

    // MARK: Files

    /// The place of a file, which need not be there.
    func place(_ name: String) -> URL { folder.file(name) }

    func write(_ text: String, to name: String) throws { try folder.write(text, to: name) }

    func read(_ name: String) throws -> String { try String(contentsOf: place(name), encoding: .utf8) }

    func exists(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: place(name).path)
    }

    func remove(_ name: String) throws { try FileManager.default.removeItem(at: place(name)) }

    /// - Precondition: The file has the old words.
    func replace(_ old: String, with new: String, in name: String = "e.yaml") throws {
        let text = try read(name)
        try #require(text.contains(old), "\(old)")
        try write(text.replacing(old, with: new), to: name)
    }

    func object(_ name: String) throws -> [String: Any] {
        try #require(JSONSerialization.jsonObject(with: Data(read(name).utf8)) as? [String: Any])
    }

    // MARK: Its run

    /// Report and models go to `report` and `models`.
    func engine(
        _ families: FamilyRegistry = .standard, _ change: (inout RunOptions) -> Void = { _ in }
    ) throws -> ExperimentRun {
        var options = RunOptions(
            output: place("report"), models: place("models"), command: "bakeoff run e.yaml",
            machine: Machine(
                cpu: "Test CPU", cores: 2, memoryBytes: 8 << 30, system: "Test OS", swift: "6.x",
                blas: "Test BLAS"))
        options.cache = place("cache")
        options.date = { Date(timeIntervalSince1970: 0) }
        change(&options)
        return ExperimentRun(
            file: try ExperimentFile(contentsOf: place("e.yaml"), families: families), options: options)
    }

    func items(_ change: (inout RunOptions) -> Void = { _ in }) throws -> [WorkItem] {
        try engine(.standard, change).plan().items
    }

    @discardableResult
    func run(_ change: (inout RunOptions) -> Void = { _ in }) throws -> ExperimentResults {
        try engine(.standard, change).run { _ in }
    }

    /// Runs it, and reads what it wrote.
    func runAndRead() throws -> ExperimentResults {
        try run()
        return try ExperimentResults(contentsOf: RunLayout(place("report")))
    }

    /// What a run tells.
    func told(_ change: (inout RunOptions) -> Void = { _ in }) throws -> [String] {
        var events: [String] = []
        _ = try engine(.standard, change).run { events.append("\($0)") }
        return events
    }
}
