import DeterministicWork
import Evaluation
import Labels
import Testing

/// Resamples of several seeds, and of the metrics of probabilities, against scoring the drawn rows.
@Suite struct SeedResamplingTests {
    private func probabilities(_ N: Int, _ K: Int, _ random: inout RandomStream) -> Probabilities {
        let rows = (0..<N).map { _ in (0..<K).map { _ in random.nextUniform() + 0.01 } }
        return Probabilities(
            labelCount: K, values: rows.flatMap { row in row.map { $0 / row.reduce(0, +) } })
    }

    /// The metrics of probabilities that are had for resamples.
    private let metrics = MetricName.allCases.filter { $0.isResampled && $0.needsProbabilities }

    @Test(arguments: LabelKind.allCases) func probabilitiesEqualScoringTheDrawnRows(kind: LabelKind) throws {
        var random = RandomStream(seed: 31)
        let K = kind == .binary ? 2 : 5
        let problem = try RandomProblem(kind: kind, N: 61, K: K, random: &random)
        let p = probabilities(61, K, &random)
        let resampling = PairedResampling(
            gold: problem.gold, runs: [[PredictedRows(predicted: problem.predicted, probabilities: p)]],
            labelSpace: problem.labelSpace, draws: 23, seed: 5)
        let own = metrics.filter { $0.applies(to: problem.labelSpace) }
        #expect(own.count == (kind == .multilabel ? 8 : 2))
        let drawn = resampling.bootstrap(own)
        for draw in 0..<23 {
            let weights = resampling.weights(ofDraw: draw)
            let rows = weights.indices.flatMap { Array(repeating: $0, count: Int(weights[$0])) }
            let card = Scorecard(
                gold: problem.gold.selecting(rows), predicted: problem.predicted.selecting(rows),
                probabilities: p.selecting(rows), labelSpace: problem.labelSpace)
            for (m, metric) in own.enumerated() {
                let expected = try #require(card[metric])
                #expect(abs(drawn[m][0][draw] - expected) <= 1e-10, "\(metric.rawValue)")
            }
        }
    }

    @Test func meansOverTheDrawnSeeds() throws {
        var random = RandomStream(seed: 32)
        let problems = try (0..<3).map { _ in
            try RandomProblem(kind: .multiclass, N: 53, K: 4, random: &random)
        }
        let gold = problems[0].gold
        let resampling = PairedResampling(
            gold: gold,
            runs: [
                problems.map { PredictedRows(predicted: $0.predicted) },
                problems.map { _ in PredictedRows(predicted: gold) },
            ], labelSpace: problems[0].labelSpace, draws: 17, seed: 9)
        let drawn = resampling.bootstrap([.accuracy])[0]
        var seen = Set<Int>()
        for draw in 0..<17 {
            let weights = resampling.weights(ofDraw: draw)
            let rows = weights.indices.flatMap { Array(repeating: $0, count: Int(weights[$0])) }
            let seeds = resampling.drawnSeeds(ofDraw: draw, count: 3)
            seen.formUnion(seeds)
            let scores = try seeds.map { seed in
                try #require(
                    Scorecard(
                        gold: gold.selecting(rows), predicted: problems[seed].predicted.selecting(rows),
                        labelSpace: problems[0].labelSpace)[.accuracy])
            }
            #expect(abs(drawn[0][draw] - scores.reduce(0, +) / 3) <= 1e-12)
        }
        #expect(seen == [0, 1, 2])
    }

    /// Exchanging a row under all seeds together: three copies of a prediction say no more than one.
    @Test func copiesOfASeedAreNoMoreEvidence() throws {
        var random = RandomStream(seed: 33)
        let problem = try RandomProblem(kind: .multiclass, N: 101, K: 3, random: &random)
        let other = try RandomProblem(kind: .multiclass, N: 101, K: 3, random: &random)
        func p(_ copies: Int) -> Double? {
            PairedResampling(
                gold: problem.gold,
                runs: [problem.predicted, other.predicted].map {
                    Array(repeating: PredictedRows(predicted: $0), count: copies)
                }, labelSpace: problem.labelSpace, draws: 999, seed: 1
            ).randomization(.f1Macro, pairs: [(0, 1)])[0]
        }
        #expect(p(1) == p(3))
    }

    /// All that was undefined for the whole stays so: a contestant without probabilities has no log loss.
    @Test func withoutProbabilitiesThereIsNoLoss() throws {
        var random = RandomStream(seed: 34)
        let problem = try RandomProblem(kind: .multiclass, N: 31, K: 3, random: &random)
        let resampling = PairedResampling(
            gold: problem.gold,
            runs: [
                [PredictedRows(predicted: problem.predicted)],
                [
                    PredictedRows(
                        predicted: problem.predicted, probabilities: probabilities(31, 3, &random))
                ],
            ], labelSpace: problem.labelSpace, draws: 19, seed: 1)
        #expect(resampling.randomization(.logLoss, pairs: [(0, 1)]) == [nil])
        #expect(Interval(percentilesOf: resampling.bootstrap([.logLoss])[0][0]) == nil)
    }

    /// One contestant ranks all gold labels first, one all of them last: no exchange of rows makes them differ more.
    @Test func rankingsAreTested() throws {
        var random = RandomStream(seed: 35)
        let problem = try RandomProblem(kind: .multilabel, N: 67, K: 7, random: &random)
        func rows(_ right: Double) -> [PredictedRows] {
            let values = problem.gold.indicators(labelCount: 7).values.map { $0 ? right : 0.5 }
            return [
                PredictedRows(
                    predicted: problem.predicted, probabilities: Probabilities(labelCount: 7, values: values))
            ]
        }
        let resampling = PairedResampling(
            gold: problem.gold, runs: [rows(0.9), rows(0.1), rows(0.9)], labelSpace: problem.labelSpace,
            draws: 199, seed: 1)
        for metric in [MetricName.precisionAt3, .ndcgAt5] {
            #expect(resampling.randomization(metric, pairs: [(0, 1), (0, 2)]) == [1 / 200, 1])
        }
        #expect(resampling.bootstrap([.ndcgAt5])[0][0].allSatisfy { $0 <= 1 && $0 > 0 })
    }
}
