import Labels

extension Probabilities {
    /// The weighted mean of several classifiers' probabilities of the same rows.
    ///
    /// - Parameters:
    ///   - members: At least one, all of one shape. Shape: [members][N, K].
    ///   - weights: None below 0, not all 0. Shape: [members].
    public init(softVoteOf members: [Probabilities], weights: [Double]) {
        precondition(members.count == weights.count && weights.allSatisfy { $0 >= 0 && $0.isFinite })
        let total = weights.reduce(0, +)
        guard let first = members.first, total > 0 else {
            preconditionFailure("a vote needs members, and a weight above 0")
        }
        precondition(
            members.allSatisfy { $0.labelCount == first.labelCount && $0.rowCount == first.rowCount })
        var sums = Array(repeating: 0.0, count: first.values.count)
        for (member, weight) in zip(members, weights) where weight > 0 {
            for index in sums.indices { sums[index] += weight * member.values[index] }
        }
        self.init(labelCount: first.labelCount, values: sums.map { min(1, $0 / total) })
    }
}
