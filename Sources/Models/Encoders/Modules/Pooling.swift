/// How the vectors of a sequence's tokens become one.
public enum Pooling: String, CaseIterable, Codable, Sendable {
    /// The mean of all tokens, [CLS] and [SEP] among them, as sentence-transformers does.
    case mean
    /// The first token's.
    case cls
    /// The pooler's output for the first token.
    case pooler

    /// What comes of it, in words.
    package var words: String {
        switch self {
        case .mean: "the mean of all tokens' vectors"
        case .cls: "the first token's vector"
        case .pooler: "the pooler's output"
        }
    }
}
