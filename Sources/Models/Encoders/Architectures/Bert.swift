extension EncoderArchitecture {
    /// BERT (Devlin et al. 2019), as `BertModel` of `transformers` has it.
    public static let bert = EncoderArchitecture(
        modelType: "bert", classPrefix: "Bert",
        pooler: PoolerPlace("pooler.dense", isInEncoder: true, activation: .tanh)
    ) { sizes, file throws(EncoderError) in
        try file.requireAbsolutePositions()
        return TransformerNetwork(sizes, layers: .distinct("encoder.layer", sizes), names: .bert)
    }
}

extension EncoderLayer.Names {
    /// Those of BERT, which its relatives have too.
    static let bert = EncoderLayer.Names(
        attention: .init(
            query: "attention.self.query", key: "attention.self.key", value: "attention.self.value",
            output: "attention.output.dense"),
        attentionNorm: "attention.output.LayerNorm",
        feedForward: .init(intermediate: "intermediate.dense", output: "output.dense"),
        outputNorm: "output.LayerNorm")
}

extension ConfigurationFile {
    /// Throws for positions that are told otherwise than by a table, and for decoders.
    func requireAbsolutePositions() throws(EncoderError) {
        if let type = try string("position_embedding_type"), type != "absolute" {
            throw .badConfiguration(key: "position_embedding_type", found: type, expected: "absolute")
        }
        if try bool("is_decoder") == true {
            throw .badConfiguration(key: "is_decoder", found: "true", expected: "false")
        }
    }
}
