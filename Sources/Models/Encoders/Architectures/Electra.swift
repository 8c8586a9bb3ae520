extension EncoderArchitecture {
    /// ELECTRA (Clark et al. 2020), discriminator or generator, as `ElectraModel` of `transformers` has it: BERT without a
    /// pooler, whose embeddings may be narrower than its layers, and whose head has two layers.
    public static let electra = EncoderArchitecture(
        modelType: "electra", classPrefix: "Electra", tokenizerClass: "ElectraTokenizer", keys: electraKeys,
        pooler: PoolerPlace(
            "classifier.dense", isInEncoder: false, activation: .geluExact, inputDropout: .classifier),
        head: "classifier.out_proj"
    ) { sizes, file throws(EncoderError) in
        try file.requireAbsolutePositions()
        return TransformerNetwork(
            sizes, layers: .distinct("encoder.layer", sizes), names: .bert,
            projection: sizes.embedding == sizes.hidden ? nil : "embeddings_project")
    }

    private static var electraKeys: ConfigurationKeys {
        var keys = ConfigurationKeys()
        keys.embedding = "embedding_size"
        keys.defaultEmbedding = 128
        return keys
    }
}
