import DeterministicWork
import Evaluation
import Foundation
import Testing

/// How often the corrected test errs where two learners are equally good, and bands of learning curves cover, on data whose
/// truth is known.
@Suite(.serialized) struct ProtocolSimulationTests {
    /// Both learners of a comparison read features of their own of the same distribution, so that they are equally good.
    struct Learner: Sendable, CustomStringConvertible {
        /// Whether it is the class of the nearest training row, which depends much on which rows are trained on; else the class
        /// with the nearer mean, which hardly does.
        let isNearestRow: Bool
        /// The first of which tells the classes apart; the others are noise.
        let features: Int

        var description: String { "nearest \(isNearestRow ? "row" : "mean") of \(features)" }

        /// - Parameters:
        ///   - x: Shape: [N][features].
        ///   - trained: Rows of x.
        func predictions(_ x: [[Double]], _ labels: [Int], trained: [Int], tested: [Int]) -> [Int] {
            func distance(_ a: [Double], _ b: [Double]) -> Double {
                var sum = 0.0
                for i in a.indices { sum += (a[i] - b[i]) * (a[i] - b[i]) }
                return sum
            }
            if isNearestRow {
                return tested.map { row in
                    var (best, nearest) = (Double.infinity, 0)
                    for other in trained {
                        let far = distance(x[row], x[other])
                        if far < best { (best, nearest) = (far, labels[other]) }
                    }
                    return nearest
                }
            }
            var means = Array(repeating: Array(repeating: 0.0, count: features), count: 2)
            var counts = [0.0, 0.0]
            for row in trained {
                counts[labels[row]] += 1
                for i in 0..<features { means[labels[row]][i] += x[row][i] }
            }
            for label in 0..<2 { for i in 0..<features { means[label][i] /= counts[label] } }
            return tested.map { distance(x[$0], means[1]) < distance(x[$0], means[0]) ? 1 : 0 }
        }
    }

    /// Differences of two learners' accuracies on the folds of repeated cross-validation of new data.
    private func differences(
        _ learner: Learner, rows N: Int, folds: Int, repeats: Int, _ random: inout RandomStream
    ) -> [Double] {
        let labels = (0..<N).map { $0 % 2 }
        let features = (0..<2).map { _ in
            labels.map { label in
                (0..<learner.features).map { place in
                    random.nextNormal() + (place > 0 ? 0 : label == 0 ? -0.5 : 0.5)
                }
            }
        }
        return (0..<repeats).flatMap { _ -> [Double] in
            // Dealt in turn from shuffled rows of each class, so that every fold has as many of both.
            let order = [0, 1].flatMap { label in
                random.shuffled(labels.indices.filter { labels[$0] == label })
            }
            var fold = Array(repeating: 0, count: N)
            for (place, row) in order.enumerated() { fold[row] = place % folds }
            return (0..<folds).map { own in
                let tested = labels.indices.filter { fold[$0] == own }
                let trained = labels.indices.filter { fold[$0] != own }
                let accuracies = features.map { x in
                    let predicted = learner.predictions(x, labels, trained: trained, tested: tested)
                    let right = zip(tested, predicted).count { labels[$0] == $1 }
                    return Double(right) / Double(tested.count)
                }
                return accuracies[0] - accuracies[1]
            }
        }
    }

    /// The t-test that takes the folds for independent.
    private func naivePValue(_ values: [Double]) -> Double {
        let J = Double(values.count)
        let mean = values.reduce(0, +) / J
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (J - 1)
        if variance == 0 { return mean == 0 ? 1 : 0 }
        return StudentT(degreesOfFreedom: J - 1).twoSidedTail(mean / (variance / J).squareRoot())
    }

