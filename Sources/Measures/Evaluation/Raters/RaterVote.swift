/// How the labels of a row follow from what its raters said.
///
/// The vote of a single rater is what that rater would have labelled the row.
public struct RaterVote<Rating: Sendable>: Sendable {
    private let labels: @Sendable ([Rating]) -> [Int]?

    /// - Parameter labels: The labels that ratings, one at least, lead to, ascending; nil where they lead to none that could be
    ///   told.
    public init(_ labels: @escaping @Sendable ([Rating]) -> [Int]?) {
        self.labels = labels
    }

    /// Nil without ratings, and where they are undecided.
    public func callAsFunction(_ ratings: [Rating]) -> [Int]? { ratings.isEmpty ? nil : labels(ratings) }
}

extension RaterVote where Rating == Int {
    /// The class that most raters chose; undecided where several classes share the lead.
    public static let plurality = RaterVote { ratings in
        var counts: [Int: Int] = [:]
        for rating in ratings { counts[rating, default: 0] += 1 }
        let most = counts.values.max()
        let leaders = counts.filter { $0.value == most }.map(\.key)
        return leaders.count == 1 ? leaders : nil
    }
}

extension RaterVote where Rating == [Int] {
    /// Every label that at least this share of the raters gave, which may be none.
    ///
    /// - Precondition: 0 < `share` <= 1.
    public static func share(_ share: Double) -> RaterVote {
        precondition(share > 0 && share <= 1)
        return RaterVote { ratings in
            var counts: [Int: Int] = [:]
            for label in ratings.joined() { counts[label, default: 0] += 1 }
            let needed = share * Double(ratings.count) - 1e-9
            return counts.filter { Double($0.value) >= needed }.map(\.key).sorted()
        }
    }
}

extension RaterVote where Rating == [Int] {
    /// Every label that at least so many raters gave.
    ///
    /// Of sets of labels, no label is decided where so many raters gave none; where neither any label nor none has the votes, the
    /// row is undecided. Of classes, the one with the most votes is decided, if these suffice and no other has as many.
    ///
    /// - Precondition: `minVotes` is at least 1.
    public static func votes(atLeast minVotes: Int, isMultilabel: Bool) -> RaterVote {
        precondition(minVotes >= 1)
        return RaterVote { ratings in
            var counts: [Int: Int] = [:]
            for label in ratings.joined() { counts[label, default: 0] += 1 }
            let decided = counts.filter { $0.value >= minVotes }
            if isMultilabel {
                let hasNone = ratings.count { $0.isEmpty } >= minVotes
                return decided.isEmpty && !hasNone ? nil : decided.map(\.key).sorted()
            }
            let most = decided.values.max()
            let leaders = decided.filter { $0.value == most }.map(\.key)
            return leaders.count == 1 ? leaders : nil
        }
    }
}

extension RaterVote where Rating == Double {
    /// The class of the mean rating.
    ///
    /// - Parameter bin: The class of a number, such as by the bins of a dataset's labels.
    public static func mean(_ bin: @escaping @Sendable (Double) -> Int) -> RaterVote {
        RaterVote { ratings in [bin(ratings.reduce(0, +) / Double(ratings.count))] }
    }
}
