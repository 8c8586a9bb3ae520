import Foundation
import Testing

/// `compare` over runs on different datasets.
@Suite struct CompareTests {
    @Test func manyDatasetsInEveryFormat() throws {
        let program = try Program()
        for (name, recipe) in [("guests", "front-desk"), ("spam", "front-desk-spam")] {
            try program.write(
                RunTests.experiment.replacing("name: small", with: "name: \(name)")
                    .replacing("recipe: front-desk", with: "recipe: \(recipe)")
                    .replacing("  - {id: vader, model: vader}\n", with: "  - {id: nb, model: naive-bayes}\n")
                    + "\n  - {id: svm, model: linear-svm}\nreport: {rank-by: accuracy}\n", to: "\(name).yaml")
            let run = try program.run("run", "\(name).yaml")
            try #require(run.status == 0, "\(run.errors)")
        }
        let folders = ["reports/guests", "reports/spam"]
        let markdown = try program.run(["compare"] + folders)
        #expect(markdown.status == 0, "\(markdown.errors)")
        #expect(markdown.output.contains("## Over 2 datasets") && markdown.output.contains("Wilcoxon"))
        #expect(markdown.output.contains("reports/spam has other labels than reports/guests"))
        #expect(markdown.output.contains("reports/guests, reports/spam are labels of the same data"))

        let json = try program.run(["compare"] + folders + ["--format", "json", "--rank-by", "f1-macro"])
        #expect(json.status == 0, "\(json.errors)")
        let object = try #require(
            JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
        let datasets = try #require(object["datasets"] as? [String: Any])
        let metrics = (datasets["datasets"] as? [[String: Any]])?.map { $0["metric"] as? String }
        #expect(metrics == ["f1_macro", "f1_macro"])
        // The dummies stay out of it.
        #expect((datasets["contestants"] as? [Any])?.count == 3)
        #expect(
            try program.run(["compare"] + folders + ["--format", "latex"]).output.contains("\\begin{table}"))
        #expect(try program.run(["compare"] + folders + ["--format", "html"]).output.contains("<svg"))

        let written = try program.run(["compare"] + folders + ["--output", "compared"])
        #expect(written.status == 0 && written.output.isEmpty, "\(written.errors)")
        for file in ["README.md", "report.html", "comparison.json", "figures/critical-difference.svg"] {
            #expect(program.exists("compared/\(file)"), "\(file)")
        }
        let onRun = try program.run(["compare"] + folders + ["--output", "reports/guests"])
        #expect(onRun.status == 2 && onRun.errors.contains("holds a run"), "\(onRun.errors)")
        let twice = try program.run(["compare", folders[0], folders[1], "./\(folders[0])/"])
        #expect(
            twice.status == 0
                && twice.errors.contains("notice: \(folders[0]) and ./\(folders[0])/ are the same folder"),
            "\(twice.errors)")
        let both = try program.run(["compare"] + folders + ["--output", "x", "--format", "json"])
        #expect(both.status == 2 && !program.exists("x"))
        let unknown = try program.run(["compare"] + folders + ["--rank-by", "f2"])
        #expect(unknown.status == 2 && unknown.errors.contains("no such metric"), "\(unknown.errors)")
        let missing = try program.run(["compare"] + folders + ["--rank-by", "precision"])
        #expect(
            missing.status == 2 && missing.errors.contains("reports/guests: its labels have no precision"),
            "\(missing.errors)")
    }

    /// The tasks of one run stand for its datasets.
    @Test func tasksOfOneRun() throws {
        let program = try Program()
        try program.write(
            """
            name: desk
            tasks:
              - {name: spam, dataset: {recipe: front-desk-spam}}
              - {name: mood, dataset: {recipe: front-desk}}
            contestants: [tfidf-logreg, naive-bayes]
            """, to: "desk.yaml")
        let run = try program.run("run", "desk.yaml")
        try #require(run.status == 0, "\(run.errors)")
        let compared = try program.run("compare", "reports/desk")
        #expect(compared.status == 0 && compared.output.contains("## Over 2 datasets"), "\(compared.errors)")
        #expect(compared.output.contains("mood has other labels than spam"))

        try program.write(
            "name: one\ndataset: {recipe: front-desk}\ncontestants: [naive-bayes]\n", to: "one.yaml")
        try #require(try program.run("run", "one.yaml").status == 0)
        let alone = try program.run("compare", "reports/one")
        #expect(
            alone.status == 2
                && alone.errors.contains("reports/one is a run of one task: give at least two folders"),
            "\(alone.errors)")
    }
}
