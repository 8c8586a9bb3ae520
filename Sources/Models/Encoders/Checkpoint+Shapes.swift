
extension Checkpoint {
    /// Whether the encoder has a pooler.
    package var hasPooler: Bool { contains("\(keys.pooler).weight") }

    /// Throws for the first tensor of the encoder that is missing or of another shape than the configuration says;
    /// nothing is read.
    package func checkShapes() throws(EncoderError) {
        let sizes = configuration
        let (H, I) = (sizes.hidden, sizes.inner)
        func require(_ name: String, _ shape: [Int]) throws(EncoderError) {
            guard let found = self.shape(name) else { throw .weights(.missingTensor(name, expected: shape)) }
            if found != shape {
                throw .weights(.unexpectedShape(tensor: name, found: found, expected: shape))
            }
        }
        func linear(_ name: String, _ inputs: Int, _ outputs: Int) throws(EncoderError) {
            try require("\(name).weight", [outputs, inputs])
            try require("\(name).bias", [outputs])
        }
        func norm(_ name: String) throws(EncoderError) {
            for suffix in ["weight", "bias"] { try require(normName(name, suffix), [H]) }
        }
        try require(keys.wordEmbeddings, [sizes.vocabulary, H])
        try require(keys.positionEmbeddings, [sizes.positions, H])
        if sizes.tokenTypes > 0 { try require(keys.tokenTypeEmbeddings, [sizes.tokenTypes, H]) }
        try norm(keys.embeddingNorm)
        for layer in 0..<sizes.layers {
            for part in CheckpointKeys.Part.allCases {
                let name = keys.name(of: part, layer: layer)
                switch part {
                case .query, .key, .value, .attentionOutput: try linear(name, H, H)
                case .innerProduct: try linear(name, H, I)
                case .outerProduct: try linear(name, I, H)
                case .attentionNorm, .outputNorm: try norm(name)
                }
            }
        }
        if hasPooler { try linear(keys.pooler, H, H) }
    }
}
