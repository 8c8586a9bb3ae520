import DeterministicWork
import Foundation
import Labels

/// Vectors of rows and of labels, each padded to whole SIMD vectors.
struct NgramWeights: Sendable {
    typealias Lanes = SIMD8<Float>

    let dim: Int
    /// Of words and n-grams. Shape: [rows, lanes].
    var inputs: [Lanes]
    /// Of labels. Shape: [K, lanes].
    var outputs: [Lanes]

    /// SIMD vectors of a row.
    var lanes: Int { (dim + 7) / 8 }

    /// Inputs are drawn from ±1 / dim, outputs are 0, as in fastText.
    init(dim: Int, rowCount: Int, labelCount: Int, seed: UInt64) {
        self.dim = dim
        let lanes = (dim + 7) / 8
        var inputs = [Lanes](repeating: .zero, count: rowCount * lanes)
        var random = RandomStream(seed: seed, for: .denseHeadWeights)
        for row in 0..<rowCount {
            for d in 0..<dim {
                inputs[row * lanes + d / 8][d % 8] = Float((2 * random.nextUniform() - 1) / Double(dim))
            }
        }
        self.inputs = inputs
        outputs = Array(repeating: .zero, count: labelCount * lanes)
    }

    /// From numbers of a file. Shapes: [rows, dim], [K, dim].
    init(dim: Int, inputs: [Float], outputs: [Float]) {
        self.dim = dim
        func padded(_ values: [Float]) -> [Lanes] {
            let lanes = (dim + 7) / 8
            let rows = values.count / dim
            var out = [Lanes](repeating: .zero, count: rows * lanes)
            for row in 0..<rows {
                for d in 0..<dim { out[row * lanes + d / 8][d % 8] = values[row * dim + d] }
            }
            return out
        }
        self.inputs = padded(inputs)
        self.outputs = padded(outputs)
    }

    /// Without padding. Shape: [rows, dim].
    func plain(_ path: KeyPath<NgramWeights, [Lanes]>) -> [Float] {
        let values = self[keyPath: path]
        return stride(from: 0, to: values.count, by: lanes).flatMap { start in
            (0..<dim).map { values[start + $0 / 8][$0 % 8] }
        }
    }

    /// The logit of each label for some rows: the product with the mean of their vectors. Shape: [K].
    func logits(of rows: [Int32]) -> [Double] {
        var mean = [Lanes](repeating: .zero, count: lanes)
        for row in rows { for l in 0..<lanes { mean[l] += inputs[Int(row) * lanes + l] } }
        let scale = rows.isEmpty ? 0 : 1 / Float(rows.count)
        for l in 0..<lanes { mean[l] *= scale }
        return stride(from: 0, to: outputs.count, by: lanes).map { start in
            var sum = Lanes.zero
            for l in 0..<lanes { sum += outputs[start + l] * mean[l] }
            return Double(sum.sum())
        }
    }
}

/// Stochastic gradient descent, a row of train after another, as fastText does it on one thread; the order is drawn anew for
/// each epoch. What is learnt therefore does not depend on the number of threads.
struct NgramTrainer {
    let options: HashedNgramOptions
    let loss: HashedNgramOptions.Loss
    /// The vectors' rows of each row of train.
    let rows: [[Int32]]
    /// Its labels.
    let labels: [[Int]]
    let seed: UInt64

    /// - Parameter epoch: Told of each epoch before it begins; may throw to stop.
    func train(_ weights: inout NgramWeights, _ epoch: (Int) throws -> Void) throws {
        let lanes = weights.lanes
        let K = weights.outputs.count / max(1, lanes)
        let tokensPerEpoch = rows.reduce(0) { $0 + $1.count }
        let total = Double(max(1, tokensPerEpoch * options.epochs))
        var seen = 0
        var hidden = [NgramWeights.Lanes](repeating: .zero, count: lanes)
        var gradient = hidden
        var errors = [Float](repeating: 0, count: K)
        for number in 0..<options.epochs {
            try epoch(number)
            var random = RandomStream(seed: seed, for: .denseHeadOrder(epoch: number))
            for row in random.shuffled(rows.indices) {
                let own = rows[row]
                let rate = Float(options.learningRate * max(0, 1 - Double(seen) / total))
                seen += own.count
                if own.isEmpty { continue }
                weights.inputs.withUnsafeMutableBufferPointer { inputs in
                    weights.outputs.withUnsafeMutableBufferPointer { outputs in
                        let scale = 1 / Float(own.count)
                        // hidden = mean of the rows' vectors; logits = outputs · hidden.
                        for l in 0..<lanes { hidden[l] = .zero }
                        for input in own {
                            let start = Int(input) * lanes
                            for l in 0..<lanes { hidden[l] += inputs[start + l] }
                        }
                        for l in 0..<lanes {
                            hidden[l] *= scale
                            gradient[l] = .zero
                        }
                        for k in 0..<K {
                            var sum = NgramWeights.Lanes.zero
                            for l in 0..<lanes { sum += outputs[k * lanes + l] * hidden[l] }
                            errors[k] = sum.sum()
                        }
                        respond(&errors, labels[row])
                        // dhidden = Σ error · output; each row of the mean gets its share.
                        for k in 0..<K {
                            let step = rate * errors[k]
                            for l in 0..<lanes {
                                gradient[l] += step * outputs[k * lanes + l]
                                outputs[k * lanes + l] += step * hidden[l]
                            }
                        }
                        for l in 0..<lanes { gradient[l] *= scale }
                        for input in own {
                            let start = Int(input) * lanes
                            for l in 0..<lanes { inputs[start + l] += gradient[l] }
                        }
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
