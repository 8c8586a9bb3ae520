import Foundation
import Testing

/// What a run says of itself beyond its scores, from experiment file to report.
@Suite struct ClaimsTests {
    /// Twenty words on two sides, so that there are few terms; every fourth test text is one of train's.
    private static func table(rows: Int = 120) -> String {
        let words = ["red", "blue", "green", "warm", "cold", "near", "far", "high", "low", "old"]
        var text = "id,text,label\n"
        for row in 0..<rows {
            let side = row % 3 == 0 ? "yes" : "no"
            let own = (0..<4).map { words[(row * 7 + $0 * 3 + (side == "yes" ? 0 : 5)) % 10] }
            text +=
                "\(row),\(own.joined(separator: " ")) \(side == "yes" ? "sun" : "moon") \(row % 29),\(side)\n"
        }
        return text
    }

    @Test func theRankingsMetricMustBeDefinedForTheTask() throws {
        let program = try Program()
        try program.write(Self.table(), to: "d.csv")
        for metric in ["f1-samples", "hamming-loss", "roc-auc-micro-decided"] {
            try program.write(
                """
                name: e
                dataset: {file: d.csv, columns: {text: text, id: id}, labels: {column: label}}
                contestants: [{id: a, model: dummy}]
                report: {rank-by: \(metric)}
                """, to: "e.yaml")
            let outcome = try program.run("run", "e.yaml")
            #expect(outcome.status == 2, "\(metric): \(outcome.errors)")
            #expect(outcome.errors.contains("no metric of this task"), "\(outcome.errors)")
            #expect(!program.exists("reports/e/results.json"))
        }
    }

    @Test func summariesSayWhatThereWas() throws {
        let program = try Program()
        try program.write(Self.table(), to: "d.csv")
        try program.write(
            """
            name: e
            dataset: {file: d.csv, columns: {text: text, id: id}, labels: {column: label}}
            split: {train: 0.6, validation: 0.2, test: 0.2, stratify: labels, seed: 1}
            contestants:
              - {id: lr, model: tfidf-logreg, tfidf: {max-features: 5000}}
              - {id: majority, model: dummy}
              - {id: prior, model: dummy, strategy: prior}
            report: {quotes: true, compare: lr}
            """, to: "e.yaml")
        let outcome = try program.run("run", "e.yaml")
        try #require(outcome.status == 0, "\(outcome.errors)")
        let report = try program.read("reports/e/README.md")
        #expect(!report.contains("5000 terms"))
        #expect(
            report.firstMatch(of: /TF-IDF of ([0-9]+) terms/).flatMap { Int($0.1) }.map { $0 < 60 } == true)
        #expect(report.contains("always the most frequent label: no"))
        // Kept results say the same.
        _ = try program.run("run", "e.yaml")
        #expect(try program.read("reports/e/README.md").contains("always the most frequent label: no"))

        let errors = try program.read("reports/e/errors.csv").split(separator: "\n")
        #expect(errors[0] == "id,gold,text,contestants wrong,lr,probability by lr")
        #expect(errors.count == 1 + 24)
        #expect(try program.run("report", "reports/e", "--verify").status == 0)
        // Texts stay when the report is assembled again.
        #expect(try program.run("report", "reports/e").status == 0)
        #expect(try program.read("reports/e/errors.csv").split(separator: "\n") == errors)
        try program.write(
            program.read("reports/e/errors.csv").replacingOccurrences(of: ",yes,", with: ",no,"),
            to: "reports/e/errors.csv")
        #expect(try program.run("report", "reports/e", "--verify").status == 2)

