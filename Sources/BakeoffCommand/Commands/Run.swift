import ArgumentParser
import Bakeoff
import Foundation

struct Run: CheckedCommand, AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Fit and score every contestant of an experiment, and write the report.",
        discussion: """
            Contestants whose inputs (settings, data, split, seed, version) have not changed keep their stored \
            results, so a run that was stopped goes on where it was. Ctrl-C asks it to stop cleanly (exit code 1), \
            a second one ends it at once.

            Any number of processes may run the same experiment at once, on any hosts that see the folders. Each work item is \
            fitted by one of them; if that one dies, another takes it over. Who finds nothing left to do waits for the \
            others, and one of them writes the report.
            """)

    @OptionGroup var arguments: RunArguments

    @Option(help: "Run only this contestant; may be repeated.")
    var only: [String] = []

    @Option(help: "Number of threads. Results do not depend on it. (default: all cores)")
    var threads: Int?

    @Option(
        help: """
            Do only the K-th of N shares of the work items, such as 2/8, wait for no other share, and write the report if \
            all are done. (default: in an array job of Slurm the task's share, else all)
            """)
    var shard: Shard?

    @Flag(help: "Make the split anew and fit everything again. Not while other processes run the experiment.")
    var force = false

    @Option(help: "What is told at the end: text, the ranking; or json, where the report and the models are.")
    var format = Format.text

    /// What is told at the end, on standard output.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case text, json
    }

    @OptionGroup var hub: HubArguments

    func check() throws {
        try arguments.check()
        if let threads, !(1...Threads.limit).contains(threads) {
            throw ValidationError("--threads must be from 1 to \(Threads.limit), found \(threads)")
        }
        if force, let shard {
            throw ValidationError(
                "--force does not go with --shard \(shard), since each process would begin anew what others did; remove the "
                    + "run's folders, or run once without --shard")
        }
    }

    func run() async throws {
        if let threads { Threads.count = threads }
        let file = try arguments.file()
        // Before anything is fitted, so that no name is found wrong after an hour.
        try await hub.fetch(file, only: only)
        var options = arguments.options(file)
        options.only = only
        options.force = force
        options.shard = try share()
        let display = FitProgressDisplay()
        options.watch(with: display)
        let allowCommands = arguments.allowCommands
        options.allowsPrograms = { allowCommands || askedToAllow($0) }
        defer { display.clear() }
        let tell = { (event: RunEvent) in
            display.clear()
            Terminal.notice("\(event)")
        }
        let experimentRun = ExperimentRun(file: file, options: options)
        let hold = try experimentRun.hold(notify: tell)
        defer { withExtendedLifetime(hold) {} }
        guard let run = try experimentRun.shardRun(holding: hold, notify: tell) else {
            return Terminal.notice(
                "shard \(options.shard.map { "\($0)" } ?? "") is done; whoever ends last writes the report")
        }
        let results = run.results
        let folder = RunLayout(options.output)
        if run.isOwn {
            display.show(
                FitProgress(phase: "writing the report", completed: 0, total: 1, unit: "reports"),
                of: file.name)
            try run.writePages(to: folder)
            try hold.finish()
        }
        display.clear()
        switch format {
        case .text: try Terminal.show(rankingText(results))
        case .json: try Terminal.write(try StableJSON.line(RunPlaces(options)))
        }
        Terminal.notices(rankingNotices(results))
        Terminal.notice("report: \(folder.report.relativePath)")
        _ = try run.withoutFailures()
    }

    /// Asks on a terminal whether programs may run; where there is none, nobody said so.
    @Sendable private func askedToAllow(_ programs: [NamedProgram]) -> Bool {
        for program in programs { Terminal.notice("the experiment runs a program: \(program)") }
        return Terminal.agrees(to: "Let \(programs.count == 1 ? "it" : "them") run, with your rights?")
    }

    /// What was asked for, or what the array job says that this process is a task of.
    private func share() throws -> Shard? {
        if let shard { return shard }
        guard !force, let shard = try Shard(slurm: ProcessInfo.processInfo.environment) else { return nil }
        Terminal.notice("notice: shard \(shard), by SLURM_ARRAY_TASK_ID; --shard 1/1 does everything")
        return shard
    }
}

extension Shard: ExpressibleByArgument {
    public init?(argument: String) {
        let numbers = argument.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard numbers.count == 2, let number = numbers[0], let count = numbers[1] else { return nil }
        self.init(number: number, of: count)
    }
}
