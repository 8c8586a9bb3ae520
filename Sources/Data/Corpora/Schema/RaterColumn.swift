/// Where the rows of a dataset are ratings: the column that says who made each.
///
/// The rows of one group are one text's ratings, and each row's labels are those of its rater.
public struct RaterColumn: Equatable, Sendable {
    /// A name, or a 0-based number.
    public var column: String
    /// How many raters must give a label, or none, for it to be decided; one at least.
    public var minVotes: Int

    public static let defaultMinVotes = 2

    public init(_ column: String, minVotes: Int = RaterColumn.defaultMinVotes) {
        precondition(minVotes >= 1)
        self.column = column
        self.minVotes = minVotes
    }
}
