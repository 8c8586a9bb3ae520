import ArgumentParser
import Bakeoff
import Foundation

struct Plan: CheckedCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "List the work items of an experiment: what 'run' would do, and what is done.",
        discussion: """
            A work item is one contestant on the tasks that it takes part in, under one seed or on one fold. The data is loaded \
            and splits are made as a run makes them, but nothing is fitted or written. As JSON Lines, one object an item: \
            contestant, model, tasks, seed, fold, digest (SHA-256 over all that its results depend on), algorithm_version, encoder, \
            done, and of what is done the seconds of fitting and the largest memory; of what is to do, what other items of \
            its contestant took.

            Each trial of a search is an item too, with its number and settings, and comes before the item of its contestant: \
            but for searches over features and a learner without a method or a budget, and for programs of your own, whose \
            item does all.

            --format slurm prints a script that sbatch takes as an array, --format make a Makefile; each of their jobs does a \
            share of the items. Nothing is submitted. A script's time and memory follow from what items took that were \
            executed in the same folders; where a contestant has none, --time and --memory must say them.
            """)

    /// How items are listed.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case text, jsonl, slurm, make

        var isScript: Bool {
            switch self {
            case .slurm, .make: true
            case .text, .jsonl: false
            }
        }
    }

    @OptionGroup var arguments: RunArguments

    @Option(help: "How to list them: jsonl, text, slurm or make.")
    var format = Format.jsonl

    @Option(
        help: """
            With slurm and make: into how many jobs the items are divided. (default: one for each item that is to do and depends on no \
            other, 100 at most)
            """)
    var jobs: Int?

    @Option(help: "With slurm: the time limit of a job, as sbatch takes it, such as 30 or 1-12:00:00.")
    var time: String?

    @Option(help: "With slurm: the memory of a job, as sbatch takes it, such as 800M or 4G.")
    var memory: String?

    @Option(
        help:
            "With slurm and make: the threads of a job. (default: slurm: as many as items took, else 1; make: all cores)"
    )
    var cpus: Int?

    /// More than Slurm allows anywhere.
    private static let maxJobs = 4_000_000

    func check() throws {
        try arguments.check()
        let isScript = format.isScript
        for (name, isGiven) in [("--jobs", jobs != nil), ("--cpus", cpus != nil)] where isGiven && !isScript {
            throw ValidationError("\(name) goes with --format slurm and --format make")
        }
        for (name, isGiven) in [("--time", time != nil), ("--memory", memory != nil)]
        where isGiven && format != .slurm {
            throw ValidationError("\(name) goes with --format slurm")
        }
        if let jobs, !(1...Self.maxJobs).contains(jobs) {
            throw ValidationError("--jobs must be from 1 to \(Self.maxJobs), found \(jobs)")
        }
        if let cpus, !(1...Threads.limit).contains(cpus) {
            throw ValidationError("--cpus must be from 1 to \(Threads.limit), found \(cpus)")
        }
        if let time,
            time.wholeMatch(of: /[0-9]+|[0-9]+:[0-9]{2}(:[0-9]{2})?|[0-9]+-[0-9]+(:[0-9]{2}){0,2}/) == nil
        {
            throw ValidationError(
                "--time: expected minutes, minutes:seconds, hours:minutes:seconds or days-hours:minutes:seconds, found \(time)"
            )
        }
        if let memory, memory.wholeMatch(of: /[1-9][0-9]*[KMGT]?/) == nil {
            throw ValidationError(
                "--memory: expected a number with K, M, G or T, or of megabytes, found \(memory)")
        }
    }

    func run() throws {
        let file = try arguments.file()
        let run = ExperimentRun(file: file, options: arguments.options(file))
        let plan = try run.plan { event in
            if case .notice = event { Terminal.notice("\(event)") }
        }
        switch format {
        case .jsonl:
            let estimates = plan.estimates
            try Terminal.write(plan.items.map { try $0.lines(estimate: estimates[$0.id]) }.joined())
        case .text: try Terminal.show(planText(plan.items))
        case .slurm: try Terminal.write(jobPlan(plan, of: file).slurm())
        case .make: try Terminal.write(jobPlan(plan, of: file).makefile())
        }
    }

    private func jobPlan(_ plan: RunPlan, of file: ExperimentFile) throws -> JobPlan {
        var limits = JobPlan.Limits()
        (limits.jobs, limits.time, limits.memory, limits.cpus) = (jobs, time, memory, cpus)
        let program = Bundle.main.executableURL?.resolvingSymlinksInPath().path ?? "bakeoff"
        return try JobPlan(
            plan, of: file, limits: limits, folder: FileManager.default.currentDirectoryPath,
            command: [program, "run"] + arguments.words)
    }
}
