extension Checkpoint {
    /// Whether the encoder has a pooler.
    package var hasPooler: Bool { contains("\(keys.pooler).weight") }

    /// A tensor that the encoder must have.
    private struct Required {
        /// Without the checkpoint's prefix.
        let name: String
        /// One of the configuration's sizes for each axis.
        let axes: [BertConfiguration.Size]
        /// The size by which there is such a tensor at all; nil where every encoder of the family has it.
        let reason: BertConfiguration.Size?
    }

    /// Throws for the first tensor of the encoder that is missing or of another shape than the configuration says, with the
    /// keys that say so; nothing is read.
    package func checkShapes() throws(EncoderError) {
        try forEachRequired { tensor throws(EncoderError) in
            let expected = tensor.axes.map(configuration.value(of:))
            let found = shape(tensor.name)
            if found == expected { return }
            throw .misfit(
                weights: path(of: tensor.name), tensor: fullName(tensor.name), found: found,
                expected: expected,
                configuration: configurationPath, keys: keys(of: tensor, found))
        }
    }

    /// The keys of `config.json` that a tensor's fault is about, with their values.
    private func keys(of tensor: Required, _ found: [Int]?) -> [String] {
        func stated(_ size: BertConfiguration.Size) -> String {
            "\(configuration.key(of: size)) \(configuration.value(of: size))"
        }
        guard let found else {
            return [tensor.reason.map(stated) ?? "model_type \(configuration.family.rawValue)"]
        }
        let differing =
            found.count == tensor.axes.count
            ? tensor.axes.indices.filter { found[$0] != configuration.value(of: tensor.axes[$0]) }
                .map { tensor.axes[$0] } : tensor.axes
        return BertConfiguration.Size.allCases.filter(differing.contains).map(stated)
    }

    /// One after the other, since a damaged configuration may ask for millions.
    private func forEachRequired(
        _ body: (Required) throws(EncoderError) -> Void
    ) throws(EncoderError) {
        func linear(
            _ name: String, _ inputs: BertConfiguration.Size, _ outputs: BertConfiguration.Size,
            since reason: BertConfiguration.Size? = nil
        ) throws(EncoderError) {
            try body(Required(name: "\(name).weight", axes: [outputs, inputs], reason: reason))
            try body(Required(name: "\(name).bias", axes: [outputs], reason: reason))
        }
        func norm(_ name: String, since reason: BertConfiguration.Size? = nil) throws(EncoderError) {
            for suffix in ["weight", "bias"] {
                try body(Required(name: normName(name, suffix), axes: [.hidden], reason: reason))
            }
        }
        try body(Required(name: keys.wordEmbeddings, axes: [.vocabulary, .hidden], reason: nil))
        try body(Required(name: keys.positionEmbeddings, axes: [.positions, .hidden], reason: nil))
        if configuration.tokenTypes > 0 {
            try body(
                Required(name: keys.tokenTypeEmbeddings, axes: [.tokenTypes, .hidden], reason: .tokenTypes))
        }
        try norm(keys.embeddingNorm)
        for layer in 0..<configuration.layers {
            for part in CheckpointKeys.Part.allCases {
                let name = keys.name(of: part, layer: layer)
                switch part {
                case .query, .key, .value, .attentionOutput:
                    try linear(name, .hidden, .hidden, since: .layers)
                case .innerProduct: try linear(name, .hidden, .inner, since: .layers)
                case .outerProduct: try linear(name, .inner, .hidden, since: .layers)
                case .attentionNorm, .outputNorm: try norm(name, since: .layers)
                }
            }
        }
        if hasPooler { try linear(keys.pooler, .hidden, .hidden) }
    }
}
