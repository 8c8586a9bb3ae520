import DeterministicWork
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
    /// Shape: [contestants][their seeds].
    private let contestants: [[RowContributions]]
    private let draws: Int
    private let seed: UInt64

    private let progress: @Sendable (_ done: Int, _ of: Int) -> Void

    /// Draws that a thread does in a row.
    private static let blockSize = 50

    /// One prediction of each contestant.
    ///
    /// - Precondition: `gold` and each of `predicted` are N rows of the same kind.
    public init(
        gold: Targets, predicted: [Targets], labelSpace: LabelSpace, draws: Int = usualDraws, seed: UInt64
    ) {
        self.init(
            gold: gold, runs: predicted.map { [PredictedRows(predicted: $0)] }, labelSpace: labelSpace,
            draws: draws, seed: seed)
    }

    /// Predictions of each contestant under one or several seeds: its score is then the mean over them, and resamples
    /// draw from the seeds as well as from the rows.
    ///
    /// - Parameters:
    ///   - runs: Shape: [contestants][their seeds].
    ///   - progress: Told how many of how many draws are done, from any thread.
    /// - Precondition: `gold` and all that was predicted are N rows of the same kind; every contestant has a run.
    public init(
        gold: Targets, runs: [[PredictedRows]], labelSpace: LabelSpace, draws: Int = usualDraws, seed: UInt64,
        progress: @escaping @Sendable (_ done: Int, _ of: Int) -> Void = { _, _ in }
    ) {
        precondition(runs.allSatisfy { !$0.isEmpty } && draws > 0)
        precondition(runs.joined().allSatisfy { $0.predicted.count == gold.count })
        self.labelSpace = labelSpace
        rowCount = gold.count
        strata = Strata(gold: gold, labelCount: labelSpace.count)
        self.gold = GoldRows(gold, labelCount: labelSpace.count)
        contestants = runs.map { runs in
            runs.map { RowContributions(gold: gold, $0, labelSpace: labelSpace) }
        }
        self.draws = draws
        self.seed = seed
        self.progress = progress
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
            for c in 0..<C {
                let seeds = drawnSeeds(ofDraw: draw, count: contestants[c].count)
                for (m, score) in scores.enumerated() {
                    values[m * C + c] = mean(seeds) {
                        score?.value(sums.contestants[c][$0], gold: sums.gold, N: rowCount) ?? .nan
                    }
                }
            }
        }
        return metrics.indices.map { m in
            (0..<C).map { c in
                (0..<draws).map { drawn[$0 * metrics.count * C + m * C + c] }
            }
        }
    }

    /// The seeds of the n-th bootstrap resample, as many as there are: the same for all contestants with that many.
    package func drawnSeeds(ofDraw draw: Int, count: Int) -> [Int] {
        if count == 1 { return [0] }
        var random = RandomStream(seed: seed, for: .bootstrapSeeds(draw: draw))
        return (0..<count).map { _ in random.next(below: count) }
    }

    /// How often each row occurs in the n-th bootstrap resample. Shape: [N].
    package func weights(ofDraw draw: Int) -> [UInt16] {
        var random = RandomHalves(RandomStream(seed: seed, for: .bootstrap(draw: draw)))
        var weights = [UInt16](repeating: 0, count: rowCount)
        weights.withUnsafeMutableBufferPointer { strata.draw(&random, into: $0) }
        return weights
    }

    /// Two-sided p-values of the hypothesis that it does not matter which of two contestants made a prediction:
    /// approximate randomization (Noreen 1989), the predictions of each row exchanged with a chance of one half; under
    /// several seeds those of all seeds together, since they are no independent rows.
    ///
    /// (1 + draws whose difference is at least the observed one) / (1 + draws), so never 0 (Phipson and Smyth 2010).
    /// One for each pair; nil where the observed difference is undefined.
    ///
    /// - Precondition: The two of a pair have as many seeds.
    public func randomization(_ metric: MetricName, pairs: [(Int, Int)]) -> [Double?] {
        guard let score = CountScore(metric, labelSpace: labelSpace), !pairs.isEmpty else {
            return pairs.map { _ in nil }
        }
        let every = [UInt16](repeating: 1, count: rowCount)
        let all = every.withUnsafeBufferPointer { Sums(self, $0) }
        @Sendable func value(_ sums: CountSums) -> Double {
            score.value(sums, gold: all.gold, N: rowCount)
        }
        let observed = pairs.map { pair in
            let (first, second) = (all.contestants[pair.0], all.contestants[pair.1])
            precondition(first.count == second.count)
            return mean(Array(first.indices)) { value(first[$0]) - value(second[$0]) }
        }
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
                var sum = 0.0
                for seed in own.indices {
                    a.swap(own[seed], for: other[seed], from: all.contestants[pair.0][seed])
                    b.swap(other[seed], for: own[seed], from: all.contestants[pair.1][seed])
                    sum += value(a) - value(b)
                }
                let isLess = abs(sum / Double(own.count)) < abs(observed[index]) - tolerance
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
        /// Shape: [contestants][their seeds].
        var contestants: [[CountSums]]

        init(_ resampling: PairedResampling, _ weights: UnsafeBufferPointer<UInt16>) {
            gold = resampling.gold.counts(weights)
            var sums = CountSums(labelCount: resampling.labelSpace.count)
            contestants = resampling.contestants.map { runs in
                runs.map {
                    $0.sum(weights, into: &sums)
                    return sums
                }
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
        let done = Mutex(0)
        parallelBlocks(of: draws, blockSize: Self.blockSize) { block in
            var weights = [UInt16](repeating: 0, count: rowCount)
            var part: [Double] = []
            for draw in block {
                var values = [Double](repeating: .nan, count: valuesPerDraw)[...]
                weights.withUnsafeMutableBufferPointer { body(draw, $0, &values) }
                part += values
            }
            parts.withLock { $0[block.lowerBound / Self.blockSize] = part }
            let count = done.withLock { done in
                done += block.count
                return done
            }
            progress(count, draws)
        }
        return parts.withLock { $0.flatMap { $0 } }
    }
}

/// The mean of a value over the places of `indices`, which may repeat.
private func mean(_ indices: [Int], _ value: (Int) -> Double) -> Double {
    indices.reduce(0) { $0 + value($1) } / Double(indices.count)
}
