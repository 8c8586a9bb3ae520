import Foundation
import Testing

/// Ordinal labels, costs and single labels in a run, from its file to what it says.
@Suite struct ClassesTests {
    private static func table(_ labels: [String], rows: Int = 120) -> String {
        let words = ["dreadful", "poor", "plain", "good", "splendid"]
        return "text,y\n"
            + (0..<rows).map { row in
                let label = row % labels.count
                return
                    "\(words[(label + (row % 7 == 0 ? 1 : 0)) % 5]) room number\(row % 11),\(labels[label])\n"
            }.joined()
    }

    private func experiment(_ labels: String, _ rest: String) -> String {
        """
        name: e
        dataset: {file: d.csv, labels: \(labels)}
        \(rest)
        contestants:
          - {id: majority, model: dummy}
          - {id: lr, model: tfidf-logreg}

        """
    }

    @Test func ordinalLabels() throws {
        let program = try Program()
        try program.write(Self.table(["bad", "fair", "good"]), to: "d.csv")
        try program.write(
            experiment(
                "{column: y, kind: ordinal, names: [bad, fair, good]}",
                "report: {rank-by: cohen-kappa-quadratic}"),
            to: "e.yaml")
        let run = try program.run("run", "e.yaml")
        try #require(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("cohen kappa quadratic") && run.output.contains("mean absolute error"))
        let results = try object(program.read("reports/e/results.json"))
        let dataset = try #require(results["dataset"] as? [String: Any])
        #expect((dataset["label_space"] as? [String: Any])?["ordinal"] as? Bool == true)
        let contestants = try #require(results["contestants"] as? [[String: Any]])
        #expect(contestants.allSatisfy { ($0["test"] as? [String: Any])?["mean_absolute_error"] is Double })
        #expect(try program.run("report", "reports/e", "--verify").status == 0)

        try program.write(experiment("{column: y, kind: ordinal}", ""), to: "e.yaml")
        let unordered = try program.run("run", "e.yaml")
        #expect(unordered.status == 2 && unordered.errors.contains("names"), "\(unordered.errors)")
        try program.write(
            experiment("{column: y}", "report: {rank-by: mean-absolute-error}"), to: "e.yaml")
        let plain = try program.run("run", "e.yaml")
        #expect(plain.status == 2 && plain.errors.contains("kind: ordinal"), "\(plain.errors)")
    }

    @Test func costsAndOneLabel() throws {
        let program = try Program()
        try program.write(Self.table(["ham", "spam"], rows: 200), to: "d.csv")
        let costs = "costs: {ham: {spam: 5}, spam: {ham: 1}}"
        try program.write(
            experiment(
                "{column: y}",
                "thresholds: {tune: [global], objective: mean-cost, use: global}\nreport: {rank-by: mean-cost, \(costs)}"
            ),
            to: "e.yaml")
        let run = try program.run("run", "e.yaml")
        try #require(run.status == 0, "\(run.errors)")
        let results = try object(program.read("reports/e/results.json"))
        for contestant in try #require(results["contestants"] as? [[String: Any]]) {
            let test = try #require(contestant["test"] as? [String: Any])
            let C = try #require(test["confusion_matrix"] as? [[Int]])
            let expected = Double(5 * C[0][1] + C[1][0]) / Double(C.joined().reduce(0, +))
            #expect(abs(try #require(test["mean_cost"] as? Double) - expected) < 1e-12)
        }
        #expect(try program.run("report", "reports/e", "--verify").status == 0)

        // The same as a matrix, in the order of the labels.
        try program.write(
            experiment("{column: y}", "report: {rank-by: mean-cost, costs: [[0, 5], [1, 0]]}"), to: "m.yaml")
        #expect(try program.run("run", "m.yaml").status == 0)
        for (rest, words) in [
            ("report: {costs: {ham: {spam: 5}}}", ["'ham'", "'spam' is gold"]),
            ("report: {costs: {ham: {egg: 5}}}", ["ham, spam"]), ("report: {costs: [[0, 1]]}", ["2 rows"]),
            ("report: {rank-by: mean-cost}", ["costs"]),
            ("report: {rank-by: 'f1:egg'}", ["f1:egg", "ham, spam"]),
            ("report: {rank-by: 'f2:ham'}", ["f1:LABEL"]),
        ] {
            try program.write(experiment("{column: y}", rest), to: "bad.yaml")
            let bad = try program.run("run", "bad.yaml")
            #expect(bad.status == 2, "\(rest)")
            for word in words { #expect(bad.errors.contains(word), "\(rest): \(bad.errors)") }
        }

        try program.write(experiment("{column: y}", "report: {rank-by: 'f1:ham'}"), to: "e2.yaml")
        let named = try program.run("run", "e2.yaml")
        #expect(named.status == 0 && named.output.contains("F1 of ham"), "\(named.errors)")
    }

    /// Parts, folds and groups: what would not be as the user means it is refused, and says how.
    @Test func partsAndFolds() throws {
        let program = try Program()
        try program.write(Self.table(["a", "b"]), to: "train.csv")
        try program.write(Self.table(["a", "b"], rows: 30), to: "test.csv")
        func file(_ split: String) -> String {
            """
            name: e
            dataset: {files: {train: train.csv, test: test.csv}, labels: {column: y}}
            split: \(split)
            contestants: [{id: majority, model: dummy}]

            """
        }
        for split in ["{train: 0.7, validation: 0.15, test: 0.15}", "{seed: 3}"] {
            try program.write(file(split), to: "e.yaml")
            let run = try program.run("run", "e.yaml")
            #expect(run.status == 2, "\(split)")
            for word in ["official", "validation: 0.1", "official: false"] {
                #expect(run.errors.contains(word), "\(run.errors)")
            }
        }
        for split in [
            "official", "{official: true, validation: 0.1}", "{official: false, train: 0.8, test: 0.2}",
        ] {
            try program.write(file(split), to: "e.yaml")
            let run = try program.run("run", "e.yaml", "--force")
            #expect(run.status == 0, "\(run.errors)")
        }
        try program.write(file("{folds: 5}"), to: "e.yaml")
        let folds = try program.run("run", "e.yaml")
        #expect(folds.status == 2 && folds.errors.contains("5 folds"), "\(folds.errors)")

        #expect(
            try program.run("split", "train.csv", "--label", "y", "--folds", "5", "--output", "out").status
                == 0)
        try program.write(file("official"), to: "e.yaml")
        let run = try program.run("run", "e.yaml", "--output", "out")
        #expect(run.status == 2 && run.errors.contains("folds.csv"), "\(run.errors)")
        let both = try program.run(
            "split", "train.csv", "--label", "y", "--folds", "5", "--output", "out", "--stratify", "none")
        #expect(both.status == 2, "\(both.errors)")
    }
}
