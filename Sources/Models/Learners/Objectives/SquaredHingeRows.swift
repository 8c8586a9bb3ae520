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
    /// The rows of each block within the margin where the problem was evaluated last.
    private var margins: [[Int]] = []
    /// So many rows are read again while they are in a core's cache.
    private static let tileSize = 256

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
        return problem.objective.gradient(
            at: vector[...], gradientSum: SquaredHingeRows.total(parts).products)
    }

    /// The diagonal of the Hessian, where the problem was evaluated last.
    /// - Returns: Positive, unless strength or squares are beyond what a Double holds. Shape: [D + 1].
    package func curvatures() -> [Double] {
        let parts = parallelMap(blocks.count, blockSize: 1) { block in
            Sums(products: X.squareSums(margins[block]) { 2 * weight(ofRow: $0) })
        }
        return problem.objective.curvatures(ofLosses: SquaredHingeRows.total(parts).products)
    }

    private static func total(_ parts: [Sums]) -> Sums {
        parts.dropFirst().reduce(into: parts[0]) { all, part in
            all.loss += part.loss
            add(1, part.products, to: &all.products)
        }
    }

    @inline(__always)
    private func weight(ofRow row: Int) -> Double {
        isPositive[row] ? problem.weights.positive : problem.weights.negative
    }

    private func respond(at point: [Double], _ rows: Range<Int>) -> (margin: [Int], Sums) {
        var loss = 0.0
        var products = [Double](repeating: 0, count: X.columnCount + 1)
        var violations = [Double](repeating: 0, count: SquaredHingeRows.tileSize)
        let margin = [Int](unsafeUninitializedCapacity: rows.count) { margin, count in
            products.withUnsafeMutableBufferPointer { products in
                violations.withUnsafeMutableBufferPointer { violations in
                    withRows(point) { X in
                        for start in stride(
                            from: rows.lowerBound, to: rows.upperBound, by: SquaredHingeRows.tileSize)
                        {
                            let size = min(SquaredHingeRows.tileSize, rows.upperBound - start)
                            let first = count
                            // Whether a row lies within the margin cannot be foreseen, so no jump depends on it.
                            X.forScores(size, row: { start + $0 }) { _, row, score in
                                let violation = isPositive[row] ? 1 - score : 1 + score
                                margin[count] = row
                                violations[count - first] = violation
                                // What is no number is not beyond the margin.
                                count += violation <= 0 ? 0 : 1
                            }
                            for place in first..<count {
                                let (row, violation) = (margin[place], violations[place - first])
                                let weight = weight(ofRow: row)
                                loss += weight * violation * violation
                                X.add((isPositive[row] ? -2 : 2) * weight * violation, row: row, to: products)
                            }
                        }
                    }
                }
            }
        }
        return (margin, Sums(loss: loss, products: products))
    }

    private func multiply(_ margin: [Int], by vector: [Double]) -> Sums {
        var products = [Double](repeating: 0, count: X.columnCount + 1)
        products.withUnsafeMutableBufferPointer { products in
            withRows(vector) { X in
                margin.withUnsafeBufferPointer { margin in
                    X.forScores(margin.count, row: { margin[$0] }) { _, row, score in
                        X.add(2 * weight(ofRow: row) * score, row: row, to: products)
                    }
                }
            }
        }
        return Sums(products: products)
    }

    /// X and a vector as they stand in memory.
    private func withRows(_ vector: [Double], _ body: (RowProducts) -> Void) {
        precondition(vector.count == X.columnCount + 1)
        X.rowOffsets.withUnsafeBufferPointer { offsets in
            X.columns.withUnsafeBufferPointer { columns in
                X.values.withUnsafeBufferPointer { values in
                    vector.withUnsafeBufferPointer {
                        body(RowProducts(offsets: offsets, columns: columns, values: values, vector: $0))
                    }
                }
            }
        }
    }
}

/// Products of rows with a vector, and sums of rows.
private struct RowProducts {
    let offsets: UnsafeBufferPointer<Int>
    let columns: UnsafeBufferPointer<Int32>
    let values: UnsafeBufferPointer<Double>
    /// Shape: [D + 1].
    let vector: UnsafeBufferPointer<Double>

    /// Calls `body` with the score of each of some rows, in order.
    ///
    /// The additions of a score wait for each other, so four rows are summed side by side; fastest where they are of one length.
    @inline(__always)
    func forScores(
        _ count: Int, row: (_ place: Int) -> Int, _ body: (_ place: Int, _ row: Int, _ score: Double) -> Void
    ) {
        let bias = vector[vector.count - 1]
        let whole = count & ~3
        for place in stride(from: 0, to: whole, by: 4) {
            let (a, b, c, d) = (row(place), row(place + 1), row(place + 2), row(place + 3))
            let (aStart, bStart, cStart, dStart) = (offsets[a], offsets[b], offsets[c], offsets[d])
            let shared = min(
                offsets[a + 1] - aStart, offsets[b + 1] - bStart, offsets[c + 1] - cStart,
                offsets[d + 1] - dStart)
            var (aScore, bScore, cScore, dScore) = (bias, bias, bias, bias)
            for i in 0..<shared {
                aScore += term(aStart &+ i)
                bScore += term(bStart &+ i)
                cScore += term(cStart &+ i)
                dScore += term(dStart &+ i)
            }
            body(place, a, rest(of: aScore, aStart + shared..<offsets[a + 1]))
            body(place + 1, b, rest(of: bScore, bStart + shared..<offsets[b + 1]))
            body(place + 2, c, rest(of: cScore, cStart + shared..<offsets[c + 1]))
            body(place + 3, d, rest(of: dScore, dStart + shared..<offsets[d + 1]))
        }
        for place in whole..<count {
            let row = row(place)
            body(place, row, rest(of: bias, offsets[row]..<offsets[row + 1]))
        }
    }

    @inline(__always)
    private func term(_ i: Int) -> Double { values[i] * vector[Int(columns[i])] }

    @inline(__always)
    private func rest(of score: Double, _ range: Range<Int>) -> Double {
        range.reduce(score) { $0 + term($1) }
    }

    /// sums += factor times a row and the 1 behind it.
    @inline(__always)
    func add(_ factor: Double, row: Int, to sums: UnsafeMutableBufferPointer<Double>) {
        for i in offsets[row]..<offsets[row + 1] { sums[Int(columns[i])] += factor * values[i] }
        sums[vector.count - 1] += factor
    }
}
