extension EncoderArchitecture {
    /// ModernBERT (Warner et al. 2024), as `ModernBertModel` of `transformers` has it: rotary positions with a base for
    /// layers that attend to all tokens and one for those that attend to near ones, norms before the parts of a layer, a
    /// gated feed-forward layer. Its head has two layers with a norm between, and reads the first token or the mean.
    public static let modernbert = EncoderArchitecture(
        modelType: "modernbert", classPrefix: "ModernBert", tokenizerClass: "PreTrainedTokenizerFast",
        prefix: "model", keys: modernbertKeys,
        pooler: PoolerPlace("head", isInEncoder: false) { sizes, file throws(EncoderError) in
            Pooler(
                hidden: sizes.axis(.hidden),
                activation: try HiddenActivation(
                    named: file.string("classifier_activation") ?? "gelu", key: "classifier_activation"
                ).function,
                hasBias: try file.bool("classifier_bias") ?? false,
                norm: LayerNorm(
                    width: sizes.axis(.hidden), epsilon: sizes.layerNormEpsilon,
                    hasBias: try file.bool("norm_bias") ?? false),
                reads: try file.classifierPooling(), names: .init(linear: "dense", norm: "norm"))
        }
    ) { sizes, file throws(EncoderError) in
        ModernBertNetwork(sizes, try ModernBertChoices(sizes, file))
    }

    private static var modernbertKeys: ConfigurationKeys {
        var keys = ConfigurationKeys()
        keys.activation = "hidden_activation"
        keys.tokenTypes = nil
        keys.layerNormEpsilon = "norm_eps"
        keys.defaultLayerNormEpsilon = 1e-5
        keys.hiddenDropout = "embedding_dropout"
        keys.attentionDropout = "attention_dropout"
        keys.intermediateDropout = "mlp_dropout"
        keys.defaultDropout = 0
        keys.defaultClassifierDropout = 0
        keys.defaultPaddingToken = 50283
        return keys
    }
}

/// What the `config.json` of a ModernBERT says beyond an encoder's sizes, with the defaults of `ModernBertConfig`.
struct ModernBertChoices: Sendable {
    /// The tokens to either side that a token attends to in a local layer.
    let window: Int
    /// The base of the rotary positions in layers that attend to all tokens.
    let globalBase: Double
    /// That in local layers.
    let localBase: Double
    let attentionHasBias: Bool
    let feedForwardHasBias: Bool
    let normsHaveBias: Bool
    private let kinds: Kinds

    /// Which layers are local.
    fileprivate enum Kinds: Sendable {
        /// All but the first and every so manieth after it.
        case globalEvery(Int)
        case stated([Bool])
    }

    func isLocal(_ layer: Int) -> Bool {
        switch kinds {
        case .globalEvery(let step): !layer.isMultiple(of: step)
        case .stated(let isLocal): isLocal[layer]
        }
    }

    /// - Throws: `.badConfiguration` for what would change the numbers and is not done, such as other kinds of rotary
    ///   positions than the default.
    init(_ sizes: EncoderConfiguration, _ file: ConfigurationFile) throws(EncoderError) {
        kinds = try file.modernbertKinds(layers: sizes.axis(.layers).size)
        let attended = try file.integer("local_attention") ?? 128
        guard attended >= 1 else {
            throw .badConfiguration(key: "local_attention", found: "\(attended)", expected: "1 or more")
        }
        window = attended / 2
        for key in ["rope_scaling", "rope_parameters.rope_type", "rope_parameters.rope_theta"]
        where file.states(key) {
            throw .badConfiguration(
                key: key, found: "stated",
                expected:
                    "a rope_theta for full_attention and for sliding_attention within rope_parameters, no more"
            )
        }
        globalBase = try file.rotaryBase("full_attention", older: "global_rope_theta") ?? 160_000
        localBase = try file.rotaryBase("sliding_attention", older: "local_rope_theta") ?? 10_000
        attentionHasBias = try file.bool("attention_bias") ?? false
        feedForwardHasBias = try file.bool("mlp_bias") ?? false
        normsHaveBias = try file.bool("norm_bias") ?? false

        let headWidth = sizes.hidden / sizes.heads
        guard headWidth.isMultiple(of: 2) else {
            throw .badConfiguration(
                key: "hidden_size", found: "\(sizes.hidden)",
                expected: "an even multiple of num_attention_heads, \(sizes.heads), for rotary positions")
        }
        if let stated = try file.integer("head_dim"), stated != headWidth {
            throw .badConfiguration(
                key: "head_dim", found: "\(stated)",
                expected: "\(headWidth), which is hidden_size / num_attention_heads")
        }
    }
}

extension ConfigurationFile {
    /// What the head reads.
    fileprivate func classifierPooling() throws(EncoderError) -> Pooling {
        switch try string("classifier_pooling") {
        case "cls", nil: return .cls
        case "mean": return .mean
        case let other?:
            throw .badConfiguration(
                key: "classifier_pooling", found: EncoderError.quoted(other), expected: "cls or mean")
        }
    }

    /// The base of the rotary positions in layers of a kind; nil if it is not stated.
    /// - Parameter older: The key of versions before 5 of `transformers`.
    fileprivate func rotaryBase(_ kind: String, older: String) throws(EncoderError) -> Double? {
        for key in ["rope_parameters.\(kind).rope_type", "rope_parameters.\(kind).type"] {
            if let type = try string(key), type != "default" {
                throw .badConfiguration(key: key, found: EncoderError.quoted(type), expected: "default")
            }
        }
        for key in ["rope_parameters.\(kind).rope_theta", older] {
            if isNull(key) { throw .badConfiguration(key: key, found: "null", expected: "a number") }
            guard let base = try number(key) else { continue }
            guard base > 0, base.isFinite else {
                throw .badConfiguration(key: key, found: "\(base)", expected: "a number above 0")
            }
            return base
        }
        return nil
    }

    /// Which layers are local: by `layer_types`, or where that is missing by `global_attn_every_n_layers`.
    fileprivate func modernbertKinds(layers: Int) throws(EncoderError) -> ModernBertChoices.Kinds {
        guard let types = try strings("layer_types") else {
            let step = try integer("global_attn_every_n_layers") ?? 3
            guard step >= 1 else {
                throw .badConfiguration(
                    key: "global_attn_every_n_layers", found: "\(step)", expected: "1 or more")
            }
            return .globalEvery(step)
        }
        guard types.count == layers else {
            throw .badConfiguration(
                key: "layer_types", found: "a list of \(types.count)",
                expected: "one for each of num_hidden_layers, \(layers)")
        }
        return .stated(
            try types.map { type throws(EncoderError) in
                switch type {
                case "full_attention": return false
                case "sliding_attention": return true
                default:
                    throw .badConfiguration(
                        key: "layer_types", found: EncoderError.quoted(type),
                        expected: "full_attention or sliding_attention")
                }
            })
    }
}
