import Corpora
import Evaluation
import Foundation
import Results
import TestSupport
import Testing

/// Who is compared with whom, on which rows, and what counts as apart.
@Suite struct ComparisonTests {
    private static let gold = [0, 1, 2, 0]

    /// On validation x has one row right, y two, z three.
    private static func ranked(hasValidation: Bool = true) throws -> [ScoredPredictions] {
        let predicted = ["x": [0, 0, 0, 1], "y": [0, 1, 0, 1], "z": [0, 1, 2, 1]]
        return try ["x", "y", "z"].map { id in
            ByHand.scored(
                id, try ByHand.classes(gold, gold),
                validation: hasValidation ? try ByHand.classes(gold, predicted[id] ?? []) : nil)
        } + [ByHand.scored("d", try ByHand.classes(gold, [0, 0, 0, 0]), isBaseline: true)]
    }

    @Test(
        arguments: [
            (nil, true, "all", nil, nil, 3), ("all", true, "all", nil, nil, 3),
            ("best", true, "best", "z", .validation, 2), ("best", false, "best", "x", .test, 3),
            ("y", true, "y", "y", nil, 2), ("d", true, "d", "d", nil, 3),
        ] as [(String?, Bool, String, String?, Part?, Int)])
    func families(
        wanted: String?, hasValidation: Bool, compare: String, reference: String?, chosenOn: Part?, pairs: Int
    ) throws {
        let family = ComparisonFamily(
            wanted, try Self.ranked(hasValidation: hasValidation), metric: .accuracy)
        #expect(family.compare == compare && family.reference == reference)
        #expect(family.chosenOn == chosenOn && family.correctedPairs == pairs)
    }

    /// Where two share the best score on validation, it tells nothing.
    @Test func severalBestOnValidation() throws {
        let same = try Self.ranked().map {
            ByHand.scored($0.id, $0.test, validation: try ByHand.classes(Self.gold, Self.gold))
        }
        let family = ComparisonFamily("best", same, metric: .accuracy)
        #expect(family.reference == "x" && family.chosenOn == .test)
        // A score that is known without the predictions counts too.
        let card = try ByHand.classes(Self.gold, Self.gold).scorecard
        let known = try Self.ranked(hasValidation: true).map { contestant in
            ScoredPredictions(
                id: contestant.id, isProbabilistic: true, test: contestant.test,
                validation: contestant.id == "y" ? nil : contestant.validation,
                validationCard: contestant.id == "y" ? card : nil)
        }
        #expect(ComparisonFamily("best", Array(known.prefix(3)), metric: .accuracy).reference == "y")
    }