        try program.write(
            program.read("e.yaml").replacingOccurrences(of: "compare: lr", with: "compare: lt"), to: "e.yaml")
        let unknown = try program.run("run", "e.yaml")
        #expect(unknown.status == 2 && unknown.errors.contains("did you mean 'lr'"), "\(unknown.errors)")
    }

    /// Multilabel, where no label is in most rows: nothing is predicted, and nothing else is said.
    @Test func aDummyThatPredictsNothingSaysSo() throws {
        let program = try Program()
        let rows = (0..<60).map { "\($0),text number \($0) here,\(["a", "b", "c|b", ""][$0 % 4])\n" }.joined()
        try program.write("id,text,labels\n" + rows, to: "d.csv")
        try program.write(
            """
            name: e
            dataset: {file: d.csv, columns: {text: text, id: id}, labels: {kind: multilabel, column: labels, separator: "|"}}
            contestants: [{id: majority, model: dummy}]
            """, to: "e.yaml")
        let outcome = try program.run("run", "e.yaml")
        try #require(outcome.status == 0, "\(outcome.errors)")
        let report = try program.read("reports/e/README.md")
        #expect(report.contains("never any label: none is in more than half of the train rows"))
        #expect(!report.contains("always the"))
    }

    @Test func leaksStandInTheHeadlineAndOnTheTerminal() throws {
        let program = try Program()
        var table = "id,text,label\n"
        for row in 0..<80 {
            // Every text twice, so that most test rows are known from train.
            let number = row / 2
            table +=
                "\(row),a rather long message with the number \(number * 7919 % 1000) in it,\(number % 2 == 0 ? "x" : "y")\n"
        }
        try program.write(table, to: "d.csv")
        try program.write(
            """
            name: e
            dataset: {file: d.csv, columns: {text: text, id: id}, labels: {column: label}}
            split: {train: 0.7, test: 0.3, stratify: labels, seed: 3}
            contestants: [{id: lr, model: tfidf-logreg}, {id: nb, model: naive-bayes}]
            """, to: "e.yaml")
        let outcome = try program.run("run", "e.yaml")
        try #require(outcome.status == 0, "\(outcome.errors)")
        let headline = try program.read("reports/e/README.md").prefix(2_000)
        #expect(headline.contains("**Leaks**") && headline.contains("have a text that train has too"))
        #expect(outcome.errors.contains("have a text that train has too"), "\(outcome.errors)")
    }

    /// Work that was kept counts with the time that it took, whoever did it first.
    @Test func keptFeaturesAreTimedWhenTheyWereMade() throws {
        let program = try Program()
        try program.writeTinyEncoder(to: "model")
        try program.write(
            """
            name: frozen
            dataset: {recipe: front-desk-spam}
            contestants:
              - {id: first, model: frozen-encoder, encoder: model}
              - {id: second, model: frozen-encoder, encoder: model, head: {class-weight: balanced}}
            """, to: "frozen.yaml")
        let outcome = try program.run("run", "frozen.yaml")
        try #require(outcome.status == 0, "\(outcome.errors)")
        func cost(_ id: String) throws -> [String: Any] {
            let timings = try object(program.read("reports/frozen/results.json"))["timings"] as? [String: Any]
            return try #require((timings?["contestants"] as? [String: [String: Any]])?[id])
        }
        let (first, second) = (try cost("first"), try cost("second"))
        #expect(first["kept_for_fit"] == nil && first["kept_for_prediction"] == nil)
        let kept = try #require(second["kept_for_fit"] as? [String: Any])
        let seconds = try #require(kept["seconds"] as? Double)
        #expect(kept["name"] as? String == "encoding")
        let whole = try #require(first["fit_seconds"] as? Double)
        #expect(seconds > 0 && seconds <= whole)
        #expect(second["kept_for_prediction"] != nil)
        #expect(try program.read("reports/frozen/README.md").contains(/\(encoding [^,]+, kept; head [^)]+\)/))
        #expect(outcome.errors.contains("encoding, kept"))

        // A store of an earlier version, which did not write it down.
        let store = program.folder.appendingPathComponent("cache/bakeoff/features")
        for case let file as URL in FileManager.default.enumerator(at: store, includingPropertiesForKeys: nil)
            ?? .init()
        where file.pathExtension == "json" { try FileManager.default.removeItem(at: file) }
        _ = try program.run("run", "frozen.yaml", "--force")
        let report = try program.read("reports/frozen/README.md")
        #expect(report.contains("n/a (encoding kept, not timed; head "))
    }

    @Test func severalSeedsMakeTheHeadline() throws {
        let program = try Program()
        try program.write(RunTests.experiment, to: "small.yaml")
        let outcome = try program.run("run", "small.yaml", "--seeds", "3")
        try #require(outcome.status == 0, "\(outcome.errors)")
        let report = try program.read("reports/small/README.md")
        #expect(report.contains("in the mean over 3 seeds, **") && report.contains("sd over seeds"))
        let results = try object(program.read("reports/small/results.json"))
        let seeds = try #require(results["seeds"] as? [String: Any])
        let scores = try #require(
            (seeds["scores"] as? [String: [String: [Double]]])?["drawn"]?["f1_macro"])
        #expect(Set(scores).count == 3)
        let mean = scores.reduce(0, +) / 3
        let row = try #require(report.split(separator: "\n").first { $0.contains(" drawn ") })
        #expect(row.contains(String(format: " %.4f ", mean)), "\(row)")
        #expect(try program.run("report", "reports/small", "--verify").status == 0)
        #expect(try program.run("report", "reports/small").status == 0)
        #expect(try program.read("reports/small/README.md") == report)
    }
}
