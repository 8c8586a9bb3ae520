import DeterministicWork
import Foundation
import LinearAlgebra

/// Stochastic gradient descent, a row of train after another, as fastText does it on one thread; the order is drawn anew for
/// each epoch. What is learnt therefore does not depend on the number of threads.
package struct NgramTrainer: Sendable {
    let options: HashedNgramOptions
    let loss: HashedNgramOptions.Loss
    /// The vectors' rows of each row of train.
    let rows: [[Int32]]
    /// Its labels.
    let labels: [[Int]]
    let seed: UInt64

    package init(
        options: HashedNgramOptions, loss: HashedNgramOptions.Loss, rows: [[Int32]], labels: [[Int]],
        seed: UInt64
    ) {
        self.options = options
        self.loss = loss
        self.rows = rows
        self.labels = labels
        self.seed = seed
    }

    /// A row of train with the learning rate that it comes at.
    package struct Step: Sendable {
        package let row: Int
        package let rate: Float
    }

    /// The rows with at least one token, in the order of the epoch.
    /// - Parameter seen: How many tokens were learnt from before, and after.
    package func steps(ofEpoch number: Int, _ seen: inout Int) -> [Step] {
        let total = Double(max(1, rows.reduce(0) { $0 + $1.count } * options.epochs))
        var random = RandomStream(seed: seed, for: .denseHeadOrder(epoch: number))
        var steps: [Step] = []
        for row in random.shuffled(rows.indices) where !rows[row].isEmpty {
            let rate = Float(options.learningRate * max(0, 1 - Double(seen) / total))
            steps.append(Step(row: row, rate: rate))
            seen += rows[row].count
        }
        return steps
    }

    /// - Parameter epoch: Told of each epoch before it begins; may throw to stop.
    package func train(_ weights: inout NgramWeights, _ epoch: (Int) throws -> Void) throws {
        let lanes = weights.lanes
        let K = weights.outputs.count / max(1, lanes)
        var seen = 0
        var hidden = [NgramWeights.Lanes](repeating: .zero, count: lanes)
        var gradient = hidden
        var errors = [Float](repeating: 0, count: K)
        for number in 0..<options.epochs {
            try epoch(number)
            let steps = steps(ofEpoch: number, &seen)
            for (place, step) in steps.enumerated() {
                let own = rows[step.row]
                let next = place + 1 < steps.count ? rows[steps[place + 1].row] : []
                weights.inputs.withUnsafeMutableBufferPointer { inputs in
                    weights.outputs.withUnsafeMutableBufferPointer { outputs in
                        let inputs = TableRows(inputs, lanes: lanes)
                        let scale = 1 / Float(own.count)
                        // hidden = mean of the rows' vectors; logits = outputs · hidden.
                        inputs.sum(own, next: next, into: &hidden)
                        for l in 0..<lanes {
                            hidden[l] *= scale
                            gradient[l] = .zero
                        }
                        for k in 0..<K {
                            var sum = NgramWeights.Lanes.zero
                            for l in 0..<lanes { sum += outputs[k * lanes + l] * hidden[l] }
                            errors[k] = sum.sum()
                        }
                        respond(&errors, labels[step.row])
                        // dhidden = Σ error · output; each row of the mean gets its share.
                        for k in 0..<K {
                            let error = step.rate * errors[k]
                            for l in 0..<lanes {
                                gradient[l] += error * outputs[k * lanes + l]
                                outputs[k * lanes + l] += error * hidden[l]
                            }
                        }
                        for l in 0..<lanes { gradient[l] *= scale }
                        inputs.add(gradient, to: own)
                    }
                }
            }
        }
    }

    /// Turns logits into what each label lacks: its target less its probability.
    private func respond(_ values: inout [Float], _ labels: [Int]) {
        switch loss {
        case .softmax:
            let top = values.max() ?? 0
            var sum: Float = 0
            for k in values.indices {
                values[k] = exp(values[k] - top)
                sum += values[k]
            }
            for k in values.indices { values[k] = -values[k] / sum }
        case .oneVsAll:
            for k in values.indices { values[k] = -1 / (1 + exp(-values[k])) }
        }
        for label in labels { values[label] += 1 }
    }
}
