/// Two texts, by their places among others, and what the cosine of their vectors should be.
public struct TextPair: Equatable, Sendable {
    public let first: Int32
    public let second: Int32
    /// 1 for texts that are alike, 0 for texts that are not.
    public let similarity: Float

    public init(_ first: Int, _ second: Int, similarity: Float) {
        self.first = Int32(first)
        self.second = Int32(second)
        self.similarity = similarity
    }
}
