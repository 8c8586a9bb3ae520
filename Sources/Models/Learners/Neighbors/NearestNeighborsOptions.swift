/// How the nearest neighbours vote: names, defaults and meaning of scikit-learn's `KNeighborsClassifier`.
public struct NearestNeighborsOptions: Codable, Equatable, Sendable {
    /// How far two rows are apart.
    public enum Metric: String, Codable, Sendable, CaseIterable {
        /// √Σ (x - y)².
        case euclidean
        /// 1 - x · y / (‖x‖ ‖y‖); of a row of zeros, 1 to every row.
        case cosine
        /// Σ |x - y|.
        case manhattan
    }

    /// What a neighbour's vote counts.
    public enum Weights: String, Codable, Sendable, CaseIterable {
        case uniform
        /// 1 / distance; where some are at distance 0, these alone count.
        case distance
    }

    /// How many rows of train vote.
    public var neighbors = 5
    public var weights = Weights.uniform
    public var metric = Metric.euclidean

    public init() {}

    /// Throws where there are fewer rows to learn from than are to vote.
    func check(rowCount: Int) throws(LinearModelError) {
        if rowCount < neighbors { throw .tooFewNeighbors(wanted: neighbors, rows: rowCount) }
    }
}
