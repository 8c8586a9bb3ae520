import Foundation
import Testing

/// A threshold that the experiment gives, and options that are remembered or refused.
@Suite struct FixedThresholdTests {
    private static let experiment = """
        name: spam
        dataset: {recipe: front-desk-spam}
        split: {train: 0.80, test: 0.20, validation: 0, stratify: labels, seed: 42}
        contestants:
          - {id: prior, model: dummy, strategy: prior}
          - {id: tfidf-lr, model: tfidf-logreg}
        thresholds: {use: 0.2}
        """

    @Test func aFixedThresholdNeedsNoValidationAndDecidesInPredict() throws {
        let program = try Program()
        try program.write(Self.experiment, to: "spam.yaml")
        let run = try program.run("run", "spam.yaml")
        try #require(run.status == 0, "\(run.errors)")
        #expect(try program.run("report", "reports/spam", "--verify").status == 0)
        let rows = try program.read("reports/spam/predictions/tfidf-lr.csv").split(separator: "\n")
            .dropFirst().map { $0.split(separator: ",").map(String.init) }
        #expect(rows.allSatisfy { ($0[2] == "spam") == ((Double($0[4]) ?? 0) >= 0.2) })
        #expect(rows.contains { $0[2] == "spam" && (Double($0[4]) ?? 1) < 0.5 })
        // A dummy that gives every message the same share keeps below it.
        #expect(try !program.read("reports/spam/predictions/prior.csv").contains(",spam,0"))
        let predicted = try program.run(
            "predict", "--model", "runs/spam/tfidf-lr", "--format", "csv", "win a prize, claim your free cash"
        )
        let fields = predicted.lines[1].split(separator: ",")
        #expect((fields[0] == "spam") == ((Double(fields[2]) ?? 0) >= 0.2))
    }

    @Test func thresholdsThatCannotBeUsedAreErrors() throws {
        let program = try Program()
        for (rule, recipe, words) in [
            ("global", "front-desk-spam", "no validation part"), ("0.2", "front-desk", "most probable"),
            ("1.2", "front-desk-spam", "between 0 and 1"),
            ("globl", "front-desk-spam", "did you mean 'global'?"),
        ] {
            try program.write(
                Self.experiment.replacingOccurrences(of: "use: 0.2", with: "use: \(rule)")
                    .replacingOccurrences(of: "front-desk-spam", with: recipe), to: "bad.yaml")
            let outcome = try program.run("run", "bad.yaml")
            #expect(outcome.status == 2 && outcome.errors.contains(words), "\(outcome.errors)")
            #expect(!outcome.errors.contains("fitting"))
        }
    }

    @Test func publishedResultsAreRemembered() throws {
        let program = try Program()
        try program.write(
            Self.experiment.replacingOccurrences(of: "recipe: front-desk-spam", with: "recipe: front-desk")
                .replacingOccurrences(of: "thresholds: {use: 0.2}", with: "")
                .replacingOccurrences(
                    of: "prior, model: dummy, strategy: prior", with: "vader, model: vader"),
            to: "spam.yaml")
        try #require(try program.run("run", "spam.yaml").status == 0)
        let plain = try program.read("reports/spam/README.md")
        #expect(try program.run("report", "reports/spam", "--against", "vader-paper", "--verify").status == 0)
        #expect(try program.read("reports/spam/README.md") != plain)
        let verified = try program.run("report", "reports/spam", "--verify")
        #expect(verified.status == 0, "\(verified.errors)")
        #expect(try program.read("reports/spam/README.md") != plain)
        #expect(try program.run("report", "reports/spam", "--against", "none").status == 0)
        #expect(try program.read("reports/spam/README.md") == plain)
        #expect(try program.run("report", "reports/spam", "--verify").status == 0)
    }

    /// What an unknown option says of itself, whatever its value could be taken for.
    @Test(arguments: [
        ["predict", "--model", "m", "--input", "t.csv", "--outptu", "x.csv"],
        ["report", "r", "--againts", "vader-paper"], ["run", "e.yaml", "--seeds", "0", "--thread", "2"],
        ["vader", "t.csv", "--output", "x.csv", "--colum", "text"], ["compare", "a", "--outputt", "x"],
        ["explain", "--model", "m", "text", "--top", "0"], ["describe", "d.csv", "--sampel", "0"],
        ["tokenize", "--model", "m", "--maxlength", "1"],
    ])
    func anUnknownOptionIsNamed(arguments: [String]) throws {
        let outcome = try Program().run(arguments)
        let option = try #require(arguments.last { $0.hasPrefix("--") })
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("Unknown option '\(option)'"), "\(outcome.errors)")
    }
}
