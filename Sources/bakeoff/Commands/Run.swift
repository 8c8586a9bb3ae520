import ArgumentParser
import Compute
import Experiments
import Foundation
import Reports
import Results

struct Run: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Fit and score every contestant of an experiment, and write the report.",
        discussion: """
            Contestants whose inputs (settings, data, split, seed, version) have not changed keep their stored \
            results, so a run that was stopped goes on where it was. Ctrl-C asks it to stop cleanly (exit code 1), \
            a second one ends it at once.
            """)

    @Argument(help: "The experiment file (YAML).", completion: .file(extensions: ["yaml", "yml"]))
    var experiment: String

    @Option(help: "Folder for the report and all artifacts. (default: reports/<name>)")
    var output: String?

    @Option(help: "Folder for the fitted models. (default: runs/<name>)")
    var models: String?

    @Option(help: "Run only this contestant; may be repeated.")
    var only: [String] = []

    @Option(help: "Replace the experiment's seed. The split keeps its own.")
    var seed: UInt64?

    @Option(help: "Number of threads. Results do not depend on it. (default: all cores)")
    var threads: Int?

    @Flag(help: "Make the split anew and fit everything again.")
    var force = false

    func validate() throws {
        if let threads, threads < 1 {
            throw ValidationError("--threads must be at least 1, found \(threads)")
        }
    }

    func run() throws {
        if let threads { Threads.count = threads }
        let file = try ExperimentFile(contentsOf: URL(fileURLWithPath: experiment))
        var options = RunOptions(
            output: URL(fileURLWithPath: output ?? "reports/\(file.name)"),
            models: URL(fileURLWithPath: models ?? "runs/\(file.name)"),
            command: (["bakeoff"] + CommandLine.arguments.dropFirst()).joined(separator: " "),
            machine: .current)
        options.only = only
        options.seed = seed
        options.force = force
        let display = FitProgressDisplay()
        options.progress = { display.show($1, of: $0) }
        options.shouldStop = { StopSignal.isAsked }
        StopSignal.listen()
        defer { display.clear() }
        let results = try ExperimentRun(file: file, options: options).run { event in
            display.clear()
            Terminal.notice("\(event)")
        }
        let folder = RunFolder(options.output)
        try writeReport(results, to: folder)
        Terminal.write(rankingText(results))
        Terminal.notice("report: \(folder.report.relativePath)")
    }
}
