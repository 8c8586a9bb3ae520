import ArgumentParser
import Bakeoff

struct Plan: CheckedCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the work items of an experiment: what 'run' would do, and what is done.",
        discussion: """
            A work item is one contestant on the tasks that it takes part in, under one seed or on one fold. The data is loaded \
            and splits are made as a run makes them, but nothing is fitted or written. As JSON Lines, one object an item: \
            contestant, model, tasks, seed, fold, digest (SHA-256 over all that its results depend on), algorithm_version, encoder, \
            done, and of what is done the seconds of fitting and the largest memory.
            """)

    /// How items are listed.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case text, jsonl
    }

    @OptionGroup var arguments: RunArguments

    @Option(help: "How to list them: jsonl or text.")
    var format = Format.jsonl

    func check() throws { try arguments.check() }

    func run() throws {
        let file = try arguments.file()
        let run = ExperimentRun(file: file, options: arguments.options(file))
        let plan = try run.plan { event in
            if case .notice = event { Terminal.notice("\(event)") }
        }
        switch format {
        case .jsonl: try Terminal.write(plan.items.map { try $0.line() }.joined())
        case .text: try Terminal.show(planText(plan.items))
        }
    }
}
