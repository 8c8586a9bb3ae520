extension EncoderArchitecture {
    /// DistilBERT (Sanh et al. 2019), as `DistilBertModel` of `transformers` has it: BERT without token types and without a
    /// pooler, and with names of its own. Its head has two layers.
    public static let distilbert = EncoderArchitecture(
        modelType: "distilbert", classPrefix: "DistilBert",
        tokenizerClass: "DistilBertTokenizer", keys: distilbertKeys,
        pooler: PoolerPlace("pre_classifier", isInEncoder: false, activation: .relu)
    ) { sizes, file throws(EncoderError) in
        try file.requireAbsolutePositions()
        return TransformerNetwork(
            sizes, layers: .distinct("transformer.layer", sizes),
            names: EncoderLayer.Names(
                attention: .init(
                    query: "attention.q_lin", key: "attention.k_lin", value: "attention.v_lin",
                    output: "attention.out_lin"),
                attentionNorm: "sa_layer_norm",
                feedForward: .init(intermediate: "ffn.lin1", output: "ffn.lin2"),
                outputNorm: "output_layer_norm"))
    }

    private static var distilbertKeys: ConfigurationKeys {
        var keys = ConfigurationKeys()
        keys.hidden = "dim"
        keys.layers = "n_layers"
        keys.heads = "n_heads"
        keys.intermediate = "hidden_dim"
        keys.activation = "activation"
        keys.tokenTypes = nil
        keys.layerNormEpsilon = nil
        keys.hiddenDropout = "dropout"
        keys.attentionDropout = "attention_dropout"
        keys.classifierDropout = "seq_classif_dropout"
        keys.defaultClassifierDropout = 0.2
        return keys
    }
}
