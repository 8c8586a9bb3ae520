/// The keys under which a `config.json` states what every encoder has; by default those of BERT.
public struct ConfigurationKeys: Sendable {
    public var vocabulary = "vocab_size"
    public var hidden = "hidden_size"
    /// The width of the embeddings; nil where it is that of the layers.
    public var embedding: String?
    /// Where `embedding` is not stated; nil for the width of the layers.
    public var defaultEmbedding: Int?
    public var layers = "num_hidden_layers"
    public var heads = "num_attention_heads"
    public var intermediate = "intermediate_size"
    public var activation = "hidden_act"
    public var defaultActivation = HiddenActivation.geluExact
    public var maxPositions = "max_position_embeddings"
    /// Nil in an architecture without token types.
    public var tokenTypes: String? = "type_vocab_size"
    /// Where `tokenTypes` is not stated.
    public var defaultTokenTypes = 2
    /// Nil where it is not stated.
    public var layerNormEpsilon: String? = "layer_norm_eps"
    /// Where `layerNormEpsilon` is not stated.
    public var defaultLayerNormEpsilon = 1e-12
    public var hiddenDropout = "hidden_dropout_prob"
    public var attentionDropout = "attention_probs_dropout_prob"
    /// Of what is inside a feed-forward layer; nil where nothing is dropped there.
    public var intermediateDropout: String?
    /// Where `hiddenDropout`, `attentionDropout` and `intermediateDropout` are not stated.
    public var defaultDropout = 0.1
    public var classifierDropout = "classifier_dropout"
    /// Where `classifierDropout` is not stated; nil for that of the hidden layers.
    public var defaultClassifierDropout: Double?
    /// Nil where the pooler has no probability of its own.
    public var poolerDropout: String?

    /// The padding token where `pad_token_id` is not stated.
    public var defaultPaddingToken = 0
    /// The padding token whatever `pad_token_id` states; nil where that is heeded.
    public var fixedPaddingToken: Int?

    public init() {}
}
