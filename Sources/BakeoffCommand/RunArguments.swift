import ArgumentParser
import Bakeoff
import Foundation

/// Which experiment is run, where, and under which seeds: what `run` does with these is what `plan` lists.
struct RunArguments: ParsableArguments {
    @Argument(help: "The experiment file (YAML).", completion: .file(extensions: ["yaml", "yml"]))
    var experiment: String

    @Option(help: "Folder for the report and all artifacts. (default: reports/<name>)")
    var output: String?

    @Option(help: "Folder for the fitted models. (default: runs/<name>)")
    var models: String?

    @Option(help: "Replace the experiment's seed. The split keeps its own.")
    var seed: UInt64?

    @Option(help: "Run with that many seeds, counted from the experiment's, and report mean and spread.")
    var seeds = 1

    @Flag(
        help: """
            Let the programs that the experiment names (model: command) run without asking. 'plan' runs none; its scripts ask \
            for it.
            """)
    var allowCommands = false

    /// Each seed is a replicate of its own.
    private static let maxSeeds = 1000

    func check() throws { try checkSeeds(from: seed) }

    /// - Throws: `ValidationError` unless there are seeds, and that many from the first.
    private func checkSeeds(from first: UInt64?) throws {
        if !(1...Self.maxSeeds).contains(seeds) {
            throw ValidationError("--seeds must be from 1 to \(Self.maxSeeds), found \(seeds)")
        }
        if let first, first > UInt64.max - UInt64(seeds - 1) {
            throw ValidationError(
                "--seeds: \(seeds) seeds from \(first) on go beyond \(UInt64.max), the largest there is")
        }
    }

    /// The same on a command line.
    var words: [String] {
        func option(_ name: String, _ value: String?) -> [String] { value.map { [name, $0] } ?? [] }
        return [experiment.hasPrefix("-") ? "./\(experiment)" : experiment] + option("--output", output)
            + option("--models", models) + option("--seed", seed.map { "\($0)" })
            + option("--seeds", seeds == 1 ? nil : "\(seeds)")
            + (allowCommands ? ["--allow-commands"] : [])
    }

    /// Reads the experiment file.
    func file() throws -> ExperimentFile {
        let file = try ExperimentFile(contentsOf: URL(fileURLWithPath: experiment))
        try checkSeeds(from: seed ?? file.seed)
        return file
    }

    /// How the file is run.
    func options(_ file: ExperimentFile) -> RunOptions {
        var options = RunOptions(
            output: output.map { URL(fileURLWithPath: $0) } ?? RunLayout.usualReport(of: file.name),
            models: models.map { URL(fileURLWithPath: $0) } ?? RunLayout.usualModels(of: file.name))
        options.seed = seed
        options.seeds = seeds
        return options
    }
}
