import Foundation
import LinearAlgebra

/// The sizes and choices of an encoder, as `config.json` of a Hugging Face folder states them.
public struct BertConfiguration: Equatable, Sendable {
    /// The families of checkpoints that this encoder can be.
    public enum Family: String, CaseIterable, Sendable {
        case bert
        /// BERT without token types and pooler, and with names of its own.
        case distilbert

        /// The `model_type` of a classifier of ours over this family whose head reads no pooler: one that `transformers`
        /// does not know, since under its own it would put a pooler before the head.
        public var pooledModelType: String { "bakeoff-\(rawValue)" }

        /// The key of the activation in `config.json`.
        public var activationKey: String {
            switch self {
            case .bert: "hidden_act"
            case .distilbert: "activation"
            }
        }

        /// What the names of this family's classes in `transformers` begin with.
        private var classPrefix: String {
            switch self {
            case .bert: "Bert"
            case .distilbert: "DistilBert"
            }
        }

        /// The `model_type` of a class, such as `BertForSequenceClassification` or one of our own; nil for another family's.
        static func modelType(ofClass name: String) -> String? {
            for family in allCases {
                for (prefix, type) in [
                    (family.classPrefix, family.rawValue),
                    ("Bakeoff\(family.classPrefix)", family.pooledModelType),
                ] where name.hasPrefix(prefix) {
                    let kind = name.dropFirst(prefix.count)
                    if kind.hasPrefix("For") || kind.hasSuffix("Model") { return type }
                }
            }
            return nil
        }
    }

    /// The sizes that decide the shapes of an encoder's tensors.
    package enum Size: CaseIterable, Sendable {
        case vocabulary, hidden, layers, inner, positions, tokenTypes
    }

    /// The function between the two products of a feed-forward layer.
    public enum HiddenActivation: Equatable, Sendable {
        /// By the error function.
        case geluExact
        /// By the approximation with tanh.
        case geluTanh
        case relu

        var activation: Activation {
            switch self {
            case .geluExact: .geluExact
            case .geluTanh: .geluTanh
            case .relu: .relu
            }
        }
    }

    public var family: Family
    /// What the head of a classifier of ours reads; nil where the architecture is one of `transformers`.
    public var pooling: Pooling?
    public var vocabulary: Int
    /// The width of a token's vector: H.
    public var hidden: Int
    public var layers: Int
    public var heads: Int
    /// The width inside a feed-forward layer: I.
    public var inner: Int
    public var activation: HiddenActivation
    /// The longest sequence, in tokens.
    public var positions: Int
    /// 0 for DistilBERT.
    public var tokenTypes: Int
    public var layerNormEpsilon: Float
    /// For training.
    public var hiddenDropout: Double = 0.1
    public var attentionDropout: Double = 0.1
    public var classifierDropout: Double?
    /// The token that fills batches elsewhere: as in PyTorch, its vector gets no gradient.
    public var paddingToken: Int? = 0
    /// The standard deviation of new weights.
    public var initializerRange: Double = 0.02

    /// The width of a head: D.
    public var headWidth: Int { hidden / heads }

    public init(
        family: Family = .bert, vocabulary: Int, hidden: Int, layers: Int, heads: Int, inner: Int,
        activation: HiddenActivation = .geluExact, positions: Int, tokenTypes: Int,
        layerNormEpsilon: Float = 1e-12
    ) throws(EncoderError) {
        self.family = family
        self.vocabulary = vocabulary
        self.hidden = hidden
        self.layers = layers
        self.heads = heads
        self.inner = inner
        self.activation = activation
        self.positions = positions
        self.tokenTypes = tokenTypes
        self.layerNormEpsilon = layerNormEpsilon
        try check()
    }

    /// More than any of the sizes of a published encoder, and so small that no product of a few of them overflows.
    private static let largestSize = 1 << 24

