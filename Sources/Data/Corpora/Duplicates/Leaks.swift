/// A row of test or validation whose text a train row has, or nearly has.
public struct Leak: Equatable, Sendable {
    public enum Kind: String, CaseIterable, Codable, Sendable {
        /// Equal in lower case with white space collapsed.
        case equal
        /// Sharing at least 0.8 of their runs of five characters.
        case near
    }

    /// Of the corpus.
    public let row: Int
    public let part: Part
    public let kind: Kind
    /// The first train row that has the text.
    public let trainRow: Int

    public init(row: Int, part: Part, kind: Kind, trainRow: Int) {
        self.row = row
        self.part = part
        self.kind = kind
        self.trainRow = trainRow
    }
}
