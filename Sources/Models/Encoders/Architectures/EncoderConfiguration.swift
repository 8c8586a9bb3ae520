import Foundation
import LinearAlgebra

/// The sizes and choices of an encoder, as `config.json` of a Hugging Face folder states them.
public struct EncoderConfiguration: Equatable, Sendable {
    public let architecture: EncoderArchitecture
    /// What the head of a classifier of ours reads; nil where `config.json` is one of `transformers`.
    public let pooling: Pooling?
    public let vocabulary: Int
    /// H, the width of a token's vector.
    public let hidden: Int
    /// E, the width of the embeddings: H, unless the architecture brings them to H.
    public let embedding: Int
    /// Layers to build.
    public private(set) var layers: Int
    private let statedLayers: Int
    public let heads: Int
    /// I, the width inside a feed-forward layer.
    public let intermediate: Int
    public let activation: HiddenActivation
    /// The rows of the table of positions.
    private let statedPositions: Int
    /// 0 in an architecture without.
    public let tokenTypes: Int
    public let layerNormEpsilon: Float
    /// What is dropped in training, where its options do not say otherwise.
    public let dropout: DropoutProbabilities
    /// The token that fills batches elsewhere: as in PyTorch, its vector gets no gradient.
    public let paddingToken: Int?
    /// The standard deviation of new weights.
    public let initializerRange: Double

    /// The text of a `config.json`.
    public init(json: Data, architectures: EncoderArchitectures = .standard) throws(EncoderError) {
        try self.init(stated: ConfigurationFile(json), architectures)
    }

    /// - Throws: `.inFile` with what is wrong in it.
    public init(_ file: ConfigurationFile, _ architectures: EncoderArchitectures = .standard)
        throws(EncoderError)
    {
        do throws(EncoderError) {
            try self.init(stated: file, architectures)
        } catch {
            throw .inFile(path: file.path, error)
        }
    }

    private init(stated file: ConfigurationFile, _ architectures: EncoderArchitectures) throws(EncoderError) {
        let (architecture, isPooled) = try architectures.architecture(of: file)
        let keys = architecture.keys
        self.architecture = architecture
        vocabulary = try file.required(keys.vocabulary)
        hidden = try file.required(keys.hidden)
        let embedding = try keys.embedding.flatMap { key throws(EncoderError) in try file.integer(key) }
        self.embedding = embedding ?? keys.defaultEmbedding ?? hidden
        layers = try file.required(keys.layers)
        statedLayers = layers
        heads = try file.required(keys.heads)
        intermediate = try file.required(keys.intermediate)
        statedPositions = try file.required(keys.maxPositions)
        tokenTypes =
            try keys.tokenTypes.map { key throws(EncoderError) in
                try file.integer(key) ?? keys.defaultTokenTypes
            } ?? 0
        let activationKey = isPooled ? "bakeoff.activation" : keys.activation
        activation = try HiddenActivation(
            named: file.string(activationKey) ?? keys.defaultActivation.name, key: activationKey)
        layerNormEpsilon = Float(
            try keys.layerNormEpsilon.flatMap { key throws(EncoderError) in try file.number(key) }
                ?? keys.defaultLayerNormEpsilon)
        let hiddenDropout = try file.dropout(keys.hiddenDropout) ?? keys.defaultDropout
        dropout = DropoutProbabilities(
            hidden: hiddenDropout,
            attention: try file.dropout(keys.attentionDropout) ?? keys.defaultDropout,
            classifier: try file.dropout(keys.classifierDropout) ?? keys.defaultClassifierDropout
                ?? hiddenDropout,
            intermediate: try keys.intermediateDropout.map { key throws(EncoderError) in
                try file.dropout(key) ?? keys.defaultDropout
            } ?? 0,
            pooler: try keys.poolerDropout.flatMap { key throws(EncoderError) in try file.dropout(key) } ?? 0)
        initializerRange = try file.number("initializer_range") ?? 0.02
        let statedPadding = try file.integer("pad_token_id") ?? keys.defaultPaddingToken
        paddingToken = keys.fixedPaddingToken ?? statedPadding
        if isPooled {
            let stated = try file.string("bakeoff.pooling")
            guard let pooling = stated.flatMap(Pooling.init(rawValue:)), pooling != .pooler else {
                throw .badConfiguration(
                    key: "bakeoff.pooling", found: stated.map(EncoderError.quoted) ?? "nothing",
                    expected: "one of \(Pooling.namesWithoutPooler)")
            }
            self.pooling = pooling
        } else {
            pooling = nil
        }
        try check()
    }