    private func check() throws(EncoderError) {
        let sizes = [
            ("vocabulary", vocabulary), ("hidden size", hidden), ("number of layers", layers),
            ("number of heads", heads), ("inner size", inner), ("number of positions", positions),
        ]
        for (name, size) in sizes where !(1...Self.largestSize).contains(size) {
            throw .badConfiguration(key: name, found: "\(size)", expected: "1 to \(Self.largestSize)")
        }
        guard (0...Self.largestSize).contains(tokenTypes) else {
            throw .badConfiguration(
                key: "number of token types", found: "\(tokenTypes)", expected: "0 to \(Self.largestSize)")
        }
        guard hidden % heads == 0 else {
            throw .badConfiguration(
                key: "hidden size", found: "\(hidden)",
                expected: "a multiple of the number of heads, \(heads)")
        }
        guard layerNormEpsilon >= 0, layerNormEpsilon < 1 else {
            throw .badConfiguration(key: "layer_norm_eps", found: "\(layerNormEpsilon)", expected: "0 to 1")
        }
    }

    /// Larger standard deviations overflow sooner or later.
    private static let largestInitializerRange = 100.0

    /// A probability of dropout: at 1 nothing is left.
    private static func dropout(_ value: Double, _ key: String) throws(EncoderError) -> Double {
        guard value >= 0, value < 1 else {
            throw .badConfiguration(key: key, found: "\(value)", expected: "at least 0 and below 1")
        }
        return value
    }
}

extension BertConfiguration {
    /// The key of a size in `config.json`.
    package func key(of size: Size) -> String { BertConfiguration.key(of: size, in: family) }

    private static func key(of size: Size, in family: Family) -> String {
        let isDistilled = family == .distilbert
        return switch size {
        case .vocabulary: "vocab_size"
        case .hidden: isDistilled ? "dim" : "hidden_size"
        case .layers: isDistilled ? "n_layers" : "num_hidden_layers"
        case .inner: isDistilled ? "hidden_dim" : "intermediate_size"
        case .positions: "max_position_embeddings"
        case .tokenTypes: "type_vocab_size"
        }
    }

    package func value(of size: Size) -> Int {
        switch size {
        case .vocabulary: vocabulary
        case .hidden: hidden
        case .layers: layers
        case .inner: inner
        case .positions: positions
        case .tokenTypes: tokenTypes
        }
    }

    /// Hugging Face's names; where DistilBERT has its own, both.
    private struct Keys: Decodable {
        var model_type: String?
        var architectures: [String]?
        var vocab_size: Int?
        var hidden_size: Int?
        var dim: Int?
        var num_hidden_layers: Int?
        var n_layers: Int?
        var num_attention_heads: Int?
        var n_heads: Int?
        var intermediate_size: Int?
        var hidden_dim: Int?
        var hidden_act: String?
        var activation: String?
        var max_position_embeddings: Int?
        var type_vocab_size: Int?
        var layer_norm_eps: Double?
        var position_embedding_type: String?
        var is_decoder: Bool?
        var hidden_dropout_prob: Double?
        var dropout: Double?
        var attention_probs_dropout_prob: Double?
        var attention_dropout: Double?
        var classifier_dropout: Double?
        var seq_classif_dropout: Double?
        var initializer_range: Double?
        var pad_token_id: Int?
        var bakeoff: Own?
    }

    /// What we write for a classifier without a pooler.
    private struct Own: Decodable {
        var pooling: String?
        var activation: String?
    }

    /// Hugging Face's default, and DistilBERT's only value.
    private static let defaultEpsilon = 1e-12

    /// What `model_type` says, or where it is missing the class that `architectures` names: a family that is not stated is
    /// not guessed, here as in `transformers`.
    private static func modelType(_ keys: Keys) throws(EncoderError) -> String {
        if let type = keys.model_type { return type }
        let classes = keys.architectures ?? []
        if let type = classes.lazy.compactMap(Family.modelType(ofClass:)).first { return type }
        throw .badConfiguration(
            key: "model_type",
            found: classes.first.map { "missing, with the architecture \(EncoderError.quoted($0))" }
                ?? "missing",
            expected: "bert or distilbert; state what the weights are, such as \"model_type\": \"bert\"")
    }

