/// By what a report tells the scores of parts of the test rows: `slices:` of an experiment file.
public struct SliceOptions: Codable, Equatable, Sendable {
    /// The most words of each slice of texts by their length but the last, ascending; none: not by length.
    public var lengths: [Int]
    /// Columns of the dataset by whose values rows are told apart.
    public var columns: [String]

    public init(lengths: [Int] = [], columns: [String] = []) {
        self.lengths = lengths
        self.columns = columns
    }

    /// The name that the slices by length have among those by column.
    public static let lengthName = "length"

    /// Of a column, the values that most rows have are slices; all others together are one more.
    package static let mostValues = 12
}
