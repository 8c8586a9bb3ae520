import Foundation
import Tensors

/// Texts as the vectors that an encoder makes of them, taken from a store where there is one.
struct EncodedTexts: Sendable {
    let encoder: TextEncoder
    let view: FrozenEncoderView
    let store: FeatureStore?

    /// The vector of each text. Shape: [texts, H].
    func matrix(of texts: [String]) throws -> Matrix<Float> {
        let vectors = try store?.vectors(of: texts, computing: encode) ?? encode(texts)
        return Matrix(rowCount: texts.count, columnCount: encoder.width, values: vectors)
    }

    private func encode(_ texts: [String]) throws -> [Float] {
        try encoder.embed(
            texts, pooling: view.pooling, normalize: view.normalize, maxLength: view.maxLength)
    }
}
