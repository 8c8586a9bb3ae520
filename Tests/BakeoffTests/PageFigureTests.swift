import Bakeoff
import Foundation
import Testing

/// The figures that pages quote stand in the reports of this tree.
@Suite struct PageFigureTests {
    /// A ranking is that of the report which the sentence above it links to.
    @Test func theRankingOfTheReadmeIsTheReports() throws {
        let readme = try Page("README.md")
        let quoted = try #require(readme.tables.first { $0[0].keys.contains("contestant") })
        let report = try Page("reports/tweets-sentiment/README.md")
        #expect(readme.links.contains(report.path))
        let ranking = try #require(report.tables.first)
        #expect(quoted.count == ranking.count)
        for (quoted, row) in zip(quoted, ranking) {
            for (column, cell) in quoted { #expect(row[column] == cell, "\(column)") }
        }
    }

    /// Each figure of ours beside a notebook's is one of the report that the row links to.
    @Test func theFiguresBesideNotebooksAreTheReports() throws {
        let page = try Page("docs/notebooks.md")
        let rows = try #require(page.tables.first)
        #expect(rows.count >= 5)
        for row in rows {
            let link = try #require(row["the report"]?.firstMatch(of: /\]\((.+)\)/)?.1)
            let report = try Page(page.target(of: String(link)))
            // The rankings and the ledgers of thresholds.
            let scores = report.tables.filter { $0[0]["contestant"] != nil }.joined()
                .flatMap(\.values).compactMap(Double.init)
            let quoted = try #require(row["here"]).matches(
                of: /(?:^|[^0-9])\.(\d{2,3})(?![0-9])|0\.(0)(?![0-9])/
            )
            .compactMap { $0.1 ?? $0.2 }
            #expect(!quoted.isEmpty)
            for figure in quoted {
                let isThere = scores.contains { String(format: "%.\(figure.count)f", $0) == "0.\(figure)" }
                #expect(isThere, "\(link): .\(figure)")
            }
        }
    }

    /// The benchmark's table on the page of performance is that of the report on benchmarks.
    @Test func theMeasuredTimesAreTheReports() throws {
        let page = try Page("docs/performance.md")
        let report = try Page("reports/benchmarks/README.md")
        let measured = try #require(report.tables.first)
        let quoted = try #require(page.tables.first)
        #expect(quoted.count >= 4)
        for row in quoted {
            let source = measured.first { $0["work"] == row["work"] && $0["beside"] == row["beside"] }
            #expect(
                source?["speed-up (min to max)"] == row["speed-up (min to max)"],
                "\(row)")
        }
        let place = try #require(page.text.firstMatch(of: /Measured on (.+?);/)?.1)
        #expect(report.text.contains("\n\(place); commit"))
    }
}
