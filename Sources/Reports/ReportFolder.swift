import Files
import Foundation
import Results

/// Renders everything that can be rendered from the results of a run into its folder: `README.md`, `report.html`,
/// `figures/` and `tables/`.
///
/// - Parameter against: Published results to stand beside ours, besides those that the experiment names.
public func writeReport(
    _ results: ExperimentResults, to folder: RunFolder, against: [String] = []
) throws {
    var logs: [String: [LogEntry]] = [:]
    for contestant in results.contestants {
        if let text = try? String(contentsOf: folder.log(of: contestant.id), encoding: .utf8) {
            logs[contestant.id] = LogEntry.read(text)
        }
    }
    let report = MarkdownReport(results, logs: logs, against: against)
    try OutputFile.write(report.text, to: folder.report)
    try OutputFile.write(
        HTMLPage(markdown: report.text, figures: report.figures.all).text, to: folder.page)
    for figure in report.figures.all {
        try OutputFile.write(
            figure.svg, to: folder.url.appendingPathComponent("figures/\(figure.name).svg"))
    }
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
