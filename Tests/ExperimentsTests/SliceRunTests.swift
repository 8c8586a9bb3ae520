import Experiments
import Foundation
import Results
import TestSupport
import Testing

/// A report's slices, from the experiment file to their verification.
@Suite struct SliceRunTests {
    private static let yaml = SmallExperiment.yaml.replacing(
        "report: {analysis: false}", with: "report: {slices: {length: [2, 3], column: kind}}")

    @Test func everyContestantIsScoredOnEverySlice() throws {
        let small = try SmallExperiment(Self.yaml)
        let results = try small.runAndRead()
        let slices = try #require(results.slices)
        #expect(slices.dimensions.map(\.name) == ["length", "kind"])
        // All texts are of three words.
        #expect(slices.dimensions[0].slices.map(\.name) == ["3 words"])
        #expect(Set(slices.dimensions[1].slices.map(\.name)) == ["x", "y", "z"])
        #expect(slices.dimensions[1].slices.map(\.rowCount).reduce(0, +) == 8)
        #expect(slices.dimensions[1].slices.allSatisfy { $0.scores.count == 2 })
        let layout = RunLayout(small.place("report"))
        try verifyResults(results, in: layout)
    }

    @Test func verifyingFindsAnotherTable() throws {
        let small = try SmallExperiment(Self.yaml)
        let results = try small.runAndRead()
        try small.replace(",x\n", with: ",y\n", in: "report/slices.csv")
        #expect {
            try verifyResults(results, in: RunLayout(small.place("report")))
        } throws: { "\($0)".contains("scores by slice") }
        try small.remove("report/slices.csv")
        #expect(throws: (any Error).self) {
            try verifyResults(results, in: RunLayout(small.place("report")))
        }
    }

    @Test func labelsThatMayBeWrongAreVerified() throws {
        let small = try SmallExperiment(
            SmallExperiment.yaml.replacing("report: {analysis: false}", with: "report: {label-noise: true}")
                .replacing(
                    "contestants:",
                    with: "contestants:\n  - {id: bayes, model: naive-bayes, tfidf: {min-df: 1}}"))
        let results = try small.runAndRead()
        let noise = try #require(results.labelNoise)
        // The dummies are no judges.
        #expect(noise.contestants.map(\.id) == ["bayes"])
        let layout = RunLayout(small.place("report"))
        try verifyResults(results, in: layout)
        try small.write(
            try small.read("report/label-issues.csv") + "bayes,r1,ham,spam,0.5\n",
            to: "report/label-issues.csv")
        #expect {
            try verifyResults(results, in: layout)
        } throws: { "\($0)".contains("label-issues.csv") }
    }

    @Test func aRunWithoutThemRemovesTheirFile() throws {
        let small = try SmallExperiment(Self.yaml)
        _ = try small.runAndRead()
        #expect(small.exists("report/slices.csv"))
        try small.replace("slices: {length: [2, 3], column: kind}", with: "quotes: false")
        let results = try small.runAndRead()
        #expect(results.slices == nil && !small.exists("report/slices.csv"))
    }

    @Test func slicesOfFoldsAreOfAllRows() throws {
        let small = try SmallExperiment(
            Self.yaml.replacing(
                "split: {train: 0.5, validation: 0.25, test: 0.25, seed: 1}",
                with: "split: {folds: 4, validation: 0.25, seed: 1}"))
        let results = try small.runAndRead()
        #expect(results.slices?.dimensions[1].slices.map(\.rowCount).reduce(0, +) == 32)
        try verifyResults(results, in: RunLayout(small.place("report")))
    }

    @Test(arguments: [
        ("slices: {column: mood}", "mood"),
        ("slices: {length: [5, 5]}", "a number above 5"),
        ("slices: {length: [0]}", "0"),
        ("slices: {}", "'length', 'column' or both"),
        ("slices: {column: [kind, kind]}", "each column once"),
        ("slices: {lenght: [3]}", "length"),
        ("analysis: false, slices: {length: [3]}", "analysis: false"),
    ])
    func whatCannotBeIsAnErrorThatSaysSo(keys: String, words: String) throws {
        let small = try SmallExperiment(
            SmallExperiment.yaml.replacing("report: {analysis: false}", with: "report: {\(keys)}"))
        #expect {
            try small.run()
        } throws: { "\($0)".contains(words) }
        #expect(!small.exists("report/results.json"))
    }
}
