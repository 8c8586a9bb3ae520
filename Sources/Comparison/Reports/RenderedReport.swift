import Corpora
import Foundation
import Results
import SafeFiles

/// Everything that can be rendered from the results of a run: `README.md`, `report.html`, and for each task `figures/`,
/// `tables/` and the page of its data.
public struct RenderedReport: Sendable {
    /// By their paths in the run's folder.
    let files: [(path: String, text: String)]
    private let folder: RunLayout
    /// The paths of files that a compact run may lack.
    private let leftOut: Set<String>

    /// - Parameters:
    ///   - folder: Of the run; its logs, predictions and probes are read.
    ///   - against: Published results to stand beside ours, besides those that the experiment names.
    /// - Throws: If the stored predictions, the probe or the profile of a task's data cannot be read.
    public init(_ results: ExperimentResults, in folder: RunLayout, against: [String] = []) throws {
        self.folder = folder
        leftOut = Set(try folder.compactRecord().leftOut)
        let report = RunReport(
            results, logs: readLogs(results, in: folder), against: against,
            explorations: try results.tasks.map {
                try Exploration(results.alone($0), in: folder.task($0.name))
            }, probes: try results.tasks.map { try ProbeRecord(in: folder.task($0.name)) })
        let document = report.document
        var files: [(path: String, text: String)] = [
            (folder.report.lastPathComponent, document.markdown),
            (folder.page.lastPathComponent, HTMLPage(document).text),
        ]
        for task in report.tasks { files += task.figures.all.map { (task.path(of: $0), $0.svg) } }
        files += report.tasks.flatMap(RenderedReport.tables)
        files += try report.tasks.flatMap { try RenderedReport.dataPages($0, in: folder) }
        self.files = files
    }

    /// The tables of a task for programs and for LaTeX.
    private static func tables(_ task: TaskReport) -> [(path: String, text: String)] {
        let experiment = task.results.experiment.name
        let what = experiment + (task.name.map { ", \($0)" } ?? "")
        let place = experiment + (task.name.map { "-\($0)" } ?? "")
        var tables = [
            ("ranking", "Scores on the test rows of \(what)", task.ranking.table),
            ("per-label", "Scores of each label on the test rows of \(what)", task.perLabelTable),
        ]
        if let curve = task.results.curve {
            tables.append(
                ("train-rows", "Scores by train rows on the test rows of \(what)", task.curveTable(curve)))
        }
        return tables.flatMap { name, caption, table in
            [
                (task.path(RunLayout.tablePath(name, ending: "csv")), table.csv),
                (
                    task.path(RunLayout.tablePath(name, ending: "tex")),
                    table.latex(caption: caption, label: "tab:\(place)-\(name)")
                ),
            ]
        }
    }

    /// The page of a task's data, where its profile is stored.
    private static func dataPages(
        _ task: TaskReport, in folder: RunLayout
    ) throws -> [(path: String, text: String)] {
        if task.results.dataset.profileSHA256 == nil { return [] }
        let place = folder.task(task.name)
        let document = DataPage(
            try CorpusProfile(contentsOf: place),
            title: "The data of \(task.results.experiment.name)" + (task.name.map { ", \($0)" } ?? "")
        ).document
        return [
            (task.path(place.dataPage.lastPathComponent), document.markdown),
            (task.path(place.dataPageHTML.lastPathComponent), HTMLPage(document).text),
        ]
    }

    public func write() throws {
        for (path, text) in files {
            try OutputFile.write(text, to: folder.url.appendingPathComponent(path))
        }
    }

    /// Leaves out of a compact run what is rendered for programs and browsers: the pages in HTML and the tables.
    public func leaveOut() throws {
        try folder.leaveOut(
            files.map(\.path).filter { path in [".html", ".csv", ".tex"].contains(where: path.hasSuffix) }
                .map(folder.url.appendingPathComponent))
    }

    /// Compares what is on disk with what the results give, so that no number of a page or table can be changed by hand
    /// unnoticed, nor a page or table taken away.
    ///
    /// - Throws: `ResultsError.reportIncomplete` with all that are missing; `.reportDiffers` at the first line that differs.
    public func verify() throws {
        var missing = files.map(\.path).filter {
            !FileManager.default.fileExists(atPath: folder.url.appendingPathComponent($0).path)
        }
        // What a compact run leaves out can be rendered at any time.
        let leftOut = missing.filter(leftOut.contains)
        missing.removeAll(where: leftOut.contains)
        if !missing.isEmpty {
            throw ResultsError.reportIncomplete(folder: folder.url.relativePath, missing: missing)
        }
        for (path, text) in files where !leftOut.contains(path) {
            let file = folder.url.appendingPathComponent(path)
            let stored = String(decoding: try InputFile(file).readToEnd(), as: UTF8.self)
            if stored == text { continue }
            let (old, new) = (lines(stored), lines(text))
            let place =
                zip(old, new).enumerated().first { $0.element.0 != $0.element.1 }?.offset
                ?? min(old.count, new.count)
            func line(_ lines: [Substring]) -> String { place < lines.count ? String(lines[place]) : "" }
            throw ResultsError.reportDiffers(
                file: file.path, line: place + 1, stored: line(old), rendered: line(new))
        }
    }
}

private func lines(_ text: String) -> [Substring] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
}

/// What contestants told while they were fitted: by id, or by `id/task` where each task has a log of its own.
private func readLogs(_ results: ExperimentResults, in folder: RunLayout) -> [String: [LogEntry]] {
    var logs: [String: [LogEntry]] = [:]
    for task in results.tasks {
        for contestant in task.contestants {
            for (name, file) in folder.logs(of: contestant.id, task: task.name) where logs[name] == nil {
                if let bytes = try? PackableFile(file).bytes() {
                    logs[name] = LogEntry.read(String(decoding: bytes, as: UTF8.self))
                }
            }
        }
    }
    return logs
}

/// Renders everything that can be rendered from the results of a run into its folder.
///
/// - Parameter against: Published results to stand beside ours, besides those that the experiment names.
public func writeReport(
    _ results: ExperimentResults, to folder: RunLayout, against: [String] = []
) throws {
    try RenderedReport(results, in: folder, against: against).write()
}
