import DeterministicWork
import LinearAlgebra

/// The binary problems of labels by the squared hinge loss, each by itself: of products with a Hessian the rows within the margin
/// alone are read, and a vector of many columns fits into a core's cache where eight of them would not.
package struct SquaredHingeRows: MultipliedProblems {
    private let problems: [BinaryProblem]
    /// The rows from those with the fewest values to those with the most, so that loops over them are foreseen.
    private let X: SparseMatrix
    /// Whether each row of `X` carries each problem's label. Shape: [problems][N].
    private let isPositive: [[Bool]]
    /// The rows within the margin where each problem was evaluated last.
    private let margins: [Guarded<[Margin]>]

    /// Those of one block of rows.
    private struct Margin: Sendable {
        /// Of `X`.
        var rows: [Int32] = []
        /// How much each of their losses curves along the score: 2 weight.
        var curvatures: [Double] = []
    }

    /// What one block of rows adds up to.
    private struct Sums: Sendable {
        var loss = 0.0
        /// Shape: [D + 1].
        var products: [Double]
    }

    package init(_ X: SparseMatrix, problems: [BinaryProblem]) {
        self.problems = problems
        let order = (0..<X.rowCount).sorted {
            (X.valueCount(ofRow: $0), $0) < (X.valueCount(ofRow: $1), $1)
        }
        self.X = X.selecting(order)
        isPositive = problems.map { problem in
            var isPositive = [Bool](repeating: false, count: X.rowCount)
            for row in problem.positives { isPositive[row] = true }
            return order.map { isPositive[$0] }
        }
        let blockCount = SquaredHingeRows.blocks(of: X).count
        margins = problems.map { _ in Guarded([Margin](repeating: Margin(), count: blockCount)) }
    }

    package var problemCount: Int { problems.count }
    /// D + 1.
    package var parameterCount: Int { X.columnCount + 1 }

    /// The rows that are summed together, as the shape of X alone decides.
    private static func blocks(of X: SparseMatrix) -> [Range<Int>] {
        let size = X.rowsPerSummationBlock
        return stride(from: 0, to: max(1, X.rowCount), by: size).map { $0..<min(X.rowCount, $0 + size) }
    }

    package func evaluate(
        _ active: [Int], at points: [[Double]],
        receive: @Sendable (_ place: Int, _ value: Double, _ gradient: [Double]) -> Void
    ) {
        run(active) { place, block, rows in
            let (margin, sums) = respond(to: active[place], at: points[place], rows)
            margins[active[place]].update { $0[block] = margin }
            return sums
        } receive: { place, sums in
            let (value, gradient) = problems[active[place]].objective.valueAndGradient(
                at: points[place][...], lossSum: sums.loss, gradientSum: sums.products)
            receive(place, value, gradient)
        }
    }

    package func multiply(
        _ active: [Int], by vectors: [[Double]],
        receive: @Sendable (_ place: Int, _ product: [Double]) -> Void
    ) {
        let margins = active.map { self.margins[$0].state }
        run(active) { place, block, _ in
            multiply(margins[place][block], by: vectors[place])
        } receive: { place, sums in
            // The penalty is a square, whose gradient is its Hessian's product.
            let objective = problems[active[place]].objective
            receive(
                place,
                objective.valueAndGradient(
                    at: vectors[place][...], lossSum: 0, gradientSum: sums.products
                ).gradient)
        }
    }

    /// What the blocks of each problem add up to, in their order.
    private func run(
        _ active: [Int], _ sums: @Sendable (_ place: Int, _ block: Int, _ rows: Range<Int>) -> Sums,
        receive: @Sendable (_ place: Int, Sums) -> Void
    ) {
        let blocks = SquaredHingeRows.blocks(of: X)
        if blocks.count == 1 {
            return parallelBlocks(of: active.count, blockSize: 1) { places in
                for place in places { receive(place, sums(place, 0, blocks[0])) }
            }
        }
        let parts = parallelMap(active.count * blocks.count, blockSize: 1) { task in
            sums(task / blocks.count, task % blocks.count, blocks[task % blocks.count])
        }
        parallelBlocks(of: active.count, blockSize: 1) { places in
            for place in places {
                var all = parts[place * blocks.count]
                for part in parts[place * blocks.count + 1..<(place + 1) * blocks.count] {
                    all.loss += part.loss
                    add(1, part.products, to: &all.products)
                }
                receive(place, all)
            }
        }
    }

    private func respond(
        to problem: Int, at point: [Double], _ rows: Range<Int>
    ) -> (Margin, Sums) {
        let (D, weights) = (X.columnCount, problems[problem].weights)
        var margin = Margin()
        var loss = 0.0
        let products = [Double](unsafeUninitializedCapacity: D + 1) { sums, count in
            sums.initialize(repeating: 0)
            count = D + 1
            withRows(point) { offsets, columns, values, point in
                for row in rows {
                    var score = point[D]
                    for i in offsets[row]..<offsets[row + 1] { score += values[i] * point[Int(columns[i])] }
                    let isPositive = isPositive[problem][row]
                    let violation = isPositive ? 1 - score : 1 + score
                    // What is no number is not beyond the margin.
                    if violation <= 0 { continue }
                    let weight = isPositive ? weights.positive : weights.negative
                    margin.rows.append(Int32(row))
                    margin.curvatures.append(2 * weight)
                    loss += weight * violation * violation
                    let residual = (isPositive ? -2 : 2) * weight * violation
                    for i in offsets[row]..<offsets[row + 1] {
                        sums[Int(columns[i])] += residual * values[i]
                    }
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
