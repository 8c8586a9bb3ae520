import DeterministicWork
import Foundation
import Labels
import Testing
import TextClassifiers

/// Training of hashed n-grams against the same steps written out, and at several numbers of threads.
@Suite(.serialized) struct NgramTrainerTests {
    /// Gradient descent as it is defined, with plain arrays.
    private struct Naive {
        var inputs: [[Float]]
        var outputs: [[Float]]

        mutating func train(
            _ steps: [NgramTrainer.Step], _ rows: [[Int32]], _ labels: [[Int]],
            _ loss: HashedNgramOptions.Loss
        ) {
            for step in steps {
                let own = rows[step.row].map { inputs[Int($0)] }
                let D = own[0].count
                let h = (0..<D).map { d in own.reduce(0) { $0 + $1[d] } / Float(own.count) }
                let z = outputs.map { zip($0, h).reduce(0) { $0 + $1.0 * $1.1 } }
                let sum = z.reduce(0) { $0 + exp($1) }
                let p = z.map { loss == .softmax ? exp($0) / sum : 1 / (1 + exp(-$0)) }
                let errors = z.indices.map { (labels[step.row].contains($0) ? 1 : 0) - p[$0] }
                for row in rows[step.row] {
                    for d in 0..<D {
                        let g = z.indices.reduce(0) { $0 + errors[$1] * outputs[$1][d] }
                        inputs[Int(row)][d] += step.rate * g / Float(own.count)
                    }
                }
                for k in z.indices { for d in 0..<D { outputs[k][d] += step.rate * errors[k] * h[d] } }
            }
        }
    }

    @Test(arguments: HashedNgramOptions.Loss.allCases)
    func trainsAsWrittenOut(loss: HashedNgramOptions.Loss) throws {
        let (N, V, K, D) = (61, 29, 5, 11)
        var random = RandomStream(seed: 5)
        // Rows with a word twice, and one without any.
        let rows = (0..<N).map { row in
            (0..<(row == 7 ? 0 : 1 + random.next(below: 9))).map { _ in Int32(random.next(below: V)) }
        }
        let labels = (0..<N).map { _ in
            loss == .softmax ? [random.next(below: K)] : (0..<K).filter { _ in random.next(below: 3) == 0 }
        }
        var options = HashedNgramOptions()
        (options.dim, options.epochs, options.learningRate) = (D, 3, 0.5)
        let trainer = NgramTrainer(options: options, loss: loss, rows: rows, labels: labels, seed: 9)
        let first = NgramWeights(dim: D, rowCount: V, labelCount: K, seed: 9)

        var naive = Naive(
            inputs: (0..<V).map { Array(first.plain(\.inputs)[$0 * D..<($0 + 1) * D]) },
            outputs: Array(repeating: Array(repeating: 0, count: D), count: K))
        var seen = 0
        for epoch in 0..<3 { naive.train(trainer.steps(ofEpoch: epoch, &seen), rows, labels, loss) }
        #expect(seen == 3 * rows.reduce(0) { $0 + $1.count })

        let threads = Threads.count
        defer { Threads.count = threads }
        var all: [NgramWeights] = []
        for count in [1, 2, 3, 8] {
            Threads.count = count
            var weights = first
            try trainer.train(&weights) { _ in }
            all.append(weights)
        }
        for weights in all {
            #expect(weights.inputs == all[0].inputs && weights.outputs == all[0].outputs)
        }
        // Sums in another order differ in the last bits of a Float, some 100 steps of which add up.
        for (own, wanted) in [
            (all[0].plain(\.inputs), naive.inputs), (all[0].plain(\.outputs), naive.outputs),
        ] {
            #expect(zip(own, wanted.joined()).allSatisfy { abs($0 - $1) < 2e-5 })
            #expect(own.count == wanted.count * D)
        }
        #expect(zip(all[0].plain(\.inputs), first.plain(\.inputs)).contains { abs($0 - $1) > 0.01 })
    }
}
