import DeterministicWork
import Evaluation
import Labels
import Testing

/// Agreement of raters against the package krippendorff; a left-out rater against scikit-learn's scores.
@Suite struct RaterTests {
    @Test func alphaEqualsKrippendorffs() throws {
        for problem in try ProtocolGolden.all.get().alpha {
            for level in KrippendorffAlpha.Level.allCases {
                let expected = try #require(problem.alpha[level.rawValue])
                let found = KrippendorffAlpha(problem.ratings, level: level).value
                #expect(agree(found, expected, 1e-10), "\(level)")
            }
        }
    }

    @Test func whereNothingAgreesOrDiffers() throws {
        let same = KrippendorffAlpha([[1, 1], [1, nil], [1, 1]], level: .nominal)
        #expect(same.value == nil && same.unitCount == 2 && same.ratingCount == 4)
        #expect(same.interval(draws: 20, seed: 1) == nil)
        let alone = KrippendorffAlpha([[1, nil], [nil, 2]], level: .ordinal)
        #expect(alone.value == nil && alone.unitCount == 0 && alone.interval(draws: 20, seed: 1) == nil)
        let perfect = KrippendorffAlpha([[1, 1, 1], [2, 2, nil], [4, 4, 4]], level: .interval)
        #expect(perfect.value == 1)
        // Resamples that draw one unit alone have no value; all others agree perfectly.
        let interval = try #require(perfect.interval(draws: 50, seed: 1))
        #expect(interval.low == 1 && interval.high == 1)
    }

    private func problem(_ golden: ProtocolGolden.Raters) throws -> (LeftOutRater, LabelSpace) {
        let space = try LabelSpace(
            kind: golden.labels == 2 ? .binary : .multiclass, names: (0..<golden.labels).map { "l\($0)" })
        return (
            LeftOutRater(golden.ratings, vote: .plurality, gold: .classes(golden.truth), labelSpace: space),
            space
        )
    }

    @Test func leftOutRaterEqualsScikitLearn() throws {
        for golden in try ProtocolGolden.all.get().raters {
            let (human, _) = try problem(golden)
            for (place, metric) in [MetricName.accuracy, .f1Macro].enumerated() {
                for (found, expected) in zip(human.scores(metric), golden.scores) {
                    #expect(agree(found, expected?[place], 1e-12), "\(metric.rawValue)")
                }
                let defined = golden.scores.compactMap { $0?[place] }
                let mean = defined.reduce(0, +) / Double(defined.count)
                #expect(agree(human.scores(metric, against: [])[0], mean, 1e-12))
            }
        }
    }

    /// A contestant that says what rater 0 says scores as that rater on the rows that count for that rater, and a resample is
    /// what scoring the drawn rows gives.
    @Test func resamplesEqualScoringTheDrawnRows() throws {
        let golden = try #require(
            try ProtocolGolden.all.get().raters.first { $0.ratings.allSatisfy { !$0.contains(nil) } })
        let (human, space) = try problem(golden)
        let first = Targets.classes(golden.ratings.map { $0[0] ?? 0 })
        let drawn = human.bootstrap(.accuracy, against: [first], draws: 7, seed: 5)
        #expect(drawn.count == 2 && drawn.allSatisfy { $0.count == 7 })
        let weights = PairedResampling(
            gold: .classes(golden.truth), predicted: [first], labelSpace: space, draws: 7, seed: 5)
        for draw in 0..<7 {
            let rows = weights.weights(ofDraw: draw).enumerated().flatMap {
                Array(repeating: $0.offset, count: Int($0.element))
            }
            let again = LeftOutRater(
                rows.map { golden.ratings[$0] }, vote: .plurality,
                gold: .classes(rows.map { golden.truth[$0] }), labelSpace: space
            ).scores(.accuracy, against: [first.selecting(rows)])
            #expect(agree(drawn[0][draw], again[0], 1e-12) && agree(drawn[1][draw], again[1], 1e-12))
        }
    }

    @Test func votes() throws {
        #expect(RaterVote.plurality([2, 1, 2]) == [2] && RaterVote.plurality([2, 1]) == nil)
        #expect(RaterVote<Int>.plurality([]) == nil && RaterVote.plurality([3]) == [3])
        let half = RaterVote<[Int]>.share(0.5)
        #expect(half([[0, 2], [2], [1], []]) == [2] && half([[], []]) == [])
        #expect(half([[0], [1]]) == [0, 1])
        // A third of three is one of three, whatever the rounding.
        #expect(RaterVote<[Int]>.share(1.0 / 3)([[4], [], []]) == [4])
        let sign = RaterVote<Double>.mean { $0 < 0 ? 0 : 1 }
        #expect(sign([-1, 0.5]) == [0] && sign([-1, 1.5]) == [1])
    }

    @Test func setsOfLabels() throws {
        let space = try LabelSpace(kind: .multilabel, names: ["a", "b"])
        let ratings: [[[Int]?]] = [[[0], [0], [0, 1]], [[1], [1], nil], [[], [0], []], [nil, nil, [1]]]
        let gold = Targets.sets(IndicatorMatrix(labelCount: 2, rows: [[0], [1], [], [1]]))
        let human = LeftOutRater(ratings, vote: .share(0.6), gold: gold, labelSpace: space)
        // Row 3 has no other rater; of row 1 the last said nothing.
        #expect(human.rowCounts == [3, 3, 2])
        // The first: a of a, b of b, none of none. The second: a in place of none. The third: b too much.
        #expect(human.scores(.subsetAccuracy) == [1, 2.0 / 3, 0.5])
    }
}
