import DeterministicWork
import Evaluation
import Labels
import Testing

@Suite struct PairedResamplingTests {
    private let metrics = MetricName.allCases.filter(\.isResampled)

    /// Every draw's score is that of a `Scorecard` of the drawn rows.
    @Test(arguments: LabelKind.allCases) func equalsScoringTheDrawnRows(kind: LabelKind) throws {
        var random = RandomStream(seed: 21)
        let K = kind == .binary ? 2 : 7
        let problem = try RandomProblem(kind: kind, N: 61, K: K, random: &random)
        let resampling = PairedResampling(
            gold: problem.gold, predicted: [problem.gold, problem.predicted], labelSpace: problem.labelSpace,
            draws: 23, seed: 5)
        let drawn = resampling.bootstrap(metrics)
        for draw in 0..<23 {
            let weights = resampling.weights(ofDraw: draw)
            #expect(weights.reduce(0) { $0 + Int($1) } == 61)
            let rows = weights.indices.flatMap { Array(repeating: $0, count: Int(weights[$0])) }
            let scorecard = Scorecard(
                gold: problem.gold.selecting(rows), predicted: problem.predicted.selecting(rows),
                labelSpace: problem.labelSpace)
            for (m, metric) in metrics.enumerated() where metric.applies(to: kind) {
                let comment: Comment = "draw \(draw), \(metric.rawValue)"
                if let expected = scorecard[metric] {
                    #expect(abs(drawn[m][1][draw] - expected) <= 1e-12, comment)
                } else {
                    #expect(drawn[m][1][draw].isNaN, comment)
                }
            }
        }
    }

    @Test func doesNotDependOnThreads() throws {
        var random = RandomStream(seed: 22)
        let problem = try RandomProblem(kind: .multilabel, N: 101, K: 5, random: &random)
        func scores(_ threads: Int) -> ([[[Double]]], [Double?]) {
            let before = Threads.count
            defer { Threads.count = before }
            Threads.count = threads
            let resampling = PairedResampling(
                gold: problem.gold, predicted: [problem.gold, problem.predicted],
                labelSpace: problem.labelSpace, draws: 333, seed: 1)
            return (
                resampling.bootstrap([.f1Macro, .f1Samples]),
                resampling.randomization(.f1Macro, pairs: [(0, 1)])
            )
        }
        let (one, three) = (scores(1), scores(3))
        #expect(one.0 == three.0)
        #expect(one.1 == three.1)
    }

    @Test func equalContestantsCannotBeToldApart() throws {
        var random = RandomStream(seed: 23)
        let problem = try RandomProblem(kind: .multiclass, N: 101, K: 5, random: &random)
        let resampling = PairedResampling(
            gold: problem.gold, predicted: [problem.predicted, problem.predicted, problem.gold],
            labelSpace: problem.labelSpace, draws: 999, seed: 1)
        let pValues = resampling.randomization(.f1Macro, pairs: [(0, 1), (0, 2)])
        #expect(pValues[0] == 1)
        #expect(pValues[1] == 0.001)
    }
}
