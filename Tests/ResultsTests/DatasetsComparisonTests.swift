import Evaluation
import Foundation
import Results
import TestSupport
import Testing

/// The same contestants on several datasets, by hand.
@Suite struct DatasetsComparisonTests {
    /// Ten rows of each class in turn.
    private static let gold = (0..<60).map { $0 % 3 }

    /// Predictions with the first `right` rows right.
    private static func predicted(_ right: Int) -> [Int] {
        gold.enumerated().map { $0 < right ? $1 : ($1 + 1) % 3 }
    }

    /// A run with stored predictions.
    ///
    /// - Parameters:
    ///   - right: Rows that each contestant has right, by id.
    ///   - data: What stands for the dataset's digest.
    private static func run(
        _ name: String, _ right: [(id: String, Int)], data: String, split: String = "22",
        rankBy: MetricName = .accuracy, settings: String? = nil, model: String = "by hand",
        in folder: TemporaryFolder
    ) throws -> [ComparedRun] {
        let layout = RunLayout(folder.file(name))
        let contestants = try right.map { id, right in
            let test = try ByHand.classes(gold, predicted(right))
            try test.write(to: layout.predictions(of: id))
            return ByHand.contestant(
                id, test, model: id == "d" ? "dummy" : model, summary: settings ?? "by hand",
                settings: settings)
        }
        var results = try ByHand.results(contestants, rankBy: rankBy)
        results.tasks[0].dataset.sha256 = data
        results.tasks[0].split.sha256 = split
        return ComparedRun.each(of: results, named: name, in: layout)
    }

    /// Three contestants and a dummy on four datasets.
    private static func four(_ folder: TemporaryFolder) throws -> [ComparedRun] {
        try [
            ("A", [50, 40, 20]), ("B", [55, 50, 10]), ("C", [30, 30, 30]), ("D", [40, 45, 40]),
        ].flatMap { name, right in
            try run(
                name, zip(["x", "y", "z"], right).map { ($0, $1) } + [("d", 20)], data: name, in: folder)
        }
    }

    @Test func ranksTestsAndOutcomes() throws {
        let folder = try TemporaryFolder()
        let found = try #require(try DatasetsComparison(Self.four(folder)))
        #expect(found.datasets.map(\.name) == ["A", "B", "C", "D"])
        #expect(found.datasets.allSatisfy { $0.metric == .accuracy && $0.testRows == 60 })
        // Ranks of x: 1, 1, 2, 2.5; of y: 2, 2, 2, 1; of z: 3, 3, 2, 2.5.
        #expect(found.contestants.map(\.id) == ["x", "y", "z"])
        #expect(found.contestants.map(\.averageRank) == [1.625, 1.75, 2.625])
        // Of x 1, 1, 0; of y 2/3, 8/9, 1; of z 0, 0, 0. On C all have the same score, so nobody is best or worst.
        let normalized = try found.contestants.map { try #require($0.normalizedScore) }
        for (value, expected) in zip(normalized, [2.0 / 3, (2.0 / 3 + 8.0 / 9 + 1) / 3, 0]) {
            #expect(abs(value - expected) < 1e-12)
        }
        #expect(found.datasets[3].scores.map { ($0 * 60).rounded() } == [40, 45, 40])
        let scores = [[50.0, 40, 20], [55, 50, 10], [30, 30, 30], [40, 45, 40]]
        #expect(found.friedman == FriedmanTest(scores: scores))
        #expect(
            found.criticalDifference
                == NemenyiTest(contestants: 3, datasets: 4).criticalDifference(level: 0.05))
        #expect(found.groups == [0...2])
        #expect(found.pairs.map { [$0.first, $0.second] } == [["x", "y"], ["x", "z"], ["y", "z"]])
        // x against y: 10, 5, 0, -5 rows of 60.
        let wilcoxon = try #require(found.pairs[0].wilcoxon)
        #expect(wilcoxon.count == 3 && wilcoxon.positiveRanks == 4.5 && wilcoxon.negativeRanks == 1.5)
        #expect(abs(found.pairs[0].meanDifference - 10.0 / 240) < 1e-12)
        let adjusted = holm(found.pairs.map { $0.wilcoxon?.pValue })
        #expect(found.pairs.map(\.adjustedPValue) == adjusted)
        // By the datasets' own tests: 10 rows more are told apart from none, 5 in one direction are not after correction.
        #expect(found.pairs[0].outcomes.wins == 1 && found.pairs[0].outcomes.ties == 3)
        #expect(found.pairs[1].outcomes.wins == 2 && found.pairs[1].outcomes.losses == 0)
        #expect(found.contestants[0].outcomes.wins == 3 && found.contestants[2].outcomes.losses == 4)
        #expect(found.notices == ["Normalised scores leave out C, where all have the same score."])
        #expect(!found.hasSeveralMetrics)
    }

