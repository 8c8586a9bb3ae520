extension EncoderArchitecture {
    /// MPNet (Song et al. 2020), as `MPNetModel` of `transformers` has it: BERT without token types, whose positions begin
    /// after the padding token's id, whose scores have a bias by distance that all layers share, and whose head has two
    /// layers.
    public static let mpnet = EncoderArchitecture(
        modelType: "mpnet", classPrefix: "MPNet", tokenizerClass: "MPNetTokenizer", keys: mpnetKeys,
        numbering: .afterPadding,
        pooler: PoolerPlace(
            "classifier.dense", isInEncoder: false, activation: .tanh, inputDropout: .classifier),
        head: "classifier.out_proj"
    ) { sizes, file throws(EncoderError) in
        TransformerNetwork(
            sizes, layers: .distinct("encoder.layer", sizes),
            names: EncoderLayer.Names(
                attention: .init(
                    query: "attention.attn.q", key: "attention.attn.k", value: "attention.attn.v",
                    output: "attention.attn.o"),
                attentionNorm: "attention.LayerNorm",
                feedForward: .init(intermediate: "intermediate.dense", output: "output.dense"),
                outputNorm: "output.LayerNorm"),
            relativeBias: .init(
                "encoder.relative_attention_bias", rows: try file.mpnetBuckets(), buckets: mpnetBuckets))
    }

    /// Those of `MPNetEncoder`, whatever the table's size.
    static let mpnetBuckets = DistanceBuckets(count: 32, maxDistance: 128)

    private static var mpnetKeys: ConfigurationKeys {
        var keys = ConfigurationKeys()
        keys.tokenTypes = nil
        keys.classifierDropout = keys.hiddenDropout
        keys.fixedPaddingToken = 1
        return keys
    }
}

extension ConfigurationFile {
    /// The rows of MPNet's table of biases; `transformers` numbers distances by 32 buckets, whatever is stated.
    fileprivate func mpnetBuckets() throws(EncoderError) -> Axis {
        let (key, least) = ("relative_attention_num_buckets", EncoderArchitecture.mpnetBuckets.count)
        let found = try integer(key) ?? least
        guard found == least else {
            throw .badConfiguration(key: key, found: "\(found)", expected: "\(least)")
        }
        return Axis(found, key: key)
    }
}
