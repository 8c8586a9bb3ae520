import Evaluation
import Labels
import Results
import Testing

/// Scores over seeds and folds, the ranking that they make, and the metrics that it shows.
@Suite struct ReplicateScoresTests {
    /// One right row of four, two, or all.
    private static func run(_ x: [Int], _ y: [Int], seed: UInt64 = 7) throws -> ExperimentResults {
        try ByHand.results(
            [x, y].enumerated().map { place, predicted in
                ByHand.contestant(["x", "y"][place], try ByHand.classes([0, 1, 2, 0], predicted))
            }, seed: seed)
    }

    private static let (right, half, quarter) = ([0, 1, 2, 0], [0, 1, 0, 1], [0, 0, 0, 1])

    @Test func scoresOverSeeds() throws {
        let runs = [try Self.run(Self.right, Self.half), try Self.run(Self.quarter, Self.half, seed: 8)]
        let spread = SeedSpread(runs)
        #expect(spread.seeds == [7, 8])
        #expect(spread.scores["x"]?[.accuracy] == [1, 0.25] && spread.scores["y"]?[.accuracy] == [0.5, 0.5])
        #expect(spread.scores["x"]?.keys.count == 3)
        var results = runs[0]
        #expect(results.replicateScores == nil && results.spread(of: "x", .accuracy) == nil)
        results.tasks[0].seeds = spread
        let own = try #require(results.spread(of: "x", .accuracy))
        #expect(own.mean == 0.625 && abs(own.deviation - 0.75 / 2.0.squareRoot()) < 1e-15)
        #expect(results.score(of: results.contestants[0], .accuracy) == 0.625)
        // No seed has a score of it: that of the run itself stands.
        #expect(results.score(of: results.contestants[0], .cohenKappa) == 1)
        #expect(SeedSpread([]).scores.isEmpty)
    }

    @Test func scoresOfFolds() throws {
        let runs = [try Self.run(Self.quarter, Self.half), try Self.run(Self.half, Self.right)]
        let spread = FoldSpread(runs, contestants: ["y"])
        #expect(spread.count == 2 && spread.scores.keys.sorted() == ["y"])
        #expect(spread.scores["y"]?[.accuracy] == [0.5, 1])
    }

    /// Accuracies of x: 1, 0.5, 1; of y: 0.5, 0.25, 0.25. As many rows are tested as trained on.
    @Test func testsOfFolds() throws {
        let runs = [
            try Self.run(Self.right, Self.half), try Self.run(Self.half, Self.quarter),
            try Self.run(Self.right, Self.quarter),
        ]
        let tests = try #require(FoldSpread(runs, contestants: ["x", "y"]).tests)
        #expect(tests.metric == .accuracy && tests.testToTrain == 1)
        #expect(tests.means["x"] == CorrectedMean([1, 0.5, 1], testToTrain: 1) && tests.means.count == 2)
        let difference = try #require(CorrectedMean([0.5, 0.25, 0.75], testToTrain: 1))
        let pair = try #require(tests.pairs.first)
        #expect(tests.pairs.count == 1 && pair.first == "x" && pair.second == "y")
        #expect(pair.difference == difference && pair.pValue == difference.pValue)
        #expect(pair.adjustedPValue == difference.pValue)
        #expect(difference.pValue != nil)
        // The better one stands first, wherever the file has it, and dummies stand in no pair.
        let turned = try runs.map { run in
            let other = run.contestants[0]
            return try ByHand.results([
                run.contestants[1], other,
                ByHand.contestant("d", try ByHand.classes([0, 1, 2, 0], Self.half), model: "dummy"),
            ])
        }
        let again = try #require(FoldSpread(turned, contestants: ["x", "y", "d"]).tests)
        #expect(again.pairs == tests.pairs && again.means.keys.sorted() == ["d", "x", "y"])
        // One fold tells no variance, and without train rows there is no correction.
        #expect(FoldSpread([runs[0]], contestants: ["x"]).tests == nil)
        var untrained = runs
        untrained[1].tasks[0].split.parts.removeAll { $0.part == .train }
        #expect(FoldSpread(untrained, contestants: ["x"]).tests == nil)
    }

