/// A label against its absence, over N rows. Parameters: [D + 1], the intercept last.
package struct BinaryProblem: Sendable {
    /// The rows that carry the label, ascending.
    let positives: [Int]
    /// N.
    let rowCount: Int
    let weights: BinaryWeights
    let C: Double
    let objective: LinearObjective
    /// How many positive rows come before each row whose number is a multiple of `stride`.
    private let counts: [Int]
    private static let stride = 64

    /// - Parameter interceptScaling: Nil leaves the intercept free.
    /// - Precondition: Some rows are positive, and some are not.
    package init(
        positives: [Int], rowCount: Int, weights: BinaryWeights, C: Double, fitIntercept: Bool,
        interceptScaling: Double? = nil
    ) {
        self.init(
            positives: positives, rowCount: rowCount, weights: weights, C: C,
            objective: LinearObjective(
                C: C, weightSum: weights.sum(positiveCount: positives.count, rowCount: rowCount),
                fitIntercept: fitIntercept, interceptScaling: interceptScaling))
    }

    private init(
        positives: [Int], rowCount: Int, weights: BinaryWeights, C: Double, objective: LinearObjective
    ) {
        precondition(0 < positives.count && positives.count < rowCount)
        self.positives = positives
        self.rowCount = rowCount
        self.weights = weights
        self.C = C
        self.objective = objective
        var counts: [Int] = []
        for (index, row) in positives.enumerated() {
            while counts.count * BinaryProblem.stride <= row { counts.append(index) }
        }
        self.counts = counts
    }

    /// The same with its rows in another order.
    /// - Parameter order: The row that stands at each place. Shape: [N].
    package func ordered(_ order: [Int]) -> BinaryProblem {
        var places = Array(repeating: 0, count: rowCount)
        for (place, row) in order.enumerated() { places[row] = place }
        return BinaryProblem(
            positives: positives.map { places[$0] }.sorted(), rowCount: rowCount, weights: weights, C: C,
            objective: objective)
    }

    /// The weighted share of positive rows.
    var share: Double { weights.positive * Double(positives.count) / objective.weightSum }

    /// What each row counts. Shape: [N].
    var rowWeights: [Double] {
        var all = Array(repeating: weights.negative, count: rowCount)
        for row in positives { all[row] = weights.positive }
        return all
    }

    /// Those of the positive rows that lie in `rows`.
    func positives(in rows: Range<Int>) -> ArraySlice<Int> {
        let start = firstIndex(from: rows.lowerBound)
        return positives[start...].prefix { $0 < rows.upperBound }
    }

    /// The index of the first positive row that is not before `row`.
    private func firstIndex(from row: Int) -> Int {
        guard row / BinaryProblem.stride < counts.count else { return positives.count }
        var index = counts[row / BinaryProblem.stride]
        while index < positives.count && positives[index] < row { index += 1 }
        return index
    }
}
