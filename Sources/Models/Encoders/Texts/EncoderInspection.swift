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

    /// What draws layers anew, and what gives them learning rates of their own, as experiments name it.
    static let reinitializing = "reinitialize-layers"
    static let decaying = "layer-decay"
    /// What freezes a number of layers, as experiments name it.
    static let freezing = "freeze.layers"
    /// Low-rank adaptation, as experiments name it.
    static let adapting = "lora"

    /// Throws where the encoder has no parts that can be trained so.
    /// - Parameter drawn: The top layers to draw anew.
    package func check(_ training: TrainingOptions, reinitializing drawn: Int) throws(EncoderError) {
        var network = checkpoint?.network
        // Layers that share weights, or cannot be told apart, are counted by the network itself.
        if case .layers(let lowest) = training.freezing, layerCount > 0 {
            try require(lowest, for: EncoderInspection.freezing)
        }
        try network?.freeze(training.freezing)
        try check(layersFor: training, reinitializing: drawn)
        guard let adaptation = training.lowRank else { return }
        try require(1, for: EncoderInspection.adapting)
        if drawn > 0 { throw .adaptedAndDrawn(drawn: drawn) }
        do {
            try network?.adapt(adaptation)
        } catch {
            throw .inFile(path: folder.path, error)
        }
    }

    private var layerCount: Int { checkpoint?.network.layerCount ?? 0 }

    private func require(_ needed: Int, for option: String) throws(EncoderError) {
        if layerCount < needed {
            throw .inFile(
                path: folder.path, .tooFewLayers(option: option, needed: needed, found: layerCount))
        }
    }

    /// Throws where layers cannot be drawn anew or have learning rates of their own.
    private func check(
        layersFor training: TrainingOptions, reinitializing drawn: Int
    ) throws(EncoderError) {
        if training.layerDecay != 1 { try require(1, for: EncoderInspection.decaying) }
        if drawn == 0 { return }
        try require(drawn, for: EncoderInspection.reinitializing)
        let frozen = training.freezing.layerCount(of: layerCount) ?? 0
        if frozen + drawn > layerCount {
            throw .frozenAndDrawn(frozen: frozen, drawn: drawn, layers: layerCount)
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
