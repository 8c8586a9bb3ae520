/// Who made each row of a corpus whose rows are ratings: a row's labels are what its rater said of its text.
public struct RowRaters: Equatable, Sendable {
    /// How many raters must give a label, or none, for it to be decided.
    public let minVotes: Int
    /// Shape: [N].
    public let raters: [String]
    /// Which text each row is a rating of: its group. Shape: [N].
    public let texts: [String]

    /// - Precondition: As many raters as texts.
    public init(minVotes: Int, raters: [String], texts: [String]) {
        precondition(raters.count == texts.count)
        self.minVotes = minVotes
        self.raters = raters
        self.texts = texts
    }

    /// Those of the rows with the given indices, in the given order.
    func selecting(_ rows: [Int]) -> RowRaters {
        RowRaters(minVotes: minVotes, raters: rows.map { raters[$0] }, texts: rows.map { texts[$0] })
    }
}
