import Files
import Foundation
import Results

/// Renders everything that can be rendered from the results of a run into its folder: `README.md`, and `tables/` for
/// each task.
public func writeReport(_ results: ExperimentResults, to folder: RunFolder) throws {
    try OutputFile.write(MarkdownReport(results).text, to: folder.report)
    for task in results.tasks {
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
