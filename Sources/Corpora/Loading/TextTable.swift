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
    public internal(set) var droppedRowCount = 0
    /// As `Corpus.groups`.
    public internal(set) var groups: [String]?
    /// As `Corpus.cleaning`.
    public internal(set) var cleaning = CleaningLog()
}

/// What happens to a row whose text or label is missing: an empty cell, null, or a text of nothing but white space.
public enum MissingRows: Sendable {
    /// It is an error.
    case refused
    /// It is left out and counted.
    case dropped
}
