/// How a text's vector is made of its tokens' vectors.
public struct EncodingOptions: Codable, Equatable, Sendable {
    public var pooling: Pooling
    /// Whether the vector is divided by its norm.
    public var normalize: Bool
    /// The longest text in tokens, [CLS] and [SEP] among them; nil for as many as the encoder has positions.
    public var maxLength: Int?

    private enum CodingKeys: String, CodingKey {
        case pooling, normalize
        case maxLength = "max_length"
    }

    public init(pooling: Pooling = .mean, normalize: Bool = false, maxLength: Int? = nil) {
        self.pooling = pooling
        self.normalize = normalize
        self.maxLength = maxLength
    }
}