    @Test(
        arguments: [
            (0.04, 0.2, true, true, true), (0.06, 0.2, false, true, false), (0.06, 0.01, false, true, true),
            (0.05, 0.2, false, true, false), (nil, 0.04, true, false, false),
            (nil, 0.06, false, false, false),
        ] as [(Double?, Double, Bool, Bool, Bool)])
    func whoIsApart(p: Double?, mcNemar: Double, areApart: Bool, isTested: Bool, disagree: Bool) throws {
        let json = """
            {"first": "x", "second": "y", "only_first_right": 1, "only_second_right": 0, "mcnemar_p_value": 0.01,
             "adjusted_mcnemar_p_value": \(mcNemar)\(p.map { ", \"adjusted_p_value\": \($0)" } ?? "")}
            """
        let pair = try StableJSON.decode(PairedComparison.self, from: Array(json.utf8))
        #expect(
            pair.areApart == areApart && pair.isTestedByMetric == isTested && pair.testsDisagree == disagree)
    }

    // MARK: The same rows

    @Test func rowsMustBeTheSame() throws {
        let first = ByHand.scored("x", try ByHand.classes([0, 1], [0, 1]))
        func check(_ other: Predictions, seeds: [Predictions] = []) -> String? {
            do throws(ResultsError) {
                try checkSameRows([first, ByHand.scored("y", other, otherSeeds: seeds)])
                return nil
            } catch { return error.description }
        }
        let same = try ByHand.classes([0, 1], [2, 2])
        #expect(check(same, seeds: [same]) == nil)
        let message = "the stored predictions of 'x' and 'y' are not of the same test rows: at row 2 y has "
        #expect(
            check(try ByHand.classes([0, 2], [0, 1])) == message
                + "id 'r1', gold 'c', x has id 'r1', gold 'b'")
        #expect(check(try ByHand.classes([0], [0])) == message + "no row, x has id 'r1', gold 'b'")
        #expect(
            check(same, seeds: [try ByHand.classes([0], [0])]) == message + "no row, x has id 'r1', gold 'b'")
    }

    // MARK: Runs side by side

    @Test func aTaskIsARunOfItsOwn() throws {
        var results = try ByHand.results([ByHand.contestant("x", try ByHand.classes([0], [0]))])
        let folder = RunLayout(URL(fileURLWithPath: "/run"))
        let one = ComparedRun.each(of: results, named: "e", in: folder)
        #expect(one.map(\.name) == ["e"])
        results.tasks[0].name = "t"
        var other = results.tasks[0]
        other.name = "u"
        other.split.sha256 = "33"
        results.tasks.append(other)
        let two = ComparedRun.each(of: results, named: "e", in: folder)
        #expect(two.map(\.name) == ["e, t", "e, u"])
        #expect(two[0].sharesTest(with: one[0]) && !two[1].sharesTest(with: two[0]))
        var relabelled = results.alone(results.tasks[0])
        relabelled.tasks[0].dataset.labelSpace = try ByHand.space(.multiclass, ["a", "c", "b"])
        #expect(!ComparedRun.each(of: relabelled, named: "r", in: folder)[0].sharesTest(with: two[0]))
    }

    /// Pairs of different runs alone, the better first, dummies left out.
    @Test func contestantsOfDifferentRuns() throws {
        let folder = try TemporaryFolder()
        func run(_ name: String, _ predicted: [(id: String, [Int])]) throws -> [ComparedRun] {
            let layout = RunLayout(folder.file(name))
            let contestants = try predicted.map { id, labels in
                let test = try ByHand.classes(Self.gold, labels)
                try test.write(to: layout.predictions(of: id))
                return ByHand.contestant(id, test, model: id == "d" ? "dummy" : "by hand")
            }
            return ComparedRun.each(of: try ByHand.results(contestants), named: name, in: layout)
        }
        let first = try run("A", [("x", [0, 1, 0, 1]), ("d", [0, 0, 0, 0])])
        let second = try run("B", [("x", [0, 1, 2, 1]), ("y", [1, 0, 0, 1])])
        let pairs = try pairedComparisons(first + second)
        #expect(pairs.map { [$0.first, $0.second] } == [["x (B)", "x (A)"], ["x (A)", "y (B)"]])
        #expect(pairs.map(\.difference) == [0.25, 0.5])
        #expect(pairs.map(\.onlyFirstRight) == [1, 2] && pairs.map(\.onlySecondRight) == [0, 0])
        // Of one row McNemar tells nothing, of two half of what there is: 2 x 1/4.
        #expect(pairs.map(\.mcNemar) == [1, 0.5] && pairs.map(\.adjustedMcNemar) == [1, 1])
        #expect(try pairedComparisons(first).isEmpty && pairedComparisons([]).isEmpty)
    }

    // MARK: Saved models

    @Test func savedModelsAreRankedOnNewRows() throws {
        func candidate(_ id: String, _ predicted: [Int], isBaseline: Bool = false) throws
            -> ModelEvaluation.Candidate
        {
            ModelEvaluation.Candidate(
                model: "m", thresholds: nil,
                predictions: ByHand.scored(
                    id, try ByHand.classes(Self.gold, predicted), isBaseline: isBaseline))
        }
        let results = try ByHand.results([])
        var options = AnalysisOptions()
        options.draws = 19
        let evaluation = ModelEvaluation(
            [
                try candidate("x", [0, 0, 0, 1]), try candidate("d", [0, 0, 0, 0], isBaseline: true),
                try candidate("y", [0, 1, 2, 0]),
            ], dataset: results.dataset, metric: .accuracy, seed: 1, options: options)
        #expect(evaluation.models.map(\.id) == ["y", "d", "x"] && evaluation.rankBy == .accuracy)
        #expect(evaluation.models.map { $0.scores[.accuracy] } == [1, 0.5, 0.25])
        #expect(evaluation.models[0].intervals[.accuracy].map { $0.low == 1 && $0.high == 1 } == true)
        #expect(evaluation.comparisons.map { [$0.first, $0.second] } == [["y", "x"]])
        #expect(evaluation.comparisons.map(\.difference) == [0.75])
        #expect(evaluation.baselineComparisons.map { [$0.first, $0.second] } == [["y", "d"], ["d", "x"]])
    }
}
