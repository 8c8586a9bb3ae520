/// How texts are classified by the mean of the vectors of their words and n-grams: names, defaults and meaning of fastText's
/// supervised mode (Joulin et al., "Bag of Tricks for Efficient Text Classification", EACL 2017).
public struct HashedNgramOptions: Codable, Equatable, Sendable {
    public enum Loss: String, Codable, Sendable, CaseIterable {
        case softmax
        /// A sigmoid for each label.
        case oneVsAll = "one-vs-all"
    }

    /// The length of a vector.
    public var dim = 100
    public var epochs = 5
    /// The learning rate of the first row; it falls linearly to 0.
    public var learningRate = 0.1
    /// The most words of a word n-gram; 1 has words alone.
    public var wordNgrams = 1
    /// Words that are less often in train are left out.
    public var minCount = 1
    /// The fewest and most characters of a character n-gram; `maxn` 0 has none.
    public var minn = 0
    public var maxn = 0
    /// Into how many numbers n-grams are hashed; those with one number share a vector.
    public var bucket = 2_000_000
    /// Nil for softmax where a row has one label, else one-vs-all.
    public var loss: Loss?

    public init() {}
}
