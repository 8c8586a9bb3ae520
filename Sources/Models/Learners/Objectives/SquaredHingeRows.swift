import DeterministicWork
import LinearAlgebra

/// The problem of one label by the squared hinge loss, and products with its Hessian, for which the rows within the margin alone
/// are read.
///
/// The loss curves within the margin only: there by 2 weight of the row along the row's score, elsewhere by nothing (Keerthi and
/// DeCoste, "A modified finite Newton method for fast solution of large scale linear SVMs", JMLR 6, 2005). Rows are summed in
/// blocks that the shape of X alone decides.
package struct SquaredHingeRows: Sendable {
    private let X: SparseMatrix
    private let problem: BinaryProblem
    /// Whether each row carries the label. Shape: [N].
    private let isPositive: [Bool]
    private let blocks: [Range<Int>]
    /// The rows within the margin where the problem was evaluated last. Shape: [blocks].
    private var margins: [Margin] = []

    /// Those of one block of rows.
    private struct Margin: Sendable {
        var rows: [Int32] = []
        /// How much each of their losses curves along the score.
        var curvatures: [Double] = []
    }

    /// What one block of rows adds up to.
    private struct Sums: Sendable {
        var loss = 0.0
        /// Shape: [D + 1].
        var products: [Double]
    }

    /// - Parameter X: Fastest where rows of one length stand together. Shape: [N, D].
    package init(_ X: SparseMatrix, _ problem: BinaryProblem) {
        self.X = X
        self.problem = problem
        var isPositive = [Bool](repeating: false, count: X.rowCount)
        for row in problem.positives { isPositive[row] = true }
        self.isPositive = isPositive
        let size = X.rowsPerSummationBlock
        blocks = stride(from: 0, to: X.rowCount, by: size).map { $0..<min(X.rowCount, $0 + size) }
    }

    /// - Parameter point: Shape: [D + 1].
    package mutating func evaluate(at point: [Double]) -> (value: Double, gradient: [Double]) {
        let parts = parallelMap(blocks.count, blockSize: 1) { [self] in respond(at: point, blocks[$0]) }
        margins = parts.map(\.0)
        let sums = SquaredHingeRows.total(parts.map(\.1))
        return problem.objective.valueAndGradient(
            at: point[...], lossSum: sums.loss, gradientSum: sums.products)
    }

    /// The product of the Hessian, where the problem was evaluated last, with a vector.
    /// - Parameter vector: Shape: [D + 1].
    package func multiply(by vector: [Double]) -> [Double] {
        let parts = parallelMap(blocks.count, blockSize: 1) { multiply(margins[$0], by: vector) }
        // The penalty is a square, whose gradient is its Hessian's product.
        return problem.objective.valueAndGradient(
            at: vector[...], lossSum: 0, gradientSum: SquaredHingeRows.total(parts).products
        ).gradient
    }

    private static func total(_ parts: [Sums]) -> Sums {
        parts.dropFirst().reduce(into: parts[0]) { all, part in
            all.loss += part.loss
            add(1, part.products, to: &all.products)
        }
    }

    private func respond(at point: [Double], _ rows: Range<Int>) -> (Margin, Sums) {
        let (D, weights) = (X.columnCount, problem.weights)
        var margin = Margin()
        var loss = 0.0
        let products = [Double](unsafeUninitializedCapacity: D + 1) { sums, count in
            sums.initialize(repeating: 0)
            count = D + 1
            withRows(point) { offsets, columns, values, point in
                for row in rows {
                    let range = offsets[row]..<offsets[row + 1]
                    var score = point[D]
                    for i in range { score += values[i] * point[Int(columns[i])] }
                    let violation = isPositive[row] ? 1 - score : 1 + score
                    // What is no number is not beyond the margin.
                    if violation <= 0 { continue }
                    let weight = isPositive[row] ? weights.positive : weights.negative
                    margin.rows.append(Int32(row))
                    margin.curvatures.append(2 * weight)
                    loss += weight * violation * violation
                    let residual = (isPositive[row] ? -2 : 2) * weight * violation
                    for i in range { sums[Int(columns[i])] += residual * values[i] }
                    sums[D] += residual
                }
            }
        }
        return (margin, Sums(loss: loss, products: products))
    }

    private func multiply(_ margin: Margin, by vector: [Double]) -> Sums {
        let D = X.columnCount
        let products = [Double](unsafeUninitializedCapacity: D + 1) { sums, count in
            sums.initialize(repeating: 0)
            count = D + 1
            withRows(vector) { offsets, columns, values, vector in
                for (row, curvature) in zip(margin.rows, margin.curvatures) {
                    let range = offsets[Int(row)]..<offsets[Int(row) + 1]
                    var score = vector[D]
                    for i in range { score += values[i] * vector[Int(columns[i])] }
                    score *= curvature
                    for i in range { sums[Int(columns[i])] += score * values[i] }
                    sums[D] += score
                }
            }
        }
        return Sums(products: products)
    }

    /// X and a vector as they stand in memory.
    private func withRows(
        _ vector: [Double],
        _ body: (
            _ offsets: UnsafeBufferPointer<Int>, _ columns: UnsafeBufferPointer<Int32>,
            _ values: UnsafeBufferPointer<Double>, _ vector: UnsafeBufferPointer<Double>
        ) -> Void
    ) {
        precondition(vector.count == X.columnCount + 1)
        X.rowOffsets.withUnsafeBufferPointer { offsets in
            X.columns.withUnsafeBufferPointer { columns in
                X.values.withUnsafeBufferPointer { values in
                    vector.withUnsafeBufferPointer { body(offsets, columns, values, $0) }
                }
            }
        }
    }
}
