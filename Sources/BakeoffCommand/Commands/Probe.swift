import ArgumentParser
import Bakeoff
import Foundation

struct Probe: CheckedCommand {
    static let configuration = CommandConfiguration(
        commandName: "probe",
        abstract: "Edit texts a little, and count how often a run's models change their labels.",
        discussion: """
            A typo, capitals, another first name or a synonym should leave a label as it is; a negation should change it. For \
            each edit and each model: the share of texts where that fails, with its 95% interval, and some examples. No gold \
            labels are needed, since a model is compared with itself. The edits are for English texts.

            The texts are the test rows of the run, read from its data again, or those of --input. With --templates each of these \
            is a template: 'The {room|bed} was {clean|dirty}.' stands for four texts.

            A neutral text that is negated stays neutral, and so do topics: choose rows by --gold, or say --negation-stays.
            """)

    /// How the result is written.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case text, markdown, json
    }

    @Argument(
        help: "The folder of a run's models, runs/<name>, or of one of them, runs/<name>/<contestant>.",
        completion: .directory)
    var folder: String

    @Option(help: "Of a run with several tasks: the one to probe.")
    var task: String?

    @Option(help: "The folder of the run's report. (default: where the run left it)", completion: .directory)
    var report: String?

    @Option(
        help: "The run's experiment file. (default: the one that the run was told)",
        completion: .file(extensions: ["yaml", "yml"]))
    var experiment: String?

    @Option(
        help: "Probe only test rows that have this label; may be repeated. (default: all test rows)")
    var gold: [String] = []

    @Option(
        help: "A file of texts to probe instead: one a line, or a table; '-' for standard input.",
        completion: .file())
    var input: String?

    @Flag(help: "Each text of --input is a template, with alternatives in braces.")
    var templates = false

    @Option(
        help:
            "An edit to make; may be repeated: \(TextEdit.allCases.map(\.rawValue).joined(separator: ", ")). (default: all)"
    )
    var edit: [TextEdit] = []

    @Flag(help: "A negated text has the same label, as it has where labels are topics.")
    var negationStays = false

    @Option(help: "How many failures of each edit and model to show.")
    var examples = 1

    @Option(help: "text, markdown or json.")
    var format: Format = .text

    @Option(help: "The file to write, whole or not at all. (default: standard output)", completion: .file())
    var output: String?

    @Flag(
        help:
            "Also store what was found in the run's report, as probe.json, and render the report with a section of it."
    )
    var store = false

    @OptionGroup var reading: TextArguments

    func check() throws {
        if examples < 0 { throw ValidationError("--examples must be at least 0, found \(examples)") }
        if templates && input == nil { throw ValidationError("--templates goes with --input") }
        if input == nil { return }
        try refuseToReplace(input: input, by: output)
        if store { throw ValidationError("--store is of the run's test rows: leave it or --input out") }
        let ofTestRows = [
            ("--gold", !gold.isEmpty), ("--report", report != nil), ("--experiment", experiment != nil),
        ]
        for (option, isGiven) in ofTestRows where isGiven {
            throw ValidationError("\(option) speaks of the run's test rows: leave it or --input out")
        }
    }

    func run() throws {
        let models = try SavedModels(in: URL(fileURLWithPath: folder), task: task)
        Terminal.notices(models.notices)
        let texts = try texts()
        let edits = TextEdit.allCases.filter { edit.isEmpty || edit.contains($0) }
        let display = FitProgressDisplay()
        let probe = try BehaviourProbe(
            of: models, named: folder, texts: texts,
            checks: BehaviourCheck.all(of: edits, negationStays: negationStays), examples: examples
        ) { id, done, total in
            display.show(
                FitProgress(phase: "predicting", completed: done, total: total, unit: "texts"), of: id)
        }
        display.clear()
        if store, let rows = texts.rows { try keep(probe, of: rows) }
        let result =
            switch format {
            case .text: probe.text
            case .markdown: probe.markdown
            case .json: try probe.json
            }
        try Terminal.deliver(result, to: output, isForPeople: format != .json)
    }

    private func probedRun() throws -> ProbedRun {
        try ProbedRun(
            models: URL(fileURLWithPath: folder), report: report.map { URL(fileURLWithPath: $0) },
            experiment: experiment.map { URL(fileURLWithPath: $0) })
    }

    /// Stores what was found in the run's report, and renders it.
    private func keep(_ probe: BehaviourProbe, of rows: ProbedRows) throws {
        let folder = try probedRun().report
        let hold = try FolderHold(folder.url)
        defer { withExtendedLifetime(hold) {} }
        let results = try ExperimentResults(contentsOf: folder)
        try MadeFiles(in: folder.url).checkLinks(RunLayout.ownNames + results.tasks.compactMap(\.name))
        try probe.record(of: rows, results: results, in: folder).write(to: folder.task(rows.task))
        try RenderedReport(results, in: folder).write()
        Terminal.notice("stored in \(folder.task(rows.task).probe.relativePath), and in the report")
    }

    private func texts() throws -> ProbeTexts {
        guard let input else {
            let run = try probedRun()
            return try ProgressBar.during("reading the test rows") {
                try ProbeTexts(testRowsOf: run, task: task, gold: gold, cache: CacheFolder.url)
            }
        }
        let source = try TextSource.file(input, options: reading.options)
        let name = input == "-" ? "standard input" : input
        return try ProbeTexts(source, named: name, asTemplates: templates)
    }
}

extension TextEdit: ExpressibleByArgument {}