    /// The second contestant is better in the mean, though not in the run itself.
    @Test func theMeanRanks() throws {
        let runs = [try Self.run(Self.half, Self.quarter), try Self.run(Self.quarter, Self.right, seed: 8)]
        var results = runs[0]
        #expect(results.ranked.map(\.id) == ["x", "y"])
        results.tasks[0].seeds = SeedSpread(runs)
        #expect(results.ranked.map(\.id) == ["y", "x"])
    }

    @Test func whatIsUndefinedOnceHasNoMean() throws {
        // Nothing is predicted positive, so precision is 0 / 0.
        func run(_ probability: Double) throws -> ExperimentResults {
            let test = try ByHand.binary([1, 0], [probability, 0.25])
            return try ByHand.results(
                [
                    ByHand.contestant("x", test),
                    ByHand.contestant("y", try ByHand.binary([1, 0], [0.75, 0.75])),
                ],
                space: test.labelSpace, rankBy: .precision)
        }
        let runs = [try run(0.75), try run(0.25)]
        var results = runs[0]
        #expect(results.ranked.map(\.id) == ["x", "y"])
        results.tasks[0].folds = FoldSpread(runs, contestants: ["x", "y"])
        #expect(results.folds?.scores["x"]?[.precision] == [1, nil])
        #expect(results.folds?.tests?.means.keys.sorted() == ["y"] && results.folds?.tests?.pairs == [])
        #expect(results.score(of: results.contestants[0], .precision) == nil)
        #expect(results.spread(of: "x", .precision) == nil)
        #expect(results.ranked.map(\.id) == ["y", "x"])
    }

    /// Equals stay in their order, and less is better where it is.
    @Test func ordersOfARanking() throws {
        let same = try Self.run(Self.half, Self.half)
        #expect(same.ranked.map(\.id) == ["x", "y"])
        func loss(_ probability: Double) throws -> Predictions { try ByHand.binary([1], [probability]) }
        let results = try ByHand.results(
            [ByHand.contestant("x", loss(0.625)), ByHand.contestant("y", loss(0.875))],
            space: loss(1).labelSpace, rankBy: .logLoss)
        #expect(results.ranked.map(\.id) == ["y", "x"])
    }

    @Test(
        arguments: [
            (
                LabelKind.binary, false, false, MetricName.accuracy,
                [.accuracy, .f1, .f1Macro, .precision, .recall]
            ),
            (.multiclass, false, false, .f1Macro, [.f1Macro, .f1Weighted, .accuracy]),
            (.multiclass, false, false, .logLoss, [.logLoss, .f1Macro, .f1Weighted, .accuracy]),
            (
                .multiclass, true, false, .f1Macro,
                [.f1Macro, .cohenKappaQuadratic, .meanAbsoluteError, .f1Weighted, .accuracy]
            ),
            (.multiclass, false, true, .f1Macro, [.f1Macro, .meanCost, .f1Weighted, .accuracy]),
            (
                .multilabel, false, false, .f1Micro,
                [.f1Micro, .f1Macro, .f1Weighted, .f1Samples, .subsetAccuracy]
            ),
        ] as [(LabelKind, Bool, Bool, MetricName, [MetricName])])
    func metricsOfTheTable(
        kind: LabelKind, isOrdinal: Bool, hasCosts: Bool, first: MetricName, expected: [MetricName]
    ) throws {
        var space = try ByHand.space(kind, kind == .binary ? ["no", "yes"] : ["a", "b", "c"])
        space.isOrdinal = isOrdinal
        if hasCosts { space.costs = [[0, 1, 1], [1, 0, 1], [1, 1, 0]] }
        #expect(MetricName.headline(of: space, first: first) == expected)
    }

    @Test func dummiesAreBaselinesBesideOthers() throws {
        let test = try ByHand.classes([0], [0])
        let (dummy, own) = (ByHand.contestant("d", test, model: "dummy"), ByHand.contestant("x", test))
        let (mixed, alone) = (try ByHand.results([dummy, own]), try ByHand.results([dummy]))
        #expect(
            dummy.isDummy && mixed.isBaseline(dummy) && !mixed.isBaseline(own) && !alone.isBaseline(dummy))
        #expect(!own.isExternal && ByHand.contestant("x", test, model: "external").isExternal)
    }
}