    /// Reads the text of a `config.json`.
    public init(json: Data) throws(EncoderError) {
        let keys: Keys
        do {
            keys = try JSONDecoder().decode(Keys.self, from: json)
        } catch {
            throw .unreadableConfiguration(reason: EncoderError.reason(error))
        }
        let type = try Self.modelType(keys)
        let pooled = Family.allCases.first { $0.pooledModelType == type }
        guard let family = pooled ?? Family(rawValue: type) else {
            throw .badConfiguration(
                key: "model_type", found: EncoderError.quoted(type), expected: "bert or distilbert")
        }
        if let type = keys.position_embedding_type, type != "absolute" {
            throw .badConfiguration(key: "position_embedding_type", found: type, expected: "absolute")
        }
        if keys.is_decoder == true {
            throw .badConfiguration(key: "is_decoder", found: "true", expected: "false")
        }
        func required(_ value: Int?, _ key: String) throws(EncoderError) -> Int {
            guard let value else { throw .badConfiguration(key: key, found: "nothing", expected: "a number") }
            return value
        }
        func required(_ size: Size, _ value: Int?) throws(EncoderError) -> Int {
            try required(value, Self.key(of: size, in: family))
        }
        let distil = family == .distilbert
        let activation = pooled == nil ? distil ? keys.activation : keys.hidden_act : keys.bakeoff?.activation
        try self.init(
            family: family,
            vocabulary: required(.vocabulary, keys.vocab_size),
            hidden: required(.hidden, distil ? keys.dim : keys.hidden_size),
            layers: required(.layers, distil ? keys.n_layers : keys.num_hidden_layers),
            heads: required(
                distil ? keys.n_heads : keys.num_attention_heads, distil ? "n_heads" : "num_attention_heads"),
            inner: required(.inner, distil ? keys.hidden_dim : keys.intermediate_size),
            activation: HiddenActivation(
                named: activation ?? "gelu",
                key: pooled == nil ? family.activationKey : "bakeoff.activation"),
            positions: required(.positions, keys.max_position_embeddings),
            tokenTypes: distil ? 0 : keys.type_vocab_size ?? 2,
            layerNormEpsilon: Float((distil ? nil : keys.layer_norm_eps) ?? Self.defaultEpsilon))
        hiddenDropout = try Self.dropout(
            (distil ? keys.dropout : keys.hidden_dropout_prob) ?? hiddenDropout,
            distil ? "dropout" : "hidden_dropout_prob")
        attentionDropout = try Self.dropout(
            (distil ? keys.attention_dropout : keys.attention_probs_dropout_prob) ?? attentionDropout,
            distil ? "attention_dropout" : "attention_probs_dropout_prob")
        if let probability = distil ? keys.seq_classif_dropout ?? 0.2 : keys.classifier_dropout {
            classifierDropout = try Self.dropout(
                probability, distil ? "seq_classif_dropout" : "classifier_dropout")
        }
        initializerRange = keys.initializer_range ?? initializerRange
        guard (0...Self.largestInitializerRange).contains(initializerRange) else {
            throw .badConfiguration(
                key: "initializer_range", found: "\(initializerRange)",
                expected: "0 to \(Self.largestInitializerRange)")
        }
        paddingToken = keys.pad_token_id ?? paddingToken
        if let token = paddingToken, !(-vocabulary..<vocabulary).contains(token) {
            throw .badConfiguration(
                key: "pad_token_id", found: "\(token)", expected: "0 to \(vocabulary - 1), or null")
        }
        if pooled != nil {
            guard let pooling = keys.bakeoff?.pooling.flatMap(Pooling.init(rawValue:)), pooling != .pooler
            else {
                throw .badConfiguration(
                    key: "bakeoff.pooling", found: keys.bakeoff?.pooling ?? "nothing", expected: "mean or cls"
                )
            }
            self.pooling = pooling
        }
    }
}

extension BertConfiguration.HiddenActivation {
    /// Hugging Face's first name of it.
    public var name: String {
        switch self {
        case .geluExact: "gelu"
        case .geluTanh: "gelu_new"
        case .relu: "relu"
        }
    }

    /// By Hugging Face's names (`transformers.activations.ACT2FN`).
    init(named name: String, key: String) throws(EncoderError) {
        switch name {
        case "gelu", "gelu_python": self = .geluExact
        case "gelu_new", "gelu_fast", "gelu_pytorch_tanh", "gelu_python_tanh", "gelu_accurate":
            self = .geluTanh
        case "relu": self = .relu
        default:
            throw .badConfiguration(
                key: key, found: name, expected: "gelu, gelu_new, gelu_pytorch_tanh or relu")
        }
    }
}
