import DeterministicWork

extension HeadedEncoder<TokenEncoder> {
    /// Draws the weights of the top layers and of the pooler anew (Zhang et al. 2021): matrices from a normal distribution
    /// around 0 with the standard deviation `initializer_range` of `config.json`, biases 0, the weights of norms 1.
    ///
    /// What a layer gets depends on the seed and on its number, not on how many are drawn.
    /// - Parameter count: 0 for nothing, the pooler included.
    /// - Throws: `.tooFewLayers`, also where layers share their weights.
    public mutating func reinitialize(topLayers count: Int, seed: UInt64) throws(EncoderError) {
        if count == 0 { return }
        try encoder.requireLayers(count, for: EncoderInspection.reinitializing)
        let deviation = encoder.configuration.initializerRange
        let lowest = encoder.layerCount - count
        var streams: [Int: RandomStream] = [:]
        encoder.visit(
            ParameterVisitor { place, parameter in
                guard case .layer(let layer) = place.depth, layer >= lowest else { return }
                parameter.drawAnew(
                    standardDeviation: deviation,
                    &streams[
                        layer, default: RandomStream(seed: seed, for: .reinitializedWeights(layer: layer))])
            })
        if var pooler = encoder.pooler {
            pooler.linear.setRandom(standardDeviation: deviation, seed: seed, for: .reinitializedPooler)
            pooler.norm?.reset()
            encoder.pooler = pooler
        }
    }
}
