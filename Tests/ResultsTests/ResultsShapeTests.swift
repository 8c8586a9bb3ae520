import Evaluation
import Labels
import Results
import Testing

/// What a `results.json` may not hold, though it can be read.
@Suite struct ResultsShapeTests {
    private static func results() throws -> ExperimentResults {
        let test = try ByHand.classes([0, 1, 2, 0], [0, 1, 2, 1])
        let validation = try ByHand.classes([0, 1, 2], [0, 1, 1])
        var results = try ByHand.results(
            ["x", "y"].map { ByHand.contestant($0, test, validation: validation) })
        var options = AnalysisOptions()
        options.draws = 5
        results.tasks[0].analysis = try results.analysis(
            of: StoredPredictions(
                ["x", "y"].map { ByHand.scored($0, test, validation: validation) }), options: options)
        results.tasks[0].leaks = LeakSummary(
            [], parts: [.train, .test, .test, .test, .test],
            predictions: StoredPredictions(["x", "y"].map { ByHand.scored($0, test) }), sha256: "")
        results.tasks[0].seeds = SeedSpread([results, results])
        results.timings.contestants["x"] = ContestantCost(
            fitSeconds: 1, predictSeconds: 1, predictedTexts: 4, peakMemoryBytes: 1)
        return results
    }

    @Test func aRunsOwnFits() throws { try Self.results().checkShape() }

    private static let changes: [(String, @Sendable (inout ExperimentResults) throws -> Void)] = [
        ("tasks: found none", { $0.tasks = [] }),
        ("tasks: found 2 without a name", { $0.tasks.append($0.tasks[0]) }),
        (
            "tasks: found 't' twice",
            {
                $0.tasks[0].name = "t"
                $0.tasks.append($0.tasks[0])
            }
        ),
        ("contestants: found the name '../x'", { $0.tasks[0].contestants[0].id = "../x" }),
        ("contestants: found the name '.'", { $0.tasks[0].contestants[0].id = "." }),
        ("contestants: found the name ''", { $0.tasks[0].contestants[0].id = "" }),
        ("contestants: found 'y' twice", { $0.tasks[0].contestants[0].id = "y" }),
        (
            "label counts of train: found 2, expected 3",
            { $0.tasks[0].split.parts[0].labelCounts.removeLast() }
        ),
        (
            "label counts of train: found -1, expected a count",
            { $0.tasks[0].split.parts[0].labelCounts[0] = -1 }
        ),
        ("rows: found \(Int.max), expected a count", { $0.tasks[0].dataset.rowCount = .max }),
        (
            "x, ensemble: found votes of 1 members, expected 2",
            {
                var record = EnsembleRecord(softVoteOf: ["x", "y"])
                record.votes = [1]
                $0.tasks[0].contestants[0].ensembles = [record]
            }
        ),
        (
            "x, records of the ensemble: found 2, expected 1",
            {
                let record = EnsembleRecord(softVoteOf: ["x", "y"])
                $0.tasks[0].contestants[0].ensembles = [record, record]
            }
        ),
        ("x, thresholds: found 1, expected 3", { $0.tasks[0].contestants[0].thresholds = [0.5] }),
        (
            "x, kind: found multiclass, expected multilabel",
            { $0.tasks[0].dataset.labelSpace = try ByHand.space(.multilabel) }
        ),
        (
            "x, labels: found [\"a\", \"b\", \"c\"], expected [\"a\", \"b\", \"d\"]",
            { $0.tasks[0].dataset.labelSpace = try ByHand.space(.multiclass, ["a", "b", "d"]) }
        ),
        ("seeds of x, accuracy: found 1, expected 2", { $0.tasks[0].seeds?.scores["x"]?[.accuracy] = [1] }),
        ("folds: found 1 of 8 rows", { $0.tasks[0].folds = FoldSpread([$0], contestants: []) }),
        (
            "folds: found 3, dealt 2 times",
            { $0.tasks[0].folds = FoldSpread([$0, $0, $0], contestants: [], dealings: 2) }
        ),
        (
            "folds: found 1 of 8 rows",
            { $0.tasks[0].folds = FoldSpread([$0, $0], contestants: [], dealings: 2) }
        ),
        ("scores of rows apart: found 'z'", { $0.tasks[0].leaks?.withoutLeaks[0].id = "z" }),
        ("leaks of test: found -1", { $0.tasks[0].leaks?.parts[0].near = -1 }),
        (
            "timings.contestants.x: found -1.0, expected seconds",
            { $0.timings.contestants["x"]?.fitSeconds = -1 }
        ),
        ("timings.contestants.x: found inf", { $0.timings.contestants["x"]?.cpuSeconds = .infinity }),
        (
            "timings.contestants.x: found -1, expected a count",
            { $0.timings.contestants["x"]?.modelBytes = -1 }
        ),
        ("a tie group: found 1, expected 2", { $0.tasks[0].analysis?.tieGroups = [[1]] }),
        ("a tie group: found places 1 to 3", { $0.tasks[0].analysis?.tieGroups = [[1, 3]] }),
        ("chosen_on: found 'train'", { $0.tasks[0].analysis?.family?.chosenOn = .train }),
        ("draws: found 2000000", { $0.tasks[0].analysis?.options.draws = 2_000_000 }),
        ("errors: found -1", { $0.tasks[0].analysis?.errors.rightByAll = -1 }),
        (
            "a point of precision and recall: found 1",
            { $0.tasks[0].analysis?.curves["x"]?.precisionRecall = [[1]] }
        ),
    ]

    @Test(arguments: changes.indices) func whatDoesNotFitIsNamed(index: Int) throws {
        let (message, change) = Self.changes[index]
        var results = try Self.results()
        try change(&results)
        let error = #expect(throws: ShapeError.self) { try results.checkShape() }
        #expect(error?.description.contains(message) == true, "\(error?.description ?? "") for \(message)")
    }
}
