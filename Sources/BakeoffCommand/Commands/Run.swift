import ArgumentParser
import Bakeoff
import Foundation

struct Run: CheckedCommand {
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

    @Option(help: "Run with that many seeds, counted from the experiment's, and report mean and spread.")
    var seeds = 1

    @Option(help: "Number of threads. Results do not depend on it. (default: all cores)")
    var threads: Int?

    @Flag(help: "Make the split anew and fit everything again.")
    var force = false

    func check() throws {
        if !(1...Run.maxSeeds).contains(seeds) {
            throw ValidationError("--seeds must be from 1 to \(Run.maxSeeds), found \(seeds)")
        }
        if let seed, seed > UInt64.max - UInt64(seeds - 1) {
            throw ValidationError(
                "--seeds: \(seeds) seeds from \(seed) on go beyond \(UInt64.max), the largest there is")
        }
        if let threads, !(1...Threads.limit).contains(threads) {
            throw ValidationError("--threads must be from 1 to \(Threads.limit), found \(threads)")
        }
    }

    /// Each is a run of its own.
    private static let maxSeeds = 1000

    func run() throws {
        if let threads { Threads.count = threads }
        let file = try ExperimentFile(contentsOf: URL(fileURLWithPath: experiment))
        if file.seed > UInt64.max - UInt64(seeds - 1), seed == nil {
            throw ValidationError(
                "--seeds: \(seeds) seeds from \(file.seed) on go beyond \(UInt64.max), the largest there is")
        }
        var options = RunOptions(
            output: URL(fileURLWithPath: output ?? "reports/\(file.name)"),
            models: URL(fileURLWithPath: models ?? "runs/\(file.name)"),
            command: (["bakeoff"] + CommandLine.arguments.dropFirst()).joined(separator: " "),
            machine: .current)
        let cache = options.cache
        options.build = { ProgramBuild.digest(cache: cache) }
        options.only = only
        options.seed = seed
        options.force = force
        let display = FitProgressDisplay()
        options.progress = { display.show($1, of: $0) }
        options.shouldStop = { StopSignal.isAsked }
        StopSignal.listen()
        defer { display.clear() }
        let tell = { (event: RunEvent) in
            display.clear()
            Terminal.notice("\(event)")
        }
        let run = ExperimentRun(file: file, options: options)
        let hold = try run.hold()
        defer { withExtendedLifetime(hold) {} }
        var results = try run.run(holding: hold, notify: tell)
        let folder = RunLayout(options.output)
        if seeds > 1 {
            let (seeds, name) = (seeds, file.name)
            let first = results.experiment.seed
            let others = try (1..<UInt64(seeds)).map { step in
                Terminal.notice("seed \(first + step)")
                var own = options
                own.seed = first + step
                own.output = folder.seed(first + step).url
                own.models = options.models.appendingPathComponent("seeds/\(first + step)")
                return try ExperimentRun(file: file, options: own).run(holding: hold, notify: tell)
            }
            try results.add(seeds: others, in: folder) { done, total in
                let phase = "resampling \(seeds) seeds"
                display.show(
                    FitProgress(phase: phase, completed: done, total: total, unit: "resamples"), of: name)
            }
            display.clear()
            try results.write(to: folder)
        }
        for task in results.tasks {
            for contestant in task.contestants {
                let model = options.models.appendingPathComponent(contestant.id)
                let folder = task.name.map { model.appendingPathComponent($0) } ?? model
                try OutputFile.write(
                    ModelCard(
                        contestant, of: results.alone(task),
                        loading: TransformersLoading(classifierIn: folder)
                    ).text,
                    to: folder.appendingPathComponent("README.md"))
            }
        }
        display.show(
            FitProgress(phase: "writing the report", completed: 0, total: 1, unit: "reports"), of: file.name)
        try writeReport(results, to: folder)
        display.clear()
        try Terminal.show(rankingText(results))
        Terminal.notices(rankingNotices(results))
        Terminal.notice("report: \(folder.report.relativePath)")
    }
}
