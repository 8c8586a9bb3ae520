import Encoders
import Foundation
import LinearAlgebra

/// Texts as the vectors that an encoder makes of them, taken from a store where there is one.
struct EncodedTexts: Sendable {
    let encoder: TextEncoder
    let view: EncodingOptions
    let store: FeatureStore?
    /// Told what was not encoded because it was stored.
    var work = KeptWorkMeter()
    /// Told how many of the texts that had to be encoded are done; may throw to stop.
    var progress: @Sendable (_ done: Int, _ of: Int) throws -> Void = { _, _ in }

    /// The vector of each text. Shape: [texts, width].
    func matrix(of texts: [String]) throws -> Matrix<Float> {
        let vectors: [Float]
        if let store {
            let (stored, kept) = try store.vectors(of: texts, computing: encode)
            vectors = stored
            if let kept { work.add(kept) }
        } else {
            vectors = try encode(texts, 0, texts.count)
        }
        return Matrix(rowCount: texts.count, columnCount: encoder.width, values: vectors)
    }

    private func encode(_ texts: [String], _ before: Int, _ total: Int) throws -> [Float] {
        try encoder.encode(texts, view) { done, _ in try progress(before + done, total) }.values
    }
}
