import Experiments
import Foundation
import TestSupport
import Testing

/// From an experiment file to what is to be done, and what is refused before anything is.
@Suite struct RunPlanTests {
    @Test func seedsAreCountedFromTheFirst() throws {
        let small = try SmallExperiment()
        #expect(try small.items().map(\.id) == ["majority", "drawn"])
        let three = try small.items { $0.seeds = 3 }
        #expect(three.map(\.id) == ["majority", "drawn", "majority", "drawn", "majority", "drawn"])
        #expect(three.map(\.replicate.seed) == [42, 42, 43, 43, 44, 44])
        #expect(three.allSatisfy { $0.replicate.fold == nil })
        let others = try small.items { ($0.seed, $0.seeds) = (7, 2) }
        #expect(others.map(\.replicate.seed) == [7, 7, 8, 8])
    }

    @Test func foldsAreReplicates() throws {
        let small = try SmallExperiment()
        try small.replace(
            "{train: 0.5, validation: 0.25, test: 0.25, seed: 1}", with: "{folds: 3, validation: 0}")
        let items = try small.items { $0.seed = 7 }
        #expect(items.map(\.replicate.fold) == [0, 0, 1, 1, 2, 2])
        #expect(items.allSatisfy { $0.replicate.seed == 7 })
    }

    /// Looking at a plan leaves nothing behind.
    @Test func aPlanWritesNothing() throws {
        let small = try SmallExperiment()
        _ = try small.items { $0.seeds = 2 }
        #expect(!small.exists("report") && !small.exists("models"))
    }

    @Test func aRunTellsWhatItDoes() throws {
        let small = try SmallExperiment()
        let first = try small.told()
        #expect(
            Array(first.prefix(3)) == [
                "data.csv: 32 rows", "split: 0.5/0.25/0.25, stratified by labels, seed 1",
                "majority: fitting",
            ])
        #expect(
            first.count == 6 && first[3].hasPrefix("majority: fitted in ") && first[4] == "drawn: fitting")
        #expect(first[3].contains(", 8 texts scored in "))
        #expect(
            try small.told() == [
                "data.csv: 32 rows", "split: 0.5/0.25/0.25, stratified by labels, seed 1 (stored)",
                "majority: stored result is up to date", "drawn: stored result is up to date",
            ])
        let others = try small.told { ($0.only, $0.seeds, $0.force) = (["drawn"], 2, true) }
        #expect(others.contains("seed 43") && others.count { $0 == "drawn: fitting" } == 2)
        // Who is not asked for is not spoken of.
        #expect(!others.contains { $0.hasPrefix("majority") })
    }

    @Test func partsThatTheDatasetCameWithArePooledOnlyWhereTheFileSaysSo() throws {
        let small = try SmallExperiment()
        try small.write(SmallExperiment.data, to: "test.csv")
        try small.replace(
            "{file: data.csv, columns: {id: id}", with: "{files: {train: data.csv, test: test.csv}")
        #expect(
            errorText { try small.items() }.contains("which 'split:' with shares of 0.5/0.25/0.25 would pool")
        )
        try small.replace("{train: 0.5", with: "{official: false, train: 0.5")
        #expect(try small.told().contains("notice: the dataset's official parts are pooled and dealt anew"))
    }

    @Test(arguments: [
        (
            "report: {", "report: {rank-by: mean-cost, ",
            "report.rank-by: mean-cost is no metric of this task; its labels are binary"
        ),
        (
            "report:", "thresholds: {objective: mean-cost}\nreport:",
            "thresholds.objective: mean-cost is no metric"
        ),
        (
            "column: label}", "column: kind}}\nthresholds: {use: 0.3",
            "thresholds.use 0.3: the labels are x, y, z, expected two labels"
        ),
        (
            "validation: 0.25, test: 0.25, seed: 1}", "test: 0.5}\nthresholds: {use: per-label}",
            "thresholds.use per-label is chosen on validation, and the split has no validation part"
        ),
        ("validation: 0.25, test: 0.25", "validation: 0.5", "no row in the test part"),
        ("model: dummy}", "model: vader}", "vader: the labels are ham, spam, expected three classes"),
        ("report: {", "report: {costs: {ham: {spam: 2}}, ", "a cost for 'ham' where 'spam' is gold"),
        (
            "model: dummy}", "model: external, predictions: none.csv}", "none.csv"
        ),
    ])
    func whatCannotBeDoneIsRefusedBeforeAnythingIs(old: String, new: String, words: String) throws {
        let small = try SmallExperiment()
        try small.replace(old, with: new)
        #expect(errorText { try small.run() }.contains(words), "\(errorText { try small.run() })")
        #expect(!small.exists("models/drawn") && !small.exists("report/predictions"))
    }

    @Test func onlyNamesContestants() throws {
        let small = try SmallExperiment()
        #expect(
            errorText { try small.items { $0.only = ["drawn", "nobody"] } }
                == "--only nobody: no such contestant; the experiment has majority, drawn")
    }

    /// Folds and a split do not stand in one folder.
    @Test func aFolderHoldsOneDivision() throws {
        let small = try SmallExperiment()
        try small.run()
        try small.replace(
            "{train: 0.5, validation: 0.25, test: 0.25, seed: 1}", with: "{folds: 2, validation: 0}")
        let refusal = errorText { try small.items() }
        #expect(refusal.contains("report/split.csv: the rows were divided in another way here"))
        #expect(refusal.contains("the experiment wants 2 folds"))
        #expect(try small.items { $0.force = true }.count == 4 && small.exists("report/split.csv"))
        try small.run { $0.force = true }
        #expect(!small.exists("report/split.csv") && small.exists("report/folds.csv"))
    }
}
