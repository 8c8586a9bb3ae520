/// How the vectors of a sequence's tokens become one.
public enum Pooling: String, CaseIterable, Sendable {
    /// The mean of all tokens, [CLS] and [SEP] among them, as sentence-transformers does.
    case mean
    /// The first token's.
    case cls
    /// The pooler's output for the first token.
    case pooler
}
