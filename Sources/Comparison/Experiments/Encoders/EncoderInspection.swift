import Encoders
import Foundation
import TextTokenizers

/// All that can be known of an encoder without its weights: so that what cannot be used is refused before anything is
/// fitted.
struct EncoderInspection {
    let folder: EncoderFolder
    private let checkpoint: Checkpoint

    /// - Throws: `EncoderError` for another architecture and for weights that lack a tensor, `TokenizerError`,
    ///   `ExperimentError.badEncoder`.
    init(_ folder: EncoderFolder) throws {
        self.folder = folder
        checkpoint = try Checkpoint(folder: folder.url)
        try checkpoint.checkShapes()
        try WordPieceTokenizer(folder: folder.url)
            .check(modelVocabularySize: checkpoint.configuration.vocabulary)
        for module in folder.modules.dense {
            _ = try SentenceDense.Configuration(folder.root.appendingPathComponent(module))
        }
    }

    /// Throws where this pooling cannot be had of the encoder as it is.
    func check(pooling: Pooling) throws(EncoderError) {
        if pooling == .pooler && !checkpoint.hasPooler { throw .noPooler }
    }
}

/// What to tell of a length that is stated and cannot be had.
func lengthNotice(stated: Int?, positions: Int) -> String? {
    guard let stated, stated > positions else { return nil }
    return
        "max-length is \(stated), but the encoder has \(positions) positions: texts are cut at \(positions) tokens"
}
