import DeterministicWork
import Labels
import LinearAlgebra

/// The rows of train, of which those nearest to a text vote for its labels.
///
/// The numbers are scikit-learn's with `algorithm="brute"`. Which of equally far rows have the k-th place is decided as its heap
/// does; for euclidean distances of sparse rows and for the cosine it leaves that to NumPy's partial sort, which decides
/// otherwise from one processor to another. Of dense rows the distances are summed without its detour over inner products, so
/// that equal rows are at distance 0 exactly.
public struct NearestNeighbors: Sendable {
    public let options: NearestNeighborsOptions
    public let labelSpace: LabelSpace
    /// Shape: [N, D].
    let rows: NeighborRows
    /// Labels of the N rows.
    let targets: Targets
    /// What the user should know.
    var notices: [FitNotice]

    init(
        _ options: NearestNeighborsOptions, labelSpace: LabelSpace, rows: NeighborRows, targets: Targets,
        notices: [FitNotice] = []
    ) {
        self.notices = notices
        self.options = options
        self.labelSpace = labelSpace
        self.rows = rows
        self.targets = targets
    }

    /// - Parameters:
    ///   - X: Shape: [N, D].
    ///   - targets: Labels of the N rows.
    /// - Throws: `.tooFewNeighbors` where there are fewer rows than are to vote.
    public static func fit(
        _ options: NearestNeighborsOptions, to X: FeatureMatrix, _ targets: Targets, labelSpace: LabelSpace
    ) throws(LinearModelError) -> NearestNeighbors {
        try X.check(targets.count)
        try options.check(rowCount: X.rowCount)
        return NearestNeighbors(
            options, labelSpace: labelSpace, rows: NeighborRows(X, options.metric), targets: targets)
    }

    /// D.
    public var featureCount: Int { rows.columnCount }

    /// The share of the votes that each label has. Shape: [rows, K].
    public func probabilities(_ X: FeatureMatrix) -> Probabilities {
        precondition(X.columnCount == featureCount)
        let K = labelSpace.count
        let queries = NeighborRows(X, options.metric)
        let blocks = parallelMap((X.rowCount + Self.block - 1) / Self.block, blockSize: 1) { block in
            let range = block * Self.block..<min(X.rowCount, (block + 1) * Self.block)
            return rows.nearest(options.neighbors, to: queries, range).map { shares(of: $0) }
        }
        var values: [Double] = []
        values.reserveCapacity(X.rowCount * K)
        for share in blocks.joined() { values += share }
        return Probabilities(labelCount: K, values: values)
    }

    /// Queries that are looked for together.
    private static let block = 32

    /// Shape: [K].
    private func shares(of neighbors: [(row: Int, distance: Double)]) -> [Double] {
        var weights: [Double]
        switch options.weights {
        case .uniform: weights = neighbors.map { _ in 1 }
        case .distance:
            weights = neighbors.map { 1 / $0.distance }
            // So near that the weight is infinite, as at distance 0.
            if weights.contains(.infinity) { weights = weights.map { $0 == .infinity ? 1 : 0 } }
        }
        var (votes, sum) = ([Double](repeating: 0, count: labelSpace.count), 0.0)
        for (neighbor, weight) in zip(neighbors, weights) {
            sum += weight
            for label in targets.labels(ofRow: neighbor.row) { votes[label] += weight }
        }
        return votes.map { $0 / sum }
    }
}
