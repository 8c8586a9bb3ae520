import Foundation
import Testing

/// A run on samples of the train rows, and its report.
@Suite struct LearningCurveTests {
    private static let experiment = """
        name: few
        dataset: {recipe: front-desk}
        split: {train: 0.70, validation: 0.15, test: 0.15, seed: 42}
        learning-curve: {sizes: [20, 50, 200, all], repeats: 3, reach: [0.6]}
        contestants:
          - {id: majority, model: dummy}
          - {id: lr, model: tfidf-logreg, tfidf: {max-features: 500}}
          - {id: bayes, model: naive-bayes}
        """

    @Test func scoresByTrainRows() throws {
        let program = try Program()
        try program.write(Self.experiment, to: "few.yaml")
        let outcome = try program.run("run", "few.yaml")
        try #require(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.errors.contains("50 train rows, repeat 1"))
        let curve = try #require(
            object(program.read("reports/few/results.json"))["learning_curve"] as? [String: Any])
        #expect(curve["rows"] as? [Double] == [20, 50, 200, 840] && curve["reach"] as? [Double] == [0.6])
        let report = try program.read("reports/few/README.md")
        #expect(
            report.contains("## Scores by train rows")
                && report.contains("Samples are nested, stratified by labels."))
        #expect(!report.contains("Bands are too narrow"))
        #expect(report.contains("extrapolation") && report.contains("rows for 0.6000"))
        #expect(report.contains("](figures/train-rows.svg)"))
        #expect(try program.read("reports/few/figures/train-rows.svg").contains("<polygon"))
        #expect(
            try program.read("reports/few/tables/train-rows.csv")
                .hasPrefix("contestant,20 rows,50 rows,200 rows,840 rows\n"))
        let plan = try program.run("plan", "few.yaml").output.split(separator: "\n")
        #expect(plan.count == 30 && plan.allSatisfy { $0.contains("\"done\":true") })
        #expect(plan.count { $0.contains("\"sample\":{\"repeat\":1,\"size\":50,\"unit\":\"rows\"}") } == 3)
        #expect(try program.run("report", "reports/few", "--verify").status == 0)
        let label = try program.run("predict", "--model", "runs/few/samples/200/0/lr", "the room was dirty")
        #expect(label.status == 0, "\(label.errors)")

        let compact = try program.run("report", "reports/few", "--compact")
        #expect(compact.status == 0, "\(compact.errors)")
        #expect(program.exists("reports/few/samples/20/0/predictions/lr.csv.gz"))
        let verified = try program.run("report", "reports/few", "--verify")
        #expect(verified.status == 0, "\(verified.errors)")
    }

    /// Of few rows of a label, in samples or in test, bands promise too much, and the report says so.
    @Test(arguments: [
        ("0.85/0.15", "[5, 40]", "samples of 5 rows have one row of "),
        ("0.95/0.05", "[40, 60]", "test has 1"),
    ])
    func narrowBandsAreTold(shares: String, sizes: String, reason: String) throws {
        let program = try Program()
        let (train, test) = (shares.prefix(4), shares.suffix(4))
        try program.write(
            """
            name: few
            dataset: {recipe: front-desk}
            split: {train: \(train), validation: 0, test: \(test), seed: 42}
            learning-curve: {sizes: \(sizes), repeats: 3}
            contestants: [{id: bayes, model: naive-bayes}]
            """, to: "few.yaml")
        let outcome = try program.run("run", "few.yaml")
        try #require(outcome.status == 0, "\(outcome.errors)")
        let report = try program.read("reports/few/README.md")
        #expect(report.contains("Bands are too narrow"))
        #expect(report.contains("Here \(reason)"))
    }
}
