import ArgumentParser
import Bakeoff
import Foundation

struct Run: CheckedCommand, AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Fit and score every contestant of an experiment, and write the report.",
        discussion: """
            Contestants whose inputs (settings, data, split, seed, version) have not changed keep their stored \
            results, so a run that was stopped goes on where it was. Ctrl-C asks it to stop cleanly (exit code 1), \
            a second one ends it at once.
            """)

    @OptionGroup var arguments: RunArguments

    @Option(help: "Run only this contestant; may be repeated.")
    var only: [String] = []

    @Option(help: "Number of threads. Results do not depend on it. (default: all cores)")
    var threads: Int?

    @Flag(help: "Make the split anew and fit everything again.")
    var force = false

    @OptionGroup var hub: HubArguments

    func check() throws {
        try arguments.check()
        if let threads, !(1...Threads.limit).contains(threads) {
            throw ValidationError("--threads must be from 1 to \(Threads.limit), found \(threads)")
        }
    }

    func run() async throws {
        if let threads { Threads.count = threads }
        let file = try arguments.file()
        try await fetchNamed(in: file)
        var options = arguments.options(file)
        let cache = options.cache
        options.build = { ProgramBuild.digest(cache: cache) }
        options.only = only
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
        let experimentRun = ExperimentRun(file: file, options: options)
        let hold = try experimentRun.hold()
        defer { withExtendedLifetime(hold) {} }
        let run = try experimentRun.assembledRun(holding: hold, notify: tell)
        let results = run.results
        let folder = RunLayout(options.output)
        for replicate in run.replicates { try writeModelCards(replicate.results, in: replicate.models) }
        display.show(
            FitProgress(phase: "writing the report", completed: 0, total: 1, unit: "reports"), of: file.name)
        try writeReport(results, to: folder)
        display.clear()
        try Terminal.show(rankingText(results))
        Terminal.notices(rankingNotices(results))
        Terminal.notice("report: \(folder.report.relativePath)")
    }

    /// Before anything is fitted, so that no name is found wrong after an hour.
    private func fetchNamed(in file: ExperimentFile) async throws {
        let display = FetchDisplay()
        defer { display.clear() }
        try await file.fetchDatasets(hub: hub.fetcher) { display.show($0) }
        try await file.fetchEncoders(only: only, hub: hub.fetcher) { display.show($0) }
    }

    private func writeModelCards(_ results: ExperimentResults, in models: URL) throws {
        for task in results.tasks {
            for contestant in task.contestants {
                let model = models.appendingPathComponent(contestant.id)
                let folder = task.name.map { model.appendingPathComponent($0) } ?? model
                try OutputFile.write(
                    ModelCard(
                        contestant, of: results.alone(task),
                        loading: TransformersLoading(classifierIn: folder)
                    ).text,
                    to: folder.appendingPathComponent("README.md"))
            }
        }
    }
}
