/// The texts of a dataset with their ids, without labels.
public struct TextTable: Equatable, Sendable {
    /// Unique. Shape: [N].
    public internal(set) var ids: [String] = []
    /// None empty. Shape: [N].
    public internal(set) var texts: [String] = []
    /// Shape: [N].
    public internal(set) var officialParts: [Part]?
    /// As `Corpus.fingerprint`.
    public internal(set) var fingerprint = ""
    /// How many rows were left out because their text or label is missing.
    public internal(set) var missingValues = MissingValues()
    public var droppedRowCount: Int { missingValues.rows }
    /// As `Corpus.groups`.
    public internal(set) var groups: [String]?
    /// As `Corpus.notices`.
    public internal(set) var notices: [String] = []
    /// As `Corpus.cleaning`.
    public internal(set) var cleaning = CleaningLog()
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
