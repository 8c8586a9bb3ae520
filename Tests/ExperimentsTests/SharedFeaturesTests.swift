import Experiments
import Foundation
import Results
import TestSupport
import Testing

/// Features of the same texts are made once for all contestants that have the same.
@Suite struct SharedFeaturesTests {
    private func small(_ contestants: String, split: String) throws -> SmallExperiment {
        let small = try SmallExperiment()
        try small.replace("{train: 0.5, validation: 0.25, test: 0.25, seed: 1}", with: split)
        let yaml = try small.read("e.yaml")
        let start = try #require(yaml.range(of: "contestants:\n")).upperBound
        let end = try #require(yaml.range(of: "report:")).lowerBound
        try small.write(yaml[..<start] + contestants + yaml[end...], to: "e.yaml")
        return small
    }

    private static let contestants = """
          - {id: lr, model: tfidf-logreg}
          - {id: chars, model: tfidf-logreg, tfidf: {analyzer: char}}
          - {id: svm, model: linear-svm}
          - {id: lsa, model: features, features: {lsa: {components: 3}}, learner: logistic}
          - {id: lsa-svm, model: features, features: {lsa: {components: 3}}, learner: svm}

        """

    @Test func eachFoldMakesThemOnce() throws {
        let small = try small(Self.contestants, split: "{folds: 4, validation: 0, seed: 1}")
        let costs = try small.run().timings.contestants
        #expect(costs["svm"]?.keptForFit?.name == "features")
        #expect(costs["lsa-svm"]?.keptForFit?.name == "features")
        // Their features are made in each fold, of texts that are taken apart in the first.
        for id in ["lr", "chars", "lsa"] { #expect(costs[id]?.keptForFit?.name == "counting", "\(id)") }
        #expect(costs["svm"]?.keptForPrediction?.name == "features")
        #expect(costs["lr"]?.keptForPrediction?.name == "counting")
        let (own, whole) = (try #require(costs["svm"]?.fitSeconds), costs["svm"]?.wholeFitSeconds)
        #expect(try #require(whole) > own)
    }

    /// What is shared is what each would have made.
    @Test func sharedOrNotIsAllTheSame() throws {
        let together = try small(Self.contestants, split: "{folds: 4, validation: 0, seed: 1}")
        _ = try together.run()
        for (id, line) in zip(
            ["lr", "chars", "svm", "lsa", "lsa-svm"], Self.contestants.split(separator: "\n"))
        {
            let alone = try small(line + "\n", split: "{folds: 4, validation: 0, seed: 1}")
            let results = try alone.run()
            #expect(results.timings.contestants[id]?.keptForFit?.name == "counting")
            for fold in 0..<4 {
                let file = "report/folds/\(fold)/predictions/\(id).csv"
                #expect(try alone.read(file) == together.read(file))
            }
        }
    }

    /// Swift takes an accent that is a character of its own for the same as one that is not; the terms of texts differ.
    @Test func canonicallyEqualTextsAreNotTheSame() throws {
        let rows = (0..<32).map { row in
            "r\(row),\(row % 4 == 0 ? "\u{E9}t\u{E9}" : "h\u{F4}te") number \(row),\(row % 4 == 0 ? "spam" : "ham")\n"
        }
        let composed = "id,text,label\n" + rows.joined()
        let files = ["one.csv": composed, "other.csv": composed.decomposedStringWithCanonicalMapping]
        func predictions(_ tasks: [String]) throws -> [String: String] {
            let entries = tasks.map {
                "  - {name: \($0), dataset: {file: \($0).csv, columns: {id: id}, labels: {column: label}}, split: {folds: 2, validation: 0, seed: 1}}\n"
            }
            let small = try SmallExperiment(
                "name: small\nseed: 42\ntasks:\n" + entries.joined()
                    + "contestants: [{id: lr, model: tfidf-logreg}]\nreport: {analysis: false}\n",
                files: files)
            _ = try small.run()
            return Dictionary(
                uniqueKeysWithValues: try tasks.map {
                    ($0, try small.read("report/folds/0/\($0)/predictions/lr.csv"))
                })
        }
        let both = try predictions(["one", "other"])
        #expect(both["one"] != both["other"])
        #expect(try predictions(["other", "one"]) == both)
    }
}
