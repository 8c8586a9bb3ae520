import Foundation
import Testing

/// What a run says beyond its scores: thresholds, tests, outside predictions, seeds, and that none of it can be changed
/// unnoticed.
@Suite struct AnalysisTests {
    private static let multilabel = """
        name: sets
        dataset: {recipe: front-desk-emotions}
        split: {train: 0.70, validation: 0.15, test: 0.15, stratify: labels, seed: 42}
        contestants:
          - {id: tfidf-lr, model: tfidf-logreg, tfidf: {max-features: 2000}}
          - {id: prior, model: dummy, strategy: prior}
        thresholds: {tune: [global, per-label], objective: f1-macro}
        report: {calibration: platt, quotes: true}
        """

    @Test func otherThresholdsFitNothingAgainAndDecideInPredict() throws {
        let program = try Program()
        try program.write(Self.multilabel, to: "sets.yaml")
        let first = try program.run("run", "sets.yaml")
        try #require(first.status == 0, "\(first.errors)")
        let report = try program.read("reports/sets/README.md")
        for section in ["## Thresholds", "## Against the baselines", "## Errors", "Platt scaling"] {
            #expect(report.contains(section), "\(section)")
        }
        #expect(try program.run("report", "reports/sets", "--verify").status == 0)

        let text = "so angry and disgusted about the dirty room"
        func predicted() throws -> String {
            try program.run(["predict", "--model", "runs/sets/tfidf-lr", "--format", "jsonl", text]).output
        }
        let before = try predicted()
        try program.write(
            Self.multilabel.replacingOccurrences(of: "objective:", with: "use: per-label, objective:"),
            to: "sets.yaml")
        let second = try program.run("run", "sets.yaml")
        #expect(second.errors.contains("tfidf-lr: stored result is up to date"))
        #expect(try program.run("report", "reports/sets", "--verify").status == 0)
        #expect(try predicted() != before)

        let results = try object(program.read("reports/sets/results.json"))
        let contestants = try #require(results["contestants"] as? [[String: Any]])
        let ledger = try #require(contestants[0]["ledger"] as? [String: Any])
        let entries = try #require(ledger["entries"] as? [[String: Any]])
        #expect(entries.map { $0["rule"] as? String } == ["0.5", "global", "per-label"])
        let test = try #require(contestants[0]["test"] as? [String: Any])
        let own = try #require(entries[2]["test_scores"] as? [String: Double])
        #expect(test["f1_macro"] as? Double == own["f1_macro"])
    }

    @Test func withoutAnalysisThereAreScoresAlone() throws {
        let program = try Program()
        try program.write(
            Self.multilabel.replacingOccurrences(
                of: "report: {calibration: platt, quotes: true}", with: "report: {analysis: false}"),
            to: "sets.yaml")
        let run = try program.run("run", "sets.yaml")
        try #require(run.status == 0, "\(run.errors)")
        let results = try object(program.read("reports/sets/results.json"))
        #expect(results["analysis"] == nil && results["leaks"] == nil)
        #expect(!program.exists("reports/sets/leaks.csv"))
        let report = try program.read("reports/sets/README.md")
        #expect(!report.contains("## Statistical tests") && !report.contains("## Errors"))
        #expect(report.contains("## Thresholds") && report.contains("tfidf-lr"))
        #expect(try program.run("report", "reports/sets", "--verify").status == 0)

        try program.write(Self.multilabel, to: "sets.yaml")
        #expect(try program.run("run", "sets.yaml").errors.contains("stored result is up to date"))
        #expect(try object(program.read("reports/sets/results.json"))["analysis"] != nil)
    }