    /// More than any of the sizes of a published encoder, and so small that no product of a few of them overflows.
    private static let maxSize = 1 << 24
    /// Larger standard deviations overflow sooner or later.
    private static let maxInitializerRange = 100.0

    private func check() throws(EncoderError) {
        let sizes = [
            ("vocabulary", vocabulary), ("hidden size", hidden), ("embedding size", embedding),
            ("number of layers", layers),
            ("number of heads", heads), ("intermediate size", intermediate),
            ("number of positions", statedPositions),
        ]
        for (name, size) in sizes where !(1...EncoderConfiguration.maxSize).contains(size) {
            throw .badConfiguration(
                key: name, found: "\(size)", expected: "1 to \(EncoderConfiguration.maxSize)")
        }
        guard (0...EncoderConfiguration.maxSize).contains(tokenTypes) else {
            throw .badConfiguration(
                key: "number of token types", found: "\(tokenTypes)",
                expected: "0 to \(EncoderConfiguration.maxSize)")
        }
        guard hidden % heads == 0 else {
            throw .badConfiguration(
                key: "hidden size", found: "\(hidden)",
                expected: "a multiple of the number of heads, \(heads)")
        }
        guard layerNormEpsilon >= 0, layerNormEpsilon < 1 else {
            throw .badConfiguration(
                key: architecture.keys.layerNormEpsilon ?? "layer_norm_eps", found: "\(layerNormEpsilon)",
                expected: "0 to 1")
        }
        guard (0...EncoderConfiguration.maxInitializerRange).contains(initializerRange) else {
            throw .badConfiguration(
                key: "initializer_range", found: "\(initializerRange)",
                expected: "0 to \(EncoderConfiguration.maxInitializerRange)")
        }
        let least = architecture.numbering == .afterPadding ? 0 : -vocabulary
        if let token = paddingToken, !(least..<vocabulary).contains(token) {
            throw .badConfiguration(
                key: "pad_token_id", found: "\(token)", expected: "0 to \(vocabulary - 1), or null")
        }
        guard maxPositions >= 1 else {
            throw .badConfiguration(
                key: "number of positions", found: "\(statedPositions)",
                expected:
                    "more than \(statedPositions - maxPositions), as those of tokens begin after pad_token_id"
            )
        }
    }
}

extension EncoderConfiguration {
    /// The longest sequence, in tokens.
    public var maxPositions: Int {
        statedPositions - architecture.numbering.unusedRows(padding: paddingToken)
    }

    /// The sizes that decide the shapes of an encoder's tensors; `layers` is as stated, however few are to be built.
    public enum Size: Sendable {
        case vocabulary, hidden, embedding, layers, heads, intermediate, maxPositions, tokenTypes
    }

    /// A size with its key in `config.json`.
    public func axis(_ size: Size) -> Axis {
        let keys = architecture.keys
        return switch size {
        case .vocabulary: Axis(vocabulary, key: keys.vocabulary)
        case .hidden: Axis(hidden, key: keys.hidden)
        case .embedding: Axis(embedding, key: keys.embedding ?? keys.hidden)
        case .layers: Axis(statedLayers, key: keys.layers)
        case .heads: Axis(heads, key: keys.heads)
        case .intermediate: Axis(intermediate, key: keys.intermediate)
        case .maxPositions: Axis(statedPositions, key: keys.maxPositions)
        case .tokenTypes: Axis(tokenTypes, key: keys.tokenTypes)
        }
    }

    /// With no more layers to build than this.
    func limited(toLayers count: Int) -> EncoderConfiguration {
        var limited = self
        limited.layers = min(layers, count)
        return limited
    }

}

extension ConfigurationFile {
    fileprivate func required(_ key: String) throws(EncoderError) -> Int {
        guard let value = try integer(key) else {
            throw .badConfiguration(key: key, found: "nothing", expected: "a number")
        }
        return value
    }

    /// A probability of dropout: at 1 nothing is left.
    fileprivate func dropout(_ key: String) throws(EncoderError) -> Double? {
        guard let value = try number(key) else { return nil }
        guard value >= 0, value < 1 else {
            throw .badConfiguration(key: key, found: "\(value)", expected: "at least 0 and below 1")
        }
        return value
    }
}
