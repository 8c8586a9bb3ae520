import Corpora
import Files
import Foundation
import Results

/// Renders everything that can be rendered from the results of a run into its folder: `README.md`, `report.html`, and
/// `figures/` and `tables/` for each task.
///
/// - Parameter against: Published results to stand beside ours, besides those that the experiment names.
public func writeReport(
    _ results: ExperimentResults, to folder: RunFolder, against: [String] = []
) throws {
    var logs: [String: [LogEntry]] = [:]
    for contestant in results.tasks.flatMap(\.contestants) {
        if let text = try? String(contentsOf: folder.log(of: contestant.id), encoding: .utf8) {
            logs[contestant.id] = LogEntry.read(text)
        }
    }
    let report = MarkdownReport(results, logs: logs, against: against)
    try OutputFile.write(report.text, to: folder.report)
    let figures = zip(results.tasks, report.tasks).flatMap { task, report in
        report.figures.all.map {
            (path: "\(task.name.map { "\($0)/" } ?? "")figures/\($0.name).svg", figure: $0)
        }
    }
    try OutputFile.write(
        HTMLPage(
            markdown: report.text,
            figures: Dictionary(figures.map { ($0.path, $0.figure) }, uniquingKeysWith: { first, _ in first })
        ).text,
        to: folder.page)
    for (path, figure) in figures {
        try OutputFile.write(figure.svg, to: folder.url.appendingPathComponent(path))
    }
    for task in results.tasks {
        let place = folder.task(task.name)
        if task.dataset.profileSHA256 != nil {
            let page = DataPage(
                try CorpusProfile(contentsOf: place),
                title: "The data of \(results.experiment.name)" + (task.name.map { ", \($0)" } ?? ""))
            try OutputFile.write(page.markdown, to: place.dataPage)
            try OutputFile.write(page.html, to: place.dataPageHTML)
        }
        try writeTables(results.alone(task), to: folder.task(task.name))
    }
}

private func writeTables(_ results: ExperimentResults, to folder: RunFolder) throws {
    for (name, table) in [("ranking", Ranking(results).table), ("per-label", perLabelTable(results))] {
        let place = folder.url.appendingPathComponent("tables/\(name)")
        try OutputFile.write(
            ([table.header] + table.rows).map(csvLine).joined(), to: place.appendingPathExtension("csv"))
        try OutputFile.write(table.latex, to: place.appendingPathExtension("tex"))
    }
}

/// Every contestant's scores for every label, a row each.
private func perLabelTable(_ results: ExperimentResults) -> Table {
    var table = Table(["contestant", "label", ">precision", ">recall", ">f1", ">support", ">predicted"])
    for contestant in results.contestants {
        for label in contestant.test.perLabel {
            table.add([
                contestant.id, label.label, Wording.score(label.precision), Wording.score(label.recall),
                Wording.score(label.f1), "\(label.support)", "\(label.predicted)",
            ])
        }
    }
    return table
}
