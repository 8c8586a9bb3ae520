extension EncoderArchitecture {
    /// ALBERT (Lan et al. 2020), as `AlbertModel` of `transformers` has it: BERT with narrower embeddings, whose layers share
    /// their weights, all of them or by groups.
    public static let albert = EncoderArchitecture(
        modelType: "albert", classPrefix: "Albert", tokenizerClass: "AlbertTokenizer", keys: albertKeys,
        pooler: PoolerPlace("pooler", isInEncoder: true, activation: .tanh)
    ) { sizes, file throws(EncoderError) in
        try file.requireAbsolutePositions()
        return TransformerNetwork(
            sizes, layers: try .albert(sizes, file), names: .albert,
            projection: "encoder.embedding_hidden_mapping_in", dropsFeedForward: false)
    }

    private static var albertKeys: ConfigurationKeys {
        var keys = ConfigurationKeys()
        keys.embedding = "embedding_size"
        keys.defaultEmbedding = 128
        keys.defaultActivation = .geluTanh
        keys.defaultDropout = 0
        keys.classifierDropout = "classifier_dropout_prob"
        keys.defaultClassifierDropout = 0.1
        return keys
    }
}

extension EncoderLayer.Names {
    fileprivate static let albert = EncoderLayer.Names(
        attention: .init(
            query: "attention.query", key: "attention.key", value: "attention.value",
            output: "attention.dense"),
        attentionNorm: "attention.LayerNorm",
        feedForward: .init(intermediate: "ffn", output: "ffn_output"),
        outputNorm: "full_layer_layer_norm")
}

extension LayerSequence {
    /// More than any published encoder has. Shared weights do not tell how many layers there are.
    private static let maxLayers = 1024

    /// `num_hidden_layers` repetitions, the first ones of the first group, and so on; a repetition goes through the
    /// `inner_group_num` layers of its group.
    fileprivate static func albert(
        _ sizes: EncoderConfiguration, _ file: ConfigurationFile
    ) throws(EncoderError) -> LayerSequence {
        let repetitions = sizes.axis(.layers)
        guard repetitions.size <= maxLayers else {
            throw .badConfiguration(
                key: repetitions.key ?? "", found: "\(repetitions.size)", expected: "1 to \(maxLayers)")
        }
        let groups = try file.count("num_hidden_groups", upTo: repetitions.size)
        let inner = try file.count("inner_group_num", upTo: maxLayers / repetitions.size)
        let weights = (0..<groups.size).flatMap { group in
            (0..<inner.size).map { layer in
                Weights(
                    name: "encoder.albert_layer_groups.\(group).albert_layers.\(layer)",
                    condition: layer > 0 ? inner : group > 0 ? groups : nil)
            }
        }
        let order = (0..<repetitions.size).flatMap { repetition in
            // In floating point as transformers computes it, so that a quotient is rounded alike.
            let group = Int(Double(repetition) / (Double(repetitions.size) / Double(groups.size)))
            return (0..<inner.size).map { group * inner.size + $0 }
        }
        return LayerSequence(weights: weights, order: order)
    }
}

extension ConfigurationFile {
    /// A number of parts, 1 where it is not stated.
    fileprivate func count(_ key: String, upTo limit: Int) throws(EncoderError) -> Axis {
        let count = try integer(key) ?? 1
        guard (1...limit).contains(count) else {
            throw .badConfiguration(key: key, found: "\(count)", expected: "1 to \(limit)")
        }
        return Axis(count, key: key)
    }
}
