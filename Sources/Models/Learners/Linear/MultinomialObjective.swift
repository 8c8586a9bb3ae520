import DeterministicWork
import LinearAlgebra

/// One softmax over K classes. Parameters: [K, D + 1], row-major.
package struct MultinomialObjective: LinearProblems {
    let X: SparseMatrix
    /// The class of each row.
    let labels: [Int]
    /// What a row of each class counts. Shape: [K].
    let weights: [Double]
    let objective: LinearObjective
    /// Rows that are summed together.
    private let blockSize = 1024

    /// - Parameter weights: What a row of each class counts, by default what `options` say. Shape: [K].
    package init(
        _ X: SparseMatrix, labels: [Int], classCount: Int, weights: [Double]? = nil,
        options: LogisticOptions
    ) {
        self.X = X
        self.labels = labels
        let counts = labels.reduce(into: Array(repeating: 0, count: classCount)) { $0[$1] += 1 }
        self.weights = weights ?? options.classWeight.weights(ofCounts: counts)
        let weightSum = zip(self.weights, counts).reduce(0) { $0 + $1.0 * Double($1.1) }
        objective = LinearObjective(C: options.C, weightSum: weightSum, fitIntercept: options.fitIntercept)
    }

    package let problemCount = 1
    /// K (D + 1).
    package var parameterCount: Int { weights.count * (X.columnCount + 1) }

    package func evaluate(
        _ active: [Int], at points: [[Double]],
        receive: @Sendable (_ place: Int, _ value: Double, _ gradient: [Double]) -> Void
    ) {
        for (place, point) in points.enumerated() {
            let (value, gradient) = evaluate(at: point)
            receive(place, value, gradient)
        }
    }

    package func evaluate(at parameters: [Double]) -> (value: Double, gradient: [Double]) {
        let (D, K) = (X.columnCount, weights.count)
        let W = Matrix(rowCount: K, columnCount: D + 1, values: parameters)
        let scores = X.times(W.selectingColumns(0..<D).transposed())
        let intercepts = (0..<K).map { W[$0, D] }
        let blocks = parallelMap((X.rowCount + blockSize - 1) / blockSize, blockSize: 1) { block in
            let rows = block * blockSize..<min(X.rowCount, (block + 1) * blockSize)
            return BlockLoss(of: rows, scores: scores, intercepts: intercepts, objective: self)
        }
        let residuals = Matrix(
            rowCount: X.rowCount, columnCount: K, values: blocks.flatMap(\.residuals))
        let losses = blocks.reduce(0) { $0 + $1.loss }
        var interceptGradient = [Double](repeating: 0, count: K)
        for block in blocks {
            for k in 0..<K { interceptGradient[k] += block.residualSums[k] }
        }
        let products = X.transposedTimes(residuals).transposed()
        var value = 0.0
        var gradient: [Double] = []
        for k in 0..<K {
            let part = objective.valueAndGradient(
                at: W.row(k), lossSum: k == 0 ? losses : 0,
                gradientSum: products.row(k) + [interceptGradient[k]])
            value += part.value
            gradient += part.gradient
        }
        return (value, gradient)
    }
}

/// Loss and residuals of a block of rows.
private struct BlockLoss: Sendable {
    var loss = 0.0
    /// Shape: [rows, K], row-major.
    var residuals: [Double]
    /// Shape: [K].
    var residualSums: [Double]

    init(of rows: Range<Int>, scores: Matrix<Double>, intercepts: [Double], objective: MultinomialObjective) {
        let K = intercepts.count
        residuals = Array(scores.values[rows.lowerBound * K..<rows.upperBound * K])
        residualSums = Array(repeating: 0, count: K)
        var logits = intercepts
        for (place, row) in rows.enumerated() {
            for k in 0..<K { logits[k] = residuals[place * K + k] + intercepts[k] }
            let label = objective.labels[row]
            let weight = objective.weights[label]
            loss += weight * MultinomialLoss.gradient(logits: &logits, label: label)
            for k in 0..<K {
                residuals[place * K + k] = weight * logits[k]
                residualSums[k] += weight * logits[k]
            }
        }
    }
}

extension Matrix {
    /// The given columns of every row.
    func selectingColumns(_ columns: Range<Int>) -> Matrix {
        Matrix(
            rowCount: rowCount, columnCount: columns.count,
            values: (0..<rowCount).flatMap { row in columns.map { self[row, $0] } })
    }
}
