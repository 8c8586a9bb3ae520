import LinearAlgebra

extension EncoderArchitecture {
    /// DeBERTa-v2 and v3 (He et al. 2021 and 2023), as `DebertaV2Model` of `transformers` has them: BERT whose attention also
    /// multiplies queries and keys with relative positions, and whose pooler belongs to the head. The convolution of the
    /// largest v2 models is not supported.
    public static let debertaV2 = EncoderArchitecture(
        modelType: "deberta-v2", classPrefix: "DebertaV2", tokenizerClass: "DebertaV2Tokenizer",
        prefix: "deberta", keys: debertaKeys,
        pooler: PoolerPlace("pooler.dense", isInEncoder: false) { sizes, file throws(EncoderError) in
            let key = "pooler_hidden_act"
            return Pooler(
                hidden: sizes.axis(.hidden),
                activation: try Activation(named: file.string(key) ?? "gelu", key: key),
                inputDropout: .pooler)
        }
    ) { sizes, file throws(EncoderError) in
        DisentangledNetwork(sizes, try DisentangledConfiguration(sizes, file), names: .deberta)
    }

    private static var debertaKeys: ConfigurationKeys {
        var keys = ConfigurationKeys()
        keys.embedding = "embedding_size"
        keys.defaultTokenTypes = 0
        keys.defaultLayerNormEpsilon = 1e-7
        keys.classifierDropout = "cls_dropout"
        keys.poolerDropout = "pooler_dropout"
        return keys
    }
}

extension EncoderLayer.Names {
    /// Those of BERT but for the projections of attention.
    fileprivate static var deberta: EncoderLayer.Names {
        var names = EncoderLayer.Names.bert
        names.attention.query = "attention.self.query_proj"
        names.attention.key = "attention.self.key_proj"
        names.attention.value = "attention.self.value_proj"
        return names
    }
}
