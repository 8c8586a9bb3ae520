import LinearAlgebra

/// The Hessian H of a softmax loss in a sparse X, applied to a step that grows one coefficient at a time.
///
/// With u = X d the change of the logits, (H d)_kj = Σ x_j w p_k (u_k - Σ_l p_l u_l) over rows. Coefficient D of a
/// model is its intercept, whose x is 1. A step of one coefficient costs as much as its column has values.
package final class SoftmaxCurvature {
    /// Xᵀ. Shape: [D, N].
    private let columns: SparseMatrix
    private let K: Int
    /// p. Shape: [N, K].
    private let probabilities: [Double]
    /// w. Shape: [N].
    private let weights: [Double]
    /// u. Shape: [N, K].
    package private(set) var logits: [Double]
    /// Σ_l p_l u_l of each row. Shape: [N].
    private var means: [Double]

    package init(columns: SparseMatrix, modelCount: Int, probabilities: [Double], weights: [Double]) {
        let N = columns.columnCount
        precondition(probabilities.count == N * modelCount && weights.count == N)
        self.columns = columns
        K = modelCount
        self.probabilities = probabilities
        self.weights = weights
        logits = Array(repeating: 0, count: N * modelCount)
        means = Array(repeating: 0, count: N)
    }

    /// The diagonal of H at coefficient `j` of model `k`.
    package func diagonal(_ k: Int, _ j: Int) -> Double {
        var sum = 0.0
        probabilities.withUnsafeBufferPointer { P in
            weights.withUnsafeBufferPointer { w in
                forEachRow(j) { row, x in
                    let p = P[row * K + k]
                    sum += x * x * w[row] * p * (1 - p)
                }
            }
        }
        return sum
    }

    /// (H d) at coefficient `j` of model `k`.
    package func product(_ k: Int, _ j: Int) -> Double {
        var sum = 0.0
        probabilities.withUnsafeBufferPointer { P in
            weights.withUnsafeBufferPointer { w in
                logits.withUnsafeBufferPointer { u in
                    means.withUnsafeBufferPointer { means in
                        forEachRow(j) { row, x in
                            sum += x * w[row] * P[row * K + k] * (u[row * K + k] - means[row])
                        }
                    }
                }
            }
        }
        return sum
    }

    /// Adds `change` to coefficient `j` of model `k` of the step d.
    package func add(_ change: Double, _ k: Int, _ j: Int) {
        probabilities.withUnsafeBufferPointer { P in
            logits.withUnsafeMutableBufferPointer { u in
                means.withUnsafeMutableBufferPointer { means in
                    forEachRow(j) { row, x in
                        u[row * K + k] += change * x
                        means[row] += change * x * P[row * K + k]
                    }
                }
            }
        }
    }

    @inline(__always)
    private func forEachRow(_ j: Int, _ body: (_ row: Int, _ x: Double) -> Void) {
        if j == columns.rowCount {
            for row in 0..<columns.columnCount { body(row, 1) }
            return
        }
        let range = columns.rowOffsets[j]..<columns.rowOffsets[j + 1]
        columns.columns.withUnsafeBufferPointer { rows in
            columns.values.withUnsafeBufferPointer { values in
                for i in range { body(Int(rows[i]), values[i]) }
            }
        }
    }
}
