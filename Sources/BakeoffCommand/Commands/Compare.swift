import ArgumentParser
import Bakeoff
import Foundation

struct Compare: CheckedCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract:
            "Set several runs side by side; say who is better on the same rows, and over many datasets.",
        discussion: """
            Contestants of different runs on the same test rows are tested in pairs, with Holm's correction. Where data or \
            split differ it says so, since scores of different test rows do not compare. Of contestants that have the same \
            ids on different datasets it gives average ranks, Friedman's test, Wilcoxon's signed-rank tests, and wins, ties \
            and losses by each dataset's own test. Each task of a run counts as a run, so that one folder with several tasks \
            will do.
            """)

    /// How the comparison is written.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case markdown, html, latex, json
    }

    @Argument(help: "The folders of the runs, such as reports/<name>.", completion: .directory)
    var folders: [String]

    @Option(
        help: "The metric that datasets are compared by, such as f1-macro. (default: each run's own)",
        transform: MetricName.init(argument:))
    var rankBy: MetricName?

    @Option(help: "markdown, html (a whole page), latex (the tables) or json.")
    var format: Format = .markdown

    @Option(
        help:
            "A folder for all of these formats, and for tables and figures as files, instead of standard output.",
        completion: .directory)
    var output: String?

    func check() throws {
        if output != nil, format != .markdown {
            throw ValidationError("--output writes every format: leave --format out")
        }
    }

    func run() throws {
        tellTheSame()
        let runs = try folders.flatMap { path in
            let folder = RunLayout(URL(fileURLWithPath: path))
            try folder.checkResults()
            return ComparedRun.each(
                of: try ExperimentResults(contentsOf: folder), named: folders.count > 1 ? path : nil,
                in: folder)
        }
        if runs.count < 2 {
            throw ValidationError("\(folders[0]) is a run of one task: give at least two folders")
        }
        let report = try ProgressBar.during("comparing runs") { try ComparisonReport(runs, metric: rankBy) }
        if let output {
            try report.write(to: URL(fileURLWithPath: output))
            Terminal.notice("wrote \(output)/README.md")
            return
        }
        switch format {
        case .markdown: try Terminal.show(report.markdown)
        case .html: try Terminal.write(report.html)
        case .latex: try Terminal.write(report.latex)
        case .json: try Terminal.write(report.json)
        }
    }

    /// Tells of folders that are given twice: what stands in one run is no second piece of evidence.
    private func tellTheSame() {
        var seen: [String: String] = [:]
        for path in folders {
            let place = URL(fileURLWithPath: path).resolvingSymlinksInPath().standardizedFileURL.path
            guard let first = seen.updateValue(path, forKey: place) else { continue }
            Terminal.notice("notice: \(first) and \(path) are the same folder")
        }
    }
}
