import Corpora
import Evaluation
import Foundation
import Labels
import Reports
import Results
import SafeFiles
import TestSupport
import Testing

/// Runs side by side, in every format.
@Suite struct ComparisonReportTests {
    /// Small runs that stand for different datasets.
    private static func runs(_ count: Int) throws -> (runs: [SmallRun], compared: [ComparedRun]) {
        let runs = try (0..<count).map { place in
            try SmallRun(
                .multiclass,
                contestants: [
                    ("keen", 2.4 + Double(place)), ("plain", 1.0), ("weak & co", 0.2), ("a_b", 0.6),
                ])
        }
        let compared = runs.enumerated().flatMap { place, run -> [ComparedRun] in
            var results = run.results
            results.tasks[0].dataset.sha256 = "data \(place)"
            return ComparedRun.each(of: results, named: "run \(place)", in: run.folder)
        }
        return (runs, compared)
    }

    @Test func everyFormatHasTheDatasets() throws {
        let (runs, compared) = try Self.runs(3)
        defer { for run in runs { run.remove() } }
        let report = try ComparisonReport(compared)
        let markdown = report.markdown
        #expect(markdown.contains("## Over 3 datasets") && markdown.contains("Friedman's test: chi-squared"))
        #expect(markdown.contains("Of 3 datasets its p cannot be below 0.2500"))
        #expect(markdown.contains("run 1, run 2 are on other data than run 0: the scores do not compare."))
        #expect(!markdown.contains("!["))
        #expect(report.html.contains("<svg") && report.html.contains("critical difference"))
        #expect(report.latex.components(separatedBy: "\\begin{table}").count == 1 + 3)
        #expect(report.latex.contains("weak \\& co") && report.latex.contains("a\\_b"))
        let json = try #require(JSONSerialization.jsonObject(with: Data(report.json)) as? [String: Any])
        let datasets = try #require(json["datasets"] as? [String: Any])
        #expect((datasets["contestants"] as? [Any])?.count == 4)
        #expect((datasets["pairs"] as? [Any])?.count == 6)
        #expect((json["runs"] as? [Any])?.count == 3)
        let again = try ComparisonReport(compared)
        #expect(try again.json == report.json && again.html == report.html)
    }

    /// Every file of the folder, and nobody else's replaced.
    @Test func theFolder() throws {
        let (runs, compared) = try Self.runs(2)
        defer { for run in runs { run.remove() } }
        let folder = try TemporaryFolder()
        let place = folder.file("compared")
        let report = try ComparisonReport(compared)
        try report.write(to: place)
        try report.write(to: place)
        for path in [
            "README.md", "report.html", "comparison.json", "tables/runs.tex", "tables/datasets.csv",
            "tables/dataset-pairs.tex", "figures/critical-difference.svg",
        ] {
            #expect(
                FileManager.default.fileExists(atPath: place.appendingPathComponent(path).path), "\(path)")
        }
        let readme = try String(contentsOf: place.appendingPathComponent("README.md"), encoding: .utf8)
        #expect(readme.contains("](figures/critical-difference.svg)"))
        #expect(throws: ResultsError.self) { try report.write(to: runs[0].folder.url) }
        let mine = folder.file("mine")
        try FileManager.default.createDirectory(at: mine, withIntermediateDirectories: true)
        try Data("mine".utf8).write(to: mine.appendingPathComponent("README.md"))
        #expect(throws: FileError.self) { try report.write(to: mine) }
    }

    /// Runs on the same rows have no such section.
    @Test func oneDatasetIsNotMany() throws {
        let run = try SmallRun(.multiclass)
        defer { run.remove() }
        let compared = ["a", "b"].flatMap { ComparedRun.each(of: run.results, named: $0, in: run.folder) }
        let report = try ComparisonReport(compared)
        #expect(!report.markdown.contains("datasets") && report.markdown.contains("keen (a) vs keen (b)"))
        let json = try #require(JSONSerialization.jsonObject(with: Data(report.json)) as? [String: Any])
        #expect(json["datasets"] == nil && (json["comparisons"] as? [Any])?.isEmpty == false)
        // What would be ranked by the metric is not there.
        #expect(throws: ResultsError.nothingToRank(by: "accuracy")) {
            try ComparisonReport(compared, metric: .accuracy)
        }
    }

    /// Datasets that share one contestant alone: that nobody is ranked over them is said.
    @Test func whoIsAloneOnSeveralDatasets() throws {
        let run = try SmallRun(.multiclass)
        defer { run.remove() }
        var other = run.results
        other.tasks[0].dataset.sha256 = "others"
        other.tasks[0].contestants.removeLast(2)
        let compared =
            ComparedRun.each(of: run.results, named: "a", in: run.folder)
            + ComparedRun.each(of: other, named: "b", in: run.folder)
        let markdown = try ComparisonReport(compared).markdown
        #expect(markdown.contains("No two contestants, dummies aside, are on all of these datasets"))
        #expect(!markdown.contains("## Over"))
    }
}
