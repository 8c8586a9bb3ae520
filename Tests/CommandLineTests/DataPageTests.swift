import Foundation
import Testing

/// The profile of a dataset as a page, by `describe` and in a report.
@Suite struct DataPageTests {
    private static let table = """
        id,text,label,part
        a1,the same words,x,1
        a2,The  same words,y,1
        a3,"some other, longer words",x,1
        a4,<b>bold</b> | words,y,1
        a5,nothing else here,x,1
        a6,one more of them,y,1
        a7,the last but one,x,1
        a8,and the last,y,1

        """

    @Test func describeWritesPages() throws {
        let program = try Program()
        try program.write(Self.table, to: "t.csv")
        let markdown = try program.run("describe", "t.csv", "--id", "id", "--format", "markdown").output
        for part in [
            "# The data of t.csv", "8 rows, 2 labels (binary)", "| x     |    4 | 50.0% |",
            "## Length of texts", "## Duplicates and conflicts", "| a1 ", "## Examples", "the same words",
        ] {
            #expect(markdown.contains(part), "\(part) in \(markdown)")
        }
        let conflicts = try #require(
            markdown.split(separator: "\n").first { $0.contains("different labels") })
        #expect(conflicts.hasSuffix("1 |"))
        let html = try program.run("describe", "t.csv", "--id", "id", "--format", "html").output
        #expect(html.hasPrefix("<!doctype html>") && html.contains("<table") && !html.contains("<b>bold"))
    }

    @Test func aReportHasItWithoutTexts() throws {
        let program = try Program()
        try program.write(Self.table, to: "t.csv")
        try program.writeTinyEncoder(to: "model")
        let experiment = """
            name: page
            dataset: {file: t.csv, columns: {id: id}, labels: {column: label}}
            split: {train: 0.5, test: 0.5, stratify: none, seed: 1}
            contestants:
              - {id: majority, model: dummy}
              - {id: frozen, model: frozen-encoder, encoder: model, max-length: 7}
            """
        try program.write(experiment, to: "page.yaml")
        #expect(try program.run("run", "page.yaml").status == 0)
        let page = try program.read("reports/page/data.md")
        #expect(
            page.contains("| first row with | id |") || page.contains("| first row with | id  |"), "\(page)")
        #expect(page.contains("train 4, test 4") && page.contains("## Leaks"))
        #expect(page.contains("tokens of model") && page.contains("|                         7 |"), "\(page)")
        #expect(!page.contains("same words"))
        #expect(try !program.read("reports/page/data.json").contains("same words"))
        #expect(try program.read("reports/page/data.html").contains("<h2"))
        #expect(try program.read("reports/page/README.md").contains("](data.md)"))
        #expect(try program.read("reports/page/report.html").contains("href=\"data.html\""))
        #expect(try program.run("report", "reports/page", "--verify").status == 0)
        try program.write("{}", to: "reports/page/data.json")
        #expect(try program.run("report", "reports/page", "--verify").status == 2)

        try program.write(experiment + "\nreport: {quotes: true}\n", to: "page.yaml")
        #expect(try program.run("run", "page.yaml").status == 0)
        #expect(try program.read("reports/page/data.md").contains("the same words"))
    }
}
