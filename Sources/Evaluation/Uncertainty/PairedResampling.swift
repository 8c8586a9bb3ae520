import Compute
import Labels
import Synchronization

/// Resamples of one test set on which several contestants were scored, the same ones for all: intervals of their
/// scores, and of the differences between them.
///
/// The n-th draw is a function of seed and n alone, so results do not depend on the number of threads.
public struct PairedResampling: Sendable {
    /// As many as percentiles in the tails need.
    public static let usualDraws = 10_000

    private let labelSpace: LabelSpace
    private let rowCount: Int
    private let strata: Strata
    private let gold: GoldRows
    private let contestants: [RowContributions]
    private let draws: Int
    private let seed: UInt64

    /// Draws that a thread does in a row.
    private static let blockSize = 50

    /// - Precondition: `gold` and each of `predicted` are N rows of the same kind.
    public init(
        gold: Targets, predicted: [Targets], labelSpace: LabelSpace, draws: Int = usualDraws, seed: UInt64
    ) {
        precondition(predicted.allSatisfy { $0.count == gold.count } && draws > 0)
        self.labelSpace = labelSpace
        rowCount = gold.count
        strata = Strata(gold: gold, labelCount: labelSpace.count)
        self.gold = GoldRows(gold, labelCount: labelSpace.count)
        contestants = predicted.map {
            RowContributions(gold: gold, predicted: $0, labelSpace: labelSpace)
        }
        self.draws = draws
        self.seed = seed
    }

    /// The score of each contestant on each stratified bootstrap resample, by metric; NaN where undefined.
    /// Shape: [metrics][contestants][draws].
    public func bootstrap(_ metrics: [MetricName]) -> [[[Double]]] {
        let scores = metrics.map { CountScore($0, labelSpace: labelSpace) }
        let C = contestants.count
        let drawn = forEachDraw(valuesPerDraw: metrics.count * C) { draw, weights, values in
            var random = RandomHalves(RandomStream(seed: seed, for: .bootstrap(draw: draw)))
            strata.draw(&random, into: weights)
            let sums = Sums(self, UnsafeBufferPointer(weights))
            for (m, score) in scores.enumerated() {
                for c in 0..<C {
                    values[m * C + c] =
                        score?.value(sums.contestants[c], gold: sums.gold, N: rowCount) ?? .nan
                }
            }
        }
        return metrics.indices.map { m in
            (0..<C).map { c in
                (0..<draws).map { drawn[$0 * metrics.count * C + m * C + c] }
            }
        }
    }

    /// How often each row occurs in the n-th bootstrap resample. Shape: [N].
    package func weights(ofDraw draw: Int) -> [UInt16] {
        var random = RandomHalves(RandomStream(seed: seed, for: .bootstrap(draw: draw)))
        var weights = [UInt16](repeating: 0, count: rowCount)
        weights.withUnsafeMutableBufferPointer { strata.draw(&random, into: $0) }
        return weights
    }

    /// Two-sided p-values of the hypothesis that it does not matter which of two contestants made a prediction:
    /// approximate randomization (Noreen 1989), the predictions of each row exchanged with a chance of one half.
    ///
    /// (1 + draws whose difference is at least the observed one) / (1 + draws), so never 0 (Phipson and Smyth 2010).
    /// One for each pair; nil where the observed difference is undefined.
    public func randomization(_ metric: MetricName, pairs: [(Int, Int)]) -> [Double?] {
        guard let score = CountScore(metric, labelSpace: labelSpace), !pairs.isEmpty else {
            return pairs.map { _ in nil }
        }
        let every = [UInt16](repeating: 1, count: rowCount)
        let all = every.withUnsafeBufferPointer { Sums(self, $0) }
        @Sendable func difference(_ a: CountSums, _ b: CountSums) -> Double {
            score.value(a, gold: all.gold, N: rowCount) - score.value(b, gold: all.gold, N: rowCount)
        }
        let observed = pairs.map { difference(all.contestants[$0.0], all.contestants[$0.1]) }
        // Sums of the same numbers in another order may differ in their last bits.
        let tolerance = 1e-12
        let extreme = forEachDraw(valuesPerDraw: pairs.count) { draw, weights, values in
            var random = RandomStream(seed: seed, for: .randomization(draw: draw))
            var bits: UInt64 = 0
            for row in weights.indices {
                if row % 64 == 0 { bits = random.next() }
                weights[row] = UInt16(truncatingIfNeeded: bits & 1)
                bits >>= 1
            }
            let swapped = Sums(self, UnsafeBufferPointer(weights))
            var (a, b) = (CountSums(labelCount: labelSpace.count), CountSums(labelCount: labelSpace.count))
            for (index, pair) in pairs.enumerated() {
                let (own, other) = (swapped.contestants[pair.0], swapped.contestants[pair.1])
                a.swap(own, for: other, from: all.contestants[pair.0])
                b.swap(other, for: own, from: all.contestants[pair.1])
                let isLess = abs(difference(a, b)) < abs(observed[index]) - tolerance
                values[index] = isLess ? 0 : 1
            }
        }
        return pairs.indices.map { pair in
            if observed[pair].isNaN { return nil }
            let count = (0..<draws).reduce(0) { $0 + extreme[$1 * pairs.count + pair] }
            return (1 + count) / Double(1 + draws)
        }
    }

    /// The counts of all contestants under one choice of weights.
    private struct Sums {
        /// Shape: [K].
        let gold: [Int]
        var contestants: [CountSums]

        init(_ resampling: PairedResampling, _ weights: UnsafeBufferPointer<UInt16>) {
            gold = resampling.gold.counts(weights)
            var sums = CountSums(labelCount: resampling.labelSpace.count)
            contestants = resampling.contestants.map {
                $0.sum(weights, into: &sums)
                return sums
            }
        }
    }

    /// Calls `body` for each draw, on all threads, with weights to fill and the draw's own values to write.
    private func forEachDraw(
        valuesPerDraw: Int,
        _ body:
            @Sendable (
                Int, UnsafeMutableBufferPointer<UInt16>, inout ArraySlice<Double>
            ) -> Void
    ) -> [Double] {
        let blocks = (draws + Self.blockSize - 1) / Self.blockSize
        let parts = Mutex<[[Double]]>(Array(repeating: [], count: blocks))
        parallelBlocks(of: draws, blockSize: Self.blockSize) { block in
            var weights = [UInt16](repeating: 0, count: rowCount)
            var part: [Double] = []
            for draw in block {
                var values = [Double](repeating: .nan, count: valuesPerDraw)[...]
                weights.withUnsafeMutableBufferPointer { body(draw, $0, &values) }
                part += values
            }
            parts.withLock { $0[block.lowerBound / Self.blockSize] = part }
        }
        return parts.withLock { $0.flatMap { $0 } }
    }
}
