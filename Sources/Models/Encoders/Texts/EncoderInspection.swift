import Foundation
import LinearAlgebra
import TextTokenizers

/// All that can be known of an encoder's folder without reading its weights: so that what cannot be used is refused
/// before anything is fitted.
package struct EncoderInspection {
    package let modules: SentenceModules
    private let folder: URL
    /// Nil for static embeddings.
    private let checkpoint: Checkpoint?

    /// Whether the folder holds a table of token vectors rather than a network.
    package var isStatic: Bool { checkpoint == nil }

    /// - Throws: `EncoderError` for another architecture, for weights that lack a tensor and for modules that are not
    ///   understood; `TokenizerError`.
    package init(folder: URL, architectures: EncoderArchitectures = .standard) throws {
        self.folder = folder
        modules = try SentenceModules(folder)
        if let place = try StaticFolder(folder, modules) {
            checkpoint = nil
            _ = try place.bag()
        } else {
            let transformer = modules.transformerFolder(in: folder)
            let checkpoint = try Checkpoint(folder: transformer, architectures: architectures)
            try checkpoint.checkShapes()
            try TextTokenizer(folder: transformer)
                .check(modelVocabularySize: checkpoint.configuration.vocabulary)
            self.checkpoint = checkpoint
        }
        for module in modules.dense {
            _ = try SentenceDense.Configuration(folder.appendingPathComponent(module))
        }
    }

    /// Throws where this pooling cannot be had of the encoder as it is.
    /// - Parameter pooling: Nil for the folder's own.
    package func check(pooling: Pooling?) throws(EncoderError) {
        guard let checkpoint else {
            if let pooling, pooling != .mean { throw .inFile(path: folder.path, .notAMean(pooling)) }
            return
        }
        if pooling ?? modules.pooling == .pooler && !checkpoint.hasPooler { throw .noPooler }
    }

    /// Throws where the encoder cannot be of this precision.
    package func check(precision: Precision) throws(EncoderError) {
        if isStatic && precision != .f32 { throw .inFile(path: folder.path, .notMultiplied(precision)) }
    }

    /// Throws where these parts cannot be frozen without others.
    package func check(freezing: Freezing) throws(EncoderError) {
        var network = checkpoint?.network
        try network?.freeze(freezing)
    }

    /// What draws layers anew, and what gives them learning rates of their own, as experiments name it.
    static let reinitializing = "reinitialize-layers"
    static let decaying = "layer-decay"
    /// Low-rank adaptation, as experiments name it.
    static let adapting = "lora"

    /// Throws where layers cannot be drawn anew or have learning rates of their own.
    /// - Parameter drawn: The top layers to draw anew.
    package func check(
        reinitializing drawn: Int, freezing: Freezing, layerDecay: Double
    ) throws(EncoderError) {
        let layers = checkpoint?.network.layerCount ?? 0
        func require(_ needed: Int, _ option: String) throws(EncoderError) {
            if layers < needed {
                throw .inFile(path: folder.path, .tooFewLayers(option: option, needed: needed, found: layers))
            }
        }
        if layerDecay != 1 { try require(1, EncoderInspection.decaying) }
        if drawn == 0 { return }
        try require(drawn, EncoderInspection.reinitializing)
        let frozen = freezing.layerCount(of: layers) ?? 0
        if frozen + drawn > layers {
            throw .frozenAndDrawn(frozen: frozen, drawn: drawn, layers: layers)
        }
    }

    /// Throws where the encoder has no such matrices to adapt.
    package func check(_ adaptation: LowRankAdaptation?, reinitializing drawn: Int) throws(EncoderError) {
        guard let adaptation else { return }
        guard let network = checkpoint?.network else {
            throw .inFile(
                path: folder.path, .tooFewLayers(option: EncoderInspection.adapting, needed: 1, found: 0))
        }
        if drawn > 0 { throw .adaptedAndDrawn(drawn: drawn) }
        func adapt(_ network: some EncoderNetwork) throws(EncoderError) {
            var network = network
            try network.adapt(adaptation)
        }
        do {
            try adapt(network)
        } catch {
            throw .inFile(path: folder.path, error)
        }
    }

    /// Throws unless the folder is of the kind that a contestant is made of.
    /// - Parameter isStatic: Whether static embeddings are expected.
    package func require(isStatic: Bool) throws(EncoderError) {
        if self.isStatic == isStatic { return }
        throw .badFolder(
            path: folder.path,
            reason: isStatic
                ? "it holds a network, expected static embeddings; a network goes with `model: frozen-encoder` or `fine-tuned`"
                : "it holds static embeddings, expected a network; they go with `model: static-embedding`, with `training:` to "
                    + "train their table")
    }
}