    /// What is not on every dataset, or there twice, is said.
    @Test func whatDoesNotCompareIsSaid() throws {
        let folder = try TemporaryFolder()
        let runs =
            try Self.run("A", [("x", 50), ("y", 40), ("q", 30)], data: "A", in: folder)
            + Self.run("A2", [("x", 30), ("z", 30)], data: "A", in: folder)
            + Self.run("A3", [("x", 30), ("y", 30)], data: "A", split: "33", in: folder)
            + Self.run("B", [("y", 50), ("x", 30), ("r", 3)], data: "B", rankBy: .f1Macro, in: folder)
        let found = try #require(try DatasetsComparison(runs))
        #expect(found.contestants.map(\.id) == ["x", "y"] && found.contestants[0].averageRank == 1.5)
        #expect(found.friedman == nil && found.criticalDifference == nil && found.groups.isEmpty)
        #expect(found.pairs.map(\.nemenyiPValue) == [nil])
        #expect(
            found.notices == [
                "A3 is left out, as it is another split of the data of A.",
                "x is in several runs on the test rows of A: that of the first counts.",
                "Datasets are scored by different metrics (A: accuracy, B: macro F1), so that mean differences mix them.",
                "q is left out, as it is not on B.", "z is left out, as it is not on B.",
                "r is left out, as it is not on A.",
            ])
        let one = try #require(try DatasetsComparison(runs, metric: .accuracy))
        #expect(one.datasets.map(\.metric) == [.accuracy, .accuracy])
        #expect(throws: ResultsError.noSuchMetric("f1", run: "A")) {
            try DatasetsComparison(runs, metric: .f1)
        }
    }

    @Test func otherModelsAndSettingsAreSaid() throws {
        func notices(_ other: String?, model: String = "by hand") throws -> [String] {
            let folder = try TemporaryFolder()
            let runs =
                try Self.run("A", [("x", 50), ("y", 40)], data: "A", settings: "C 1", in: folder)
                + Self.run(
                    "B", [("x", 40), ("y", 30)], data: "B", settings: other, model: model, in: folder)
            return try #require(try DatasetsComparison(runs)).notices
        }
        #expect(try notices("C 1").isEmpty)
        // Results of older versions do not say.
        #expect(try notices(nil).isEmpty)
        #expect(
            try notices("C 2") == [
                "The settings of x are not written alike everywhere: C 1 on A; C 2 on B.",
                "The settings of y are not written alike everywhere: C 1 on A; C 2 on B.",
            ])
        #expect(
            try notices("C 2", model: "other").first
                == "x is not the same model everywhere: by hand on A, other on B.")
    }

    /// Where all score the same on every dataset there is no best and no worst.
    @Test func equalsEverywhere() throws {
        let folder = try TemporaryFolder()
        let runs = try ["A", "B"].flatMap {
            try Self.run($0, [("x", 40), ("y", 40), ("z", 40)], data: $0, in: folder)
        }
        let found = try #require(try DatasetsComparison(runs))
        #expect(found.contestants.map(\.normalizedScore) == [nil, nil, nil] && found.friedman == nil)
        #expect(found.contestants.map(\.averageRank) == [2, 2, 2])
        #expect(found.notices == ["Normalised scores leave out A, B, where all have the same score."])
        #expect(found.pairs.allSatisfy { $0.wilcoxon == nil && $0.adjustedPValue == nil })
    }

    /// Fewer than two datasets, or than two contestants that both have.
    @Test func whereNothingIsShared() throws {
        let folder = try TemporaryFolder()
        let first = try Self.run("A", [("x", 50), ("y", 40), ("d", 20)], data: "A", in: folder)
        let second = try Self.run("B", [("x", 50), ("z", 40), ("d", 20)], data: "B", in: folder)
        #expect(try DatasetsComparison(first) == nil && DatasetsComparison(first + second) == nil)
        #expect(try DatasetsComparison([]) == nil)
    }
}
