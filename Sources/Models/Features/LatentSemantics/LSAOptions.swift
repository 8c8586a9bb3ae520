/// How texts become vectors of latent semantic analysis: TF-IDF, projected on the directions in which the texts of train vary
/// most, as scikit-learn's `TruncatedSVD` does.
public struct LSAOptions: Codable, Equatable, Sendable {
    public var tfidf = TfidfOptions()
    /// How many directions; where train has fewer texts or terms, as many as these.
    public var components = 100
    /// Whether vectors are scaled to L2 norm 1.
    public var normalize = false

    public init() {}
}
