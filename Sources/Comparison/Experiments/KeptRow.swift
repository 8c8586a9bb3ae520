import Tables

/// Which columns of an input stand beside its predictions.
public enum KeptColumns: Equatable, Sendable {
    case none
    case all
    /// By name or 0-based number, in this order.
    case named([String])
}

/// What of a row is to stand beside its prediction.
public enum KeptRow: Equatable, Sendable {
    /// The cells of the kept columns.
    case cells([Cell])
    /// A whole JSON object as it stands in the input, on one line.
    case object([UInt8])
}

/// Texts to label, with what of their rows is to stand beside the labels.
public struct TextBatch: Sendable {
    public internal(set) var texts: [String] = []
    /// One for each text; empty where nothing is kept.
    public internal(set) var kept: [KeptRow] = []

    public init(texts: [String] = [], kept: [KeptRow] = []) {
        self.texts = texts
        self.kept = kept
    }
}
