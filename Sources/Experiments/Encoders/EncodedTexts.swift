import Foundation
import Tensors

/// Texts as the vectors that an encoder makes of them, taken from a store where there is one.
struct EncodedTexts: Sendable {
    let encoder: TextEncoder
    let view: FrozenEncoderView
    let store: FeatureStore?
    /// Told how many of the texts that had to be encoded are done; may throw to stop.
    var progress: @Sendable (_ done: Int, _ of: Int) throws -> Void = { _, _ in }

    /// The vector of each text. Shape: [texts, width].
    func matrix(of texts: [String]) throws -> Matrix<Float> {
        let vectors = try store?.vectors(of: texts, computing: encode) ?? encode(texts, 0, texts.count)
        return Matrix(rowCount: texts.count, columnCount: encoder.width, values: vectors)
    }

    private func encode(_ texts: [String], _ before: Int, _ total: Int) throws -> [Float] {
        try encoder.embed(texts, view) { done, _ in try progress(before + done, total) }
    }
}
