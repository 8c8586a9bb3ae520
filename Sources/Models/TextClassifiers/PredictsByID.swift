import Labels

/// Predictions of given rows, which are known by their ids rather than by their texts, such as predictions made elsewhere.
public protocol PredictsByID: Sendable {
    /// The probabilities of the rows of a part. Shape: [ids, K].
    /// - Returns: Nil where the part is not covered.
    func probabilities(ofIDs ids: [String], in part: ScoredPart) throws -> Probabilities?

    /// What to tell of predictions that are of no row at all. By default nothing.
    /// - Parameter ids: Of all rows.
    func notices(ofIDs ids: [String]) -> [String]
}

extension PredictsByID {
    public func notices(ofIDs ids: [String]) -> [String] { [] }
}

/// A part of a split that is predicted: all but train.
public enum ScoredPart: String, Sendable, CaseIterable { case validation, test }
