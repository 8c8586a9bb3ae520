/// How the vectors of a sequence's tokens become one. The raw values are the names that sentence-transformers has.
public enum Pooling: String, CaseIterable, Codable, Sendable {
    /// The mean of all tokens, [CLS] and [SEP] among them, as sentence-transformers does.
    case mean
    /// The first token's.
    case cls
    /// The pooler's output for the first token.
    case pooler
    /// The largest value of each column.
    case max
    /// The sum of all tokens, divided by the square root of their number.
    case meanSqrtLength = "mean_sqrt_len_tokens"
    /// The mean of all tokens, each weighted by its place: the first by 1, the second by 2.
    case weightedMean = "weightedmean"
    /// The last token's.
    case lastToken = "lasttoken"

    /// What comes of it, in words.
    package var words: String {
        switch self {
        case .mean: "the mean of all tokens' vectors"
        case .cls: "the first token's vector"
        case .pooler: "the pooler's output"
        case .max: "the largest value of each column of the tokens' vectors"
        case .meanSqrtLength: "the sum of all tokens' vectors, divided by the square root of their number"
        case .weightedMean: "the mean of all tokens' vectors, weighted by their places"
        case .lastToken: "the last token's vector"
        }
    }

    /// Those that a head or a folder without a pooler may have, as errors list them.
    package static var namesWithoutPooler: String {
        allCases.filter { $0 != .pooler }.map(\.rawValue).joined(separator: ", ")
    }

    /// What is done with the network's output; a pooler says itself what it reads.
    /// - Parameter skipping: How many tokens at the start of each sequence do not count.
    package func reading(skipping: Int) -> PooledReading {
        switch self {
        case .mean: .sum(.mean)
        case .cls, .pooler: skipping == 0 ? .first : .sum(.first)
        case .max: .max
        case .meanSqrtLength: .sum(.meanSqrtLength)
        case .weightedMean: .sum(.weightedMean)
        case .lastToken: .sum(.last)
        }
    }
}

/// What is done with the vectors of a sequence's tokens so that one is left.
package enum PooledReading: Sendable {
    /// The network gives the first tokens' vectors alone.
    case first
    case max
    case sum(TokenWeights)

    /// The tokens whose vectors are needed.
    var queries: QueriedTokens {
        switch self {
        case .first: .first
        case .max, .sum: .all
        }
    }
}
