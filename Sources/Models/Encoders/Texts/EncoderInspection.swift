import Foundation
import TextTokenizers

/// All that can be known of an encoder's folder without reading its weights: so that what cannot be used is refused
/// before anything is fitted.
package struct EncoderInspection {
    package let modules: SentenceModules
    private let checkpoint: Checkpoint

    /// - Throws: `EncoderError` for another architecture, for weights that lack a tensor and for modules that are not
    ///   understood; `TokenizerError`.
    package init(folder: URL, architectures: EncoderArchitectures = .standard) throws {
        modules = try SentenceModules(folder)
        let transformer = modules.transformerFolder(in: folder)
        checkpoint = try Checkpoint(folder: transformer, architectures: architectures)
        try checkpoint.checkShapes()
        try TextTokenizer(folder: transformer)
            .check(modelVocabularySize: checkpoint.configuration.vocabulary)
        for module in modules.dense {
            _ = try SentenceDense.Configuration(folder.appendingPathComponent(module))
        }
    }

    /// Throws where this pooling cannot be had of the encoder as it is.
    /// - Parameter pooling: Nil for the folder's own.
    package func check(pooling: Pooling?) throws(EncoderError) {
        if pooling ?? modules.pooling == .pooler && !checkpoint.hasPooler { throw .noPooler }
    }

    /// Throws where these parts cannot be frozen without others.
    package func check(freezing: Freezing) throws(EncoderError) {
        var network = checkpoint.network
        try network.freeze(freezing)
    }
}