    /// The correction takes a fold's scores to vary with the rows that are tested more than with those that are trained on. So
    /// it is for learners like linear ones; of the nearest row it errs more often than it says, though still far less often
    /// than the test without it.
    @Test(
        arguments: [
            (Learner(isNearestRow: false, features: 1), 60, 5, 1),
            (Learner(isNearestRow: false, features: 1), 60, 10, 10),
            (Learner(isNearestRow: false, features: 10), 300, 5, 2),
            (Learner(isNearestRow: false, features: 10), 300, 10, 10),
            (Learner(isNearestRow: true, features: 1), 60, 10, 10),
        ])
    func correctedTestErrsAtMostAsOftenAsItSays(
        learner: Learner, rows: Int, folds: Int, repeats: Int
    ) {
        let p = parallelMap(Simulations.count, blockSize: 10) {
            simulation -> (corrected: Double, naive: Double) in
            var random = RandomStream(seed: 43, stream: UInt64(simulation))
            let d = differences(learner, rows: rows, folds: folds, repeats: repeats, &random)
            return (CorrectedMean(d, testToTrain: 1 / Double(folds - 1))?.pValue ?? 1, naivePValue(d))
        }
        let share = Double(p.count { $0.corrected <= 0.05 }) / Double(p.count)
        let naive = Double(p.count { $0.naive <= 0.05 }) / Double(p.count)
        print(
            "false positives of \(repeats) x \(folds) folds of \(rows) rows, \(learner): corrected \(share), naive \(naive) "
                + "of \(p.count)")
        #expect(share <= (learner.isNearestRow ? 0.12 : 0.06) + Simulations.slack(0.05))
        #expect(naive > share)
        if repeats > 1 { #expect(naive > 3 * share) }
    }

    // MARK: Bands of learning curves

    private static let width = 5
    private static let shift = 0.5

    /// Rows of two classes whose means are `shift` and -`shift` in the first of five features.
    private func draw(_ count: Int, _ random: inout RandomStream) -> [(x: [Double], label: Int)] {
        (0..<count).map { row in
            var x = (0..<Self.width).map { _ in random.nextNormal() }
            x[0] += row % 2 == 0 ? -Self.shift : Self.shift
            return (x, row % 2)
        }
    }

    /// The line between the two classes' means, as weights and bias.
    private func fit(_ rows: [(x: [Double], label: Int)]) -> (w: [Double], b: Double) {
        var means = [[Double]](repeating: Array(repeating: 0, count: Self.width), count: 2)
        var counts = [0.0, 0.0]
        for row in rows {
            counts[row.label] += 1
            for i in 0..<Self.width { means[row.label][i] += row.x[i] }
        }
        for label in 0..<2 { for i in 0..<Self.width { means[label][i] /= counts[label] } }
        let w = zip(means[1], means[0]).map { $0 - $1 }
        let b = -zip(w, zip(means[0], means[1])).reduce(0) { $0 + $1.0 * ($1.1.0 + $1.1.1) / 2 }
        return (w, b)
    }

    /// Its accuracy on all rows that could be drawn.
    private func accuracy(_ line: (w: [Double], b: Double)) -> Double {
        let norm = line.w.reduce(0) { $0 + $1 * $1 }.squareRoot()
        func below(_ z: Double) -> Double { 0.5 * erfc(-z / 2.0.squareRoot()) }
        let toward = line.w[0] * Self.shift
        return (below((toward + line.b) / norm) + below((toward - line.b) / norm)) / 2
    }

    /// A sample of as many rows of both classes, the same ones for all sizes: the first so many of each.
    private func order(_ pool: Int, _ random: inout RandomStream) -> [Int] {
        let halves = (0..<2).map { label in random.shuffled(stride(from: label, to: pool, by: 2)) }
        return (0..<pool).map { halves[$0 % 2][$0 / 2] }
    }

    /// Whether the band at each size holds the truth, as 0 or 1.
    private func covers(
        _ simulation: Int, pool: Int, tested: Int, repeats: Int, sizes: [Int]
    ) throws -> [Int] {
        var random = RandomStream(seed: 44, stream: UInt64(simulation))
        let rows = draw(pool, &random)
        let test = draw(tested, &random)
        let orders = (0..<repeats).map { _ in order(pool, &random) }
        return try sizes.map { size in
            let lines = orders.map { order in fit(order.prefix(size).map { rows[$0] }) }
            // Whether each sample has a test row right, as 0 or 1. Shape: [repeats][tested].
            let right = lines.map { line in
                test.map { row in
                    let score = zip(line.w, row.x).reduce(line.b) { $0 + $1.0 * $1.1 }
                    return (score > 0 ? 1 : 0) == row.label ? 1.0 : 0
                }
            }
            // Of accuracy, the covariance over resamples is that over rows divided by their number.
            let point = try #require(
                CurvePoint(
                    size: size, scores: right.map { $0.reduce(0, +) / Double(tested) },
                    sharedVariance: CurvePoint.sharedVariance(ofDraws: right) / Double(tested), in: 0...1))
            let truths = (0..<(size == pool ? 1 : 200)).map { _ in
                accuracy(fit(order(pool, &random).prefix(size).map { rows[$0] }))
            }
            let truth = truths.reduce(0, +) / Double(truths.count)
            return point.low <= truth && truth <= point.high ? 1 : 0
        }
    }

    /// Few and many repeats and test rows, from hardly any luck but that of samples to none of it.
    @Test(arguments: [(100, 3), (400, 5), (1000, 3)])
    func bandsCover(tested: Int, repeats: Int) throws {
        let (pool, sizes) = (160, [10, 20, 40, 80, 160])
        let covered = try parallelMap(Simulations.count, blockSize: 10) {
            simulation -> Result<[Int], any Error> in
            Result { try covers(simulation, pool: pool, tested: tested, repeats: repeats, sizes: sizes) }
        }.map { try $0.get() }.reduce(into: Array(repeating: 0, count: sizes.count)) { sums, covers in
            for place in sizes.indices { sums[place] += covers[place] }
        }
        for (size, count) in zip(sizes, covered) {
            let share = Double(count) / Double(Simulations.count)
            print(
                "coverage of bands at \(size) rows, \(repeats) repeats, \(tested) test rows: \(share) of \(Simulations.count)"
            )
            #expect(abs(share - 0.95) <= 0.02 + Simulations.slack(0.95), "\(size)")
        }
    }
}

extension RandomStream {
    /// A standard normal number, by Box and Muller.
    fileprivate mutating func nextNormal() -> Double {
        (-2 * log(1 - nextUniform())).squareRoot() * cos(2 * Double.pi * nextUniform())
    }
}
