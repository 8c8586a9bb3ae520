/// How a text's vector is made of its tokens' vectors.
public struct EncodingOptions: Codable, Equatable, Sendable {
    public var pooling: Pooling
    /// Whether the vector is divided by its norm.
    public var normalize: Bool
    /// The longest text in tokens, [CLS] and [SEP] among them; nil for as many as the encoder has positions.
    public var maxLength: Int?
    /// What is put before every text, such as `query: `; nil for nothing.
    public var prefix: String?
    /// Whether the prefix's tokens are pooled too; else they only stand before the text's.
    public var poolsPrefix: Bool

    private enum CodingKeys: String, CodingKey {
        case pooling, normalize, prefix
        case maxLength = "max_length"
        case poolsPrefix = "pools_prefix"
    }

    public init(
        pooling: Pooling = .mean, normalize: Bool = false, maxLength: Int? = nil, prefix: String? = nil,
        poolsPrefix: Bool = true
    ) {
        self.pooling = pooling
        self.normalize = normalize
        self.maxLength = maxLength
        self.prefix = prefix
        self.poolsPrefix = poolsPrefix
    }

    /// Files of earlier versions say nothing of a prefix.
    public init(from decoder: any Decoder) throws {
        let keys = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            pooling: try keys.decode(Pooling.self, forKey: .pooling),
            normalize: try keys.decode(Bool.self, forKey: .normalize),
            maxLength: try keys.decodeIfPresent(Int.self, forKey: .maxLength),
            prefix: try keys.decodeIfPresent(String.self, forKey: .prefix),
            poolsPrefix: try keys.decodeIfPresent(Bool.self, forKey: .poolsPrefix) ?? true)
    }

    public func encode(to encoder: any Encoder) throws {
        var keys = encoder.container(keyedBy: CodingKeys.self)
        try keys.encode(pooling, forKey: .pooling)
        try keys.encode(normalize, forKey: .normalize)
        try keys.encodeIfPresent(maxLength, forKey: .maxLength)
        try keys.encodeIfPresent(prefix, forKey: .prefix)
        if !poolsPrefix { try keys.encode(poolsPrefix, forKey: .poolsPrefix) }
    }
}
