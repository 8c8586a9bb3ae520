import DeterministicWork

/// Vectors of rows and of labels, each padded to whole SIMD vectors.
package struct NgramWeights: Sendable {
    package typealias Lanes = SIMD8<Float>

    package let dim: Int
    /// Of words and n-grams. Shape: [rows, lanes].
    package var inputs: [Lanes]
    /// Of labels. Shape: [K, lanes].
    package var outputs: [Lanes]

    /// SIMD vectors of a row.
    var lanes: Int { (dim + 7) / 8 }

    /// Inputs are drawn from ±1 / dim, outputs are 0, as in fastText.
    package init(dim: Int, rowCount: Int, labelCount: Int, seed: UInt64) {
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
    package init(dim: Int, inputs: [Float], outputs: [Float]) {
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
    package func plain(_ path: KeyPath<NgramWeights, [Lanes]>) -> [Float] {
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
