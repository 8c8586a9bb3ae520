import Classes
import DeterministicWork
import Evaluation
import Foundation
import Labels
import Results
import Testing

/// The Ladder, and what it keeps from many tries.
@Suite struct LadderTests {
    @Test func onlyAStepAheadIsShown() {
        var ladder = Ladder(step: 2)
        var asked = 0
        func error() -> Double? {
            asked += 1
            return 0.01
        }
        #expect(ladder.best == nil && ladder.take(0.50, standardError: error))
        #expect(asked == 0 && ladder.best == 0.50)
        // Worse or equal: nobody computes an error.
        #expect(
            !ladder.take(0.49, standardError: error) && !ladder.take(0.50, standardError: error) && asked == 0
        )
        // Not more than two errors.
        #expect(!ladder.take(0.515, standardError: error) && ladder.best == 0.50)
        #expect(ladder.take(0.5201, standardError: error) && ladder.best == 0.5201)
        // What is undefined is never ahead.
        #expect(
            !ladder.take(.nan, standardError: error) && !ladder.take(0.9) { nil }
                && !ladder.take(0.9) { .nan })
        #expect(ladder.best == 0.5201)
    }

    /// 500 entries at random: a board that shows the best of them rises by more than three points over what they are worth,
    /// the Ladder by less than half a point over what it showed first.
    @Test(arguments: [1, 2, 3]) func fiveHundredRandomEntriesDoNotClimb(_ seed: UInt64) throws {
        let labels = try LabelSpace(kind: .multiclass, names: ["a", "b", "c", "d"])
        let N = 1009
        var random = RandomStream(seed: seed, stream: 77)
        func draw() -> Targets { .classes((0..<N).map { _ in random.next(below: 4) }) }
        let gold = draw()
        func entry(_ predicted: Targets) -> ScoredPredictions {
            ScoredPredictions(
                id: "entry", isProbabilistic: false,
                test: Predictions(
                    labelSpace: labels, ids: (0..<N).map { "\($0)" }, gold: gold, predicted: predicted,
                    probabilities: Probabilities(certainOf: predicted, labelCount: 4)), validation: nil)
        }
        var ladder = PublicLadder(metric: .accuracy, step: Ladder.defaultStep, seed: 42)
        // The paper's own step, one standard error, lets them climb.
        var loose = PublicLadder(metric: .accuracy, step: 1, seed: 42)
        var (best, first) = (0.0, 0.0)
        for number in 0..<500 {
            let predictions = entry(draw())
            let score = try #require(predictions.scorecard[.accuracy])
            if number == 0 { first = score }
            best = max(best, score)
            _ = ladder.take(predictions)
            _ = loose.take(predictions)
        }
        #expect(best - 0.25 > 0.03, "the best of 500 is \(best)")
        let shown = try #require(ladder.shown)
        #expect(shown - first < 0.005, "from \(first) to \(shown)")
        #expect(try #require(loose.shown) - first > 0.01)
    }

    /// Entries that are truly better are shown.
    @Test func whatIsBetterIsShown() throws {
        let labels = try LabelSpace(kind: .binary, names: ["no", "yes"])
        let N = 499
        var random = RandomStream(seed: 5, stream: 77)
        let gold = (0..<N).map { _ in random.next(below: 2) }
        var ladder = PublicLadder(metric: .f1Macro, step: Ladder.defaultStep, seed: 42)
        // Right in 60, 75 and 90 of 100 rows.
        for share in [60, 75, 90] {
            let predicted = Targets.classes(gold.map { random.next(below: 100) < share ? $0 : 1 - $0 })
            let isShown = ladder.take(
                ScoredPredictions(
                    id: "entry", isProbabilistic: false,
                    test: Predictions(
                        labelSpace: labels, ids: gold.indices.map { "\($0)" }, gold: .classes(gold),
                        predicted: predicted,
                        probabilities: Probabilities(certainOf: predicted, labelCount: 2)),
                    validation: nil))
            #expect(isShown == true, "\(share)")
        }
    }

    /// A metric of which less is better climbs downwards.
    @Test func lossesAreShownAsTheyAre() throws {
        let labels = try LabelSpace(kind: .binary, names: ["no", "yes"])
        let N = 211
        let gold = (0..<N).map { $0 % 2 }
        func entry(_ p: Double) -> ScoredPredictions {
            let values = gold.flatMap { $0 == 1 ? [1 - p, p] : [p, 1 - p] }
            let probabilities = Probabilities(labelCount: 2, values: values)
            return ScoredPredictions(
                id: "entry", isProbabilistic: true,
                test: Predictions(
                    labelSpace: labels, ids: gold.indices.map { "\($0)" }, gold: .classes(gold),
                    probabilities: probabilities, thresholds: nil), validation: nil)
        }
        var ladder = PublicLadder(metric: .logLoss, step: Ladder.defaultStep, seed: 42)
        #expect(
            ladder.take(entry(0.6)) == true && ladder.take(entry(0.8)) == true
                && ladder.take(entry(0.7)) == false)
        #expect(abs(try #require(ladder.shown) + log(0.8)) < 1e-6)
    }
}
