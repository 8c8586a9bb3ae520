import Foundation
import Testing

/// Labels that a program made: marked, and judged by people's labels where there are such.
@Suite struct SilverTests {
    private static let people = """
        name: people
        dataset: {recipe: front-desk}
        split: {train: 0.5, test: 0.5, stratify: labels, seed: 3}
        contestants: [{id: tfidf-lr, model: tfidf-logreg, logistic: {C: 1.0}}]
        """

    private static func silver(_ labels: String) -> String {
        """
        name: silver
        dataset: {recipe: front-desk, labels: \(labels)}
        split: {train: 0.70, validation: 0.15, test: 0.15, stratify: labels, seed: 42}
        contestants:
          - {id: majority, model: dummy}
          - {id: bayes, model: naive-bayes}
        """
    }

    private func results(_ program: Program) throws -> [String: Any] {
        let json = try program.data("reports/silver/results.json")
        return try #require(JSONSerialization.jsonObject(with: json) as? [String: Any])
    }

    /// The cells of a CSV file whose fields have no quotes.
    private func rows(_ program: Program, _ file: String) throws -> [[String]] {
        try program.read(file).split(separator: "\n").dropFirst()
            .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    }

    private func run(_ program: Program, _ file: String) throws {
        let outcome = try program.run("run", file)
        try #require(outcome.status == 0, "\(outcome.errors)")
    }

    @Test func aSavedModelLabels() throws {
        let program = try Program()
        try program.write(Self.people, to: "people.yaml")
        try run(program, "people.yaml")
        try program.write(
            Self.silver("{from: {model: runs/people/tfidf-lr}, gold: {column: sentiment}}"), to: "silver.yaml"
        )
        try run(program, "silver.yaml")

        let dataset = try #require(results(program)["dataset"] as? [String: Any])
        #expect(dataset["silver_labeler"] as? String == "the saved model runs/people/tfidf-lr (tfidf-logreg)")
        let scores = try #require(results(program)["gold"] as? [String: Any])
        let gold = Dictionary(
            uniqueKeysWithValues: try rows(program, "reports/silver/gold.csv").map { ($0[0], $0[1]) })
        let predictions = try rows(program, "reports/silver/predictions/bayes.csv")
        #expect(predictions.count == 180 && gold.count == 180 && scores["row_count"] as? Int == 180)

        // The labeler's accuracy is how often its label, the predictions' `gold`, is people's.
        let labeler = try #require(scores["labeler"] as? [String: Double])
        let right = predictions.count { gold[$0[0]] == $0[1] }
        #expect(right > 90 && right < 180 && abs((labeler["accuracy"] ?? 0) - Double(right) / 180) < 1e-12)
        let contestants = try #require(scores["contestants"] as? [[String: Any]])
        #expect(contestants.map { $0["id"] as? String } == ["majority", "bayes"])
        let bayes = try #require(contestants[1]["metrics"] as? [String: Double])
        let agreeing = predictions.count { gold[$0[0]] == $0[2] }
        #expect(abs((bayes["accuracy"] ?? 0) - Double(agreeing) / 180) < 1e-12)

        let report = try program.read("reports/silver/README.md")
        for part in ["## Silver labels", "*the labeler*", "runs/people/tfidf-lr", "180 test rows"] {
            #expect(report.contains(part), "\(part)")
        }
        #expect(try program.run("report", "reports/silver", "--verify").status == 0)
        let first = try #require(gold.keys.sorted().first)
        let other = gold[first] == "negative" ? "positive" : "negative"
        try program.write(
            program.read("reports/silver/gold.csv").replacing(
                "\(first),\(gold[first] ?? "")", with: "\(first),\(other)"),
            to: "reports/silver/gold.csv")
        #expect(try program.run("report", "reports/silver", "--verify").status == 2)
    }

    /// Labels of another labeler are another dataset for the contestants, though the files are the same.
    @Test func anotherLabelerFitsAnew() throws {
        let program = try Program()
        try program.write(Self.people, to: "people.yaml")
        try run(program, "people.yaml")
        try program.write(Self.silver("{from: {model: runs/people/tfidf-lr}}"), to: "silver.yaml")
        try run(program, "silver.yaml")
        #expect(try results(program)["gold"] == nil)
        #expect(
            try program.read("reports/silver/README.md").contains("No test row has a label that people gave"))
        let before = try rows(program, "reports/silver/predictions/bayes.csv").map { $0[1] }
        try program.write(Self.people.replacing("C: 1.0", with: "C: 0.001"), to: "people.yaml")
        try run(program, "people.yaml")
        try run(program, "silver.yaml")
        let after = try rows(program, "reports/silver/predictions/bayes.csv").map { $0[1] }
        #expect(before != after)
    }

    /// People labelled some rows only.
    @Test func someRowsHaveGold() throws {
        let program = try Program()
        var table = "text,feeling\n"
        for number in 0..<60 {
            let text = ["lovely day \(number)", "awful day \(number)", "day \(number)"][number % 3]
            table += "\(text),\(number % 4 == 0 ? ["positive", "negative", "neutral"][number % 3] : "")\n"
        }
        try program.write(table, to: "some.csv")
        try program.write(
            """
            name: silver
            dataset: {file: some.csv, labels: {from: vader, gold: {column: feeling}}}
            split: {train: 0.5, test: 0.5, stratify: none, seed: 1}
            contestants: [{id: majority, model: dummy}]
            """, to: "silver.yaml")
        try run(program, "silver.yaml")
        let gold = try rows(program, "reports/silver/gold.csv")
        #expect(!gold.isEmpty && gold.allSatisfy { (Int($0[0]) ?? 1) % 4 == 0 })
        let scores = try #require(results(program)["gold"] as? [String: Any])
        #expect(scores["row_count"] as? Int == gold.count)
        #expect((scores["labeler"] as? [String: Double])?["accuracy"] == 1)
    }

    @Test(arguments: [
        ("{from: {model: runs/nothing}}", "runs/nothing"), ("{from: {modl: x}}", "modl"),
        ("{from: vadr}", "vadr"), ("{from: vader, gold: {column: sentimnt}}", "sentimnt"),
        ("{from: vader, gold: {column: spam}}", "labels.gold"),
        ("{from: vader, gold: {from: vader}}", "from"),
        ("{from: vader, column: sentiment}", "column"),
    ])
    func whatIsWrongIsSaid(labels: String, says: String) throws {
        let program = try Program()
        try program.write(Self.silver(labels), to: "silver.yaml")
        let outcome = try program.run("run", "silver.yaml")
        #expect(outcome.status != 0 && outcome.errors.contains(says), "\(outcome.errors)")
    }
}
