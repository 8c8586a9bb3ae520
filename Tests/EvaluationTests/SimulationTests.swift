import DeterministicWork
import Evaluation
import Foundation
import Labels
import Testing

/// How many simulations the tests do, and what chance does to a share of them.
enum Simulations {
    static let count =
        ProcessInfo.processInfo.environment["BAKEOFF_SIMULATIONS"].flatMap { Int($0) } ?? 200

    /// Three standard errors of a share over all simulations.
    static func slack(_ share: Double) -> Double {
        3 * (share * (1 - share) / Double(count)).squareRoot()
    }
}

/// Whether intervals cover and tests err as often as they say, on data whose truth is known.
///
/// A few hundred simulations by default; `scripts/coverage.sh` does thousands, with the bounds that belong to them.
@Suite(.serialized) struct SimulationTests {
    private static let count = Simulations.count

    /// Of 300 rows, 100 of each class, a class is recognized with this chance and else taken for the next one.
    private static let recall = [0.9, 0.7, 0.8]
    private static let gold = (0..<300).map { $0 % 3 }

    private func predictions(_ random: inout RandomStream) -> Targets {
        .classes(Self.gold.map { random.nextUniform() < Self.recall[$0] ? $0 : ($0 + 1) % 3 })
    }

    @Test func intervalsCover() throws {
        let space = try LabelSpace(kind: .multiclass, names: ["a", "b", "c"])
        // Of class k: 2 recall_k / (1 + recall_k + 1 - recall of the class before it).
        let f1 = (0..<3).map { label in
            let (own, before) = (Self.recall[label], Self.recall[(label + 2) % 3])
            return 2 * own / (2 + own - before)
        }
        let truth = [f1.reduce(0, +) / 3, Self.recall.reduce(0, +) / 3]
        var covered = [0, 0]
        for simulation in 0..<Self.count {
            var random = RandomStream(seed: 41, stream: UInt64(simulation))
            let drawn = PairedResampling(
                gold: .classes(Self.gold), predicted: [predictions(&random)], labelSpace: space, draws: 1000,
                seed: UInt64(simulation)
            ).bootstrap([.f1Macro, .accuracy])
            for metric in 0..<2 {
                let interval = try #require(Interval(percentilesOf: drawn[metric][0]))
                if interval.low <= truth[metric] && truth[metric] <= interval.high { covered[metric] += 1 }
            }
        }
        for (metric, count) in zip(["macro F1", "accuracy"], covered) {
            let share = Double(count) / Double(Self.count)
            print("coverage of \(metric): \(share) of \(Self.count)")
            #expect(abs(share - 0.95) <= max(0.015, Simulations.slack(0.95)), "\(metric)")
        }
    }

    @Test func testsErrAtMostAsOftenAsTheySay() throws {
        let space = try LabelSpace(kind: .multiclass, names: ["a", "b", "c"])
        var (f1, accuracy) = (0, 0)
        for simulation in 0..<Self.count {
            var random = RandomStream(seed: 42, stream: UInt64(simulation))
            let (a, b) = (predictions(&random), predictions(&random))
            let p = PairedResampling(
                gold: .classes(Self.gold), predicted: [a, b], labelSpace: space, draws: 999,
                seed: UInt64(simulation)
            ).randomization(.f1Macro, pairs: [(0, 1)])[0]
            if (p ?? 1) <= 0.05 { f1 += 1 }
            func isRight(_ targets: Targets, _ row: Int) -> Bool {
                targets.labels(ofRow: row) == [Self.gold[row]]
            }
            let onlyA = Self.gold.indices.count { isRight(a, $0) && !isRight(b, $0) }
            let onlyB = Self.gold.indices.count { !isRight(a, $0) && isRight(b, $0) }
            if mcNemar(onlyFirstRight: onlyA, onlySecondRight: onlyB) <= 0.05 { accuracy += 1 }
        }
        for (test, count) in [("randomization of macro F1", f1), ("McNemar", accuracy)] {
            let share = Double(count) / Double(Self.count)
            print("false positives of \(test): \(share) of \(Self.count)")
            #expect(share <= 0.05 + Simulations.slack(0.05), "\(test)")
        }
    }
}
