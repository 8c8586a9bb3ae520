import ArgumentParser
import Bakeoff
import Foundation

struct Plan: CheckedCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the work items of an experiment: what 'run' would do, and what is done.",
        discussion: """
            A work item is one contestant on the tasks that it takes part in, under one seed or on one fold. The data is loaded \
            and splits are made as a run makes them, but nothing is fitted or written. As JSON Lines, one object an item: \
            contestant, model, tasks, seed, fold, digest (SHA-256 over all that its results depend on), algorithm_version, done, \
            and of what is done the seconds of fitting and the largest memory.
            """)

    /// How items are listed.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case text, jsonl
    }

    @Argument(help: "The experiment file (YAML).", completion: .file(extensions: ["yaml", "yml"]))
    var experiment: String

    @Option(help: "Folder for the report and all artifacts. (default: reports/<name>)")
    var output: String?

    @Option(help: "Folder for the fitted models. (default: runs/<name>)")
    var models: String?

    @Option(help: "Replace the experiment's seed. The split keeps its own.")
    var seed: UInt64?

    @Option(help: "Plan for that many seeds, counted from the experiment's.")
    var seeds = 1

    @Option(help: "How to list them: jsonl or text.")
    var format = Format.jsonl

    func check() throws { try checkSeeds(seeds, from: seed) }

    func run() throws {
        let file = try ExperimentFile(contentsOf: URL(fileURLWithPath: experiment))
        try checkSeeds(seeds, from: seed ?? file.seed)
        var options = RunOptions(
            output: URL(fileURLWithPath: output ?? "reports/\(file.name)"),
            models: URL(fileURLWithPath: models ?? "runs/\(file.name)"), command: "plan", machine: .current)
        (options.seed, options.seeds) = (seed, seeds)
        let plan = try ExperimentRun(file: file, options: options).plan { event in
            if case .notice = event { Terminal.notice("\(event)") }
        }
        switch format {
        case .jsonl: try Terminal.show(plan.items.map { try $0.line() }.joined())
        case .text: try Terminal.show(planText(plan.items))
        }
    }
}

/// Each seed is a replicate of its own.
private let maxSeeds = 1000

/// - Throws: `ValidationError` unless there are seeds, and that many from the first.
func checkSeeds(_ seeds: Int, from first: UInt64?) throws {
    if !(1...maxSeeds).contains(seeds) {
        throw ValidationError("--seeds must be from 1 to \(maxSeeds), found \(seeds)")
    }
    if let first, first > UInt64.max - UInt64(seeds - 1) {
        throw ValidationError(
            "--seeds: \(seeds) seeds from \(first) on go beyond \(UInt64.max), the largest there is")
    }
}
