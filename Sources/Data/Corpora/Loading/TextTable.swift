/// The texts of a dataset with their ids, without labels.
struct TextTable {
    /// Unique. Shape: [N].
    var ids: [String] = []
    /// None empty. Shape: [N].
    var texts: [String] = []
    /// Shape: [N].
    var officialParts: [Part]?
    /// As `Corpus.fingerprint`.
    var fingerprint = ""
    /// How many rows were left out because their text or label is missing.
    var missingValues = MissingValues()
    var droppedRowCount: Int { missingValues.rows }
    /// As `Corpus.groups`.
    var groups: [String]?
    /// Who made each row, where rows are ratings. Shape: [N].
    var raters: [String]?
    /// As `Corpus.sliceValues`, in the order of the schema's columns. Shape: [columns][N].
    var sliceValues: [[String]] = []
    /// As `Corpus.notices`.
    var notices: [String] = []
    /// As `Corpus.cleaning`.
    var cleaning = CleaningLog()
}

/// How many rows lack a text, and how many a label though they have a text.
public struct MissingValues: Codable, Equatable, Sendable {
    public internal(set) var texts = 0
    public internal(set) var labels = 0

    public init(texts: Int = 0, labels: Int = 0) {
        self.texts = texts
        self.labels = labels
    }

    public var rows: Int { texts + labels }
}

extension MissingValues: CustomStringConvertible {
    public var description: String { "\(texts) without text, \(labels) without label" }
}

/// What happens to a row whose text or label is missing: an empty cell, null, or a text of nothing but white space.
public enum MissingRows: Sendable {
    /// It is an error.
    case refused
    /// It is left out and counted.
    case dropped
}