    /// `VerificationTests` changes every number; here, that the program says so and fails.
    @Test func whatIsChangedByHandFailsVerification() throws {
        let program = try Program()
        try program.write(Self.multilabel, to: "sets.yaml")
        try #require(program.run("run", "sets.yaml").status == 0)
        let changes: [(file: String, pattern: Regex<Substring>)] = [
            ("results.json", /"f1_macro" : 0\.[0-9]/), ("results.json", /"fit_seconds" : [0-9]/),
            ("README.md", /0\.[0-9]{4}/), ("report.html", /0\.[0-9]{4}/),
            ("tables/ranking.csv", /0\.[0-9]{4}/),
            ("tables/per-label.tex", /0\.[0-9]{4}/), ("figures/ranking.svg", /cx="[0-9]/),
            ("predictions/tfidf-lr.csv", /0\.[0-9]{3}/), ("predictions/prior.validation.csv", /0\.[0-9]{3}/),
            ("split.csv", /train/),
        ]
        for (file, pattern) in changes {
            let name = "reports/sets/\(file)"
            let text = try program.read(name)
            let match = try #require(text.firstMatch(of: pattern))
            let last = text[match.range].last
            let changed = text.replacingCharacters(
                in: match.range,
                with: text[match.range].dropLast() + (last == "1" ? "2" : last == "n" ? "" : "1"))
            try program.write(changed, to: name)
            let outcome = try program.run("report", "reports/sets", "--verify")
            #expect(outcome.status == 2, "\(file) was changed: \(outcome.errors)")
            try program.write(text, to: name)
        }
        #expect(try program.run("report", "reports/sets", "--verify").status == 0)
    }

    @Test func outsidePredictionsSeedsAndComparisons() throws {
        let program = try Program()
        try program.write(RunTests.experiment, to: "small.yaml")
        try #require(program.run("run", "small.yaml").status == 0)
        // VADER's own predictions, handed in as if made elsewhere.
        try program.write(program.read("reports/small/predictions/vader.csv"), to: "outside.csv")
        try program.write(
            RunTests.experiment.replacingOccurrences(of: "name: small", with: "name: joined")
                + "\n  - {id: outside, model: external, predictions: outside.csv}", to: "joined.yaml")
        let joined = try program.run("run", "joined.yaml", "--seeds", "2")
        try #require(joined.status == 0, "\(joined.errors)")
        #expect(
            try program.read("reports/joined/predictions/outside.csv")
                == program.read("reports/small/predictions/vader.csv"))
        #expect(try program.read("reports/joined/README.md").contains("## Over seeds"))
        #expect(try program.run("report", "reports/joined", "--verify").status == 0)
        #expect(program.exists("runs/joined/tfidf-lr/README.md"))

        let compared = try program.run("compare", "reports/small", "reports/joined")
        #expect(compared.status == 0, "\(compared.errors)")
        // All contestants; then every pair of two of different runs that are no dummies. VADER is the same in both.
        #expect(compared.lines.count { $0.hasPrefix("|") } == 2 + 4 + 5 + 2 + 2 * 3)
        let same = try #require(
            compared.lines.first { $0.contains("vader (reports/small) vs vader (reports/joined)") })
        #expect(same.contains(" 0 : 0 ") && same.contains("1.0000"), "\(same)")
        #expect(try program.run("compare", "reports/small").status == 2)

        try program.write("id,predicted\nnobody,positive\n", to: "outside.csv")
        let unmatched = try program.run("run", "joined.yaml")
        #expect(unmatched.status == 2)
        #expect(unmatched.errors.contains("outside.csv"), "\(unmatched.errors)")
    }

    @Test func scoresProbabilities() throws {
        let program = try Program()
        try program.write("id,gold\n1,a\n2,b\n3,b\n", to: "truth.csv")
        try program.write(
            "id,predicted,p_b,p_a\n2,b,0.9,0.1\n1,a,0.2,0.8\n3,a,0.4,0.6\n", to: "predictions.csv")
        let outcome = try program.run("score", "--truth", "truth.csv", "--predictions", "predictions.csv")
        #expect(outcome.output.contains("\"roc_auc\" : 1"), "\(outcome.output) \(outcome.errors)")
        try program.write("id,predicted,p_b,p_a\n1,a,2,0.8\n2,b,0,1\n3,b,0,1\n", to: "predictions.csv")
        let bad = try program.run("score", "--truth", "truth.csv", "--predictions", "predictions.csv")
        #expect(bad.status == 2 && bad.errors.contains("predictions.csv:2"), "\(bad.errors)")
    }

    @Test func thePageStandsAlone() throws {
        let program = try Program()
        try program.write(RunTests.experiment, to: "small.yaml")
        try #require(program.run("run", "small.yaml").status == 0)
        let page = try program.read("reports/small/report.html")
        #expect(!page.contains("src=") && !page.contains("<link") && !page.contains("url("))
        #expect(page.matches(of: #/<svg /#).count == page.matches(of: #/<figcaption>/#).count)
        #expect(page.matches(of: #/<svg [^>]*aria-label="[^"]+/#).count >= 4)
        #expect(page.matches(of: #/<table>/#).count == page.matches(of: #/role="region"/#).count)
        for figure in ["ranking", "per-label", "confusion", "calibration", "cost", "precision-recall"] {
            #expect(program.exists("reports/small/figures/\(figure).svg"), "\(figure)")
            let svg = try Data(
                contentsOf: program.folder.appendingPathComponent(
                    "reports/small/figures/\(figure).svg"))
            #expect(try XMLShape(svg).isWhole, "\(figure)")
        }
    }
}

/// Whether tags open and close in order.
private struct XMLShape {
    let isWhole: Bool

    init(_ data: Data) throws {
        var open: [Substring] = []
        var isWhole = true
        for tag in String(decoding: data, as: UTF8.self).matches(of: /<(\/?)([a-zA-Z0-9]+)[^>]*?(\/?)>/) {
            if !tag.3.isEmpty { continue }
            if tag.1.isEmpty {
                open.append(tag.2)
            } else if open.popLast() != tag.2 {
                isWhole = false
            }
        }
        self.isWhole = isWhole && open.isEmpty
    }
}
