import LinearAlgebra

/// The loss of pairs of vectors, as `CosineSimilarityLoss` of sentence-transformers computes it, and its gradient.
///
/// Of B pairs with vectors u and v and the similarity y it is Σ (c - y)² / B, where
/// c = u · v / (max(‖u‖, ε) max(‖v‖, ε)) is PyTorch's `cosine_similarity`.
public enum CosineSimilarityLoss {
    /// The norm below which a vector's norm counts as this: PyTorch's default.
    static let epsilon = 1e-8

    /// - Parameters:
    ///   - vectors: Shape: [V, H].
    ///   - pairs: Of rows of `vectors`, any row in any number of pairs; at least one pair.
    ///   - scale: The gradient is multiplied by it, the loss is not.
    ///   - dVectors: Overwritten. Shape: [V, H].
    public static func value(
        of vectors: FloatRows, _ pairs: [TextPair], scale: Double = 1, gradient dVectors: FloatRows
    ) -> Double {
        precondition(!pairs.isEmpty && dVectors.rows == vectors.rows && dVectors.columns == vectors.columns)
        let (V, H) = (vectors.rows, vectors.columns)
        let norms = (0..<V).map { row in
            let x = vectors[row]
            return (0..<H).reduce(0.0) { $0 + Double(x[$1]) * Double(x[$1]) }.squareRoot()
        }
        // In double precision, since a vector may be in all pairs.
        var d = [Double](repeating: 0, count: V * H)
        var loss = 0.0
        for pair in pairs {
            let (i, j) = (Int(pair.first), Int(pair.second))
            let (u, v) = (vectors[i], vectors[j])
            let (uNorm, vNorm) = (max(norms[i], epsilon), max(norms[j], epsilon))
            let product = uNorm * vNorm
            let cosine = (0..<H).reduce(0.0) { $0 + Double(u[$1]) * Double(v[$1]) } / product
            let difference = cosine - Double(pair.similarity)
            loss += difference * difference
            // dc/du = v / (‖u‖ ‖v‖) - c u / ‖u‖², without the second term where the norm is constant.
            let dCosine = scale * 2 * difference / Double(pairs.count)
            let uShare = norms[i] > epsilon ? cosine / (uNorm * uNorm) : 0
            let vShare = norms[j] > epsilon ? cosine / (vNorm * vNorm) : 0
            for k in 0..<H {
                let (a, b) = (Double(u[k]), Double(v[k]))
                d[i * H + k] += dCosine * (b / product - uShare * a)
                d[j * H + k] += dCosine * (a / product - vShare * b)
            }
        }
        for row in 0..<V { for k in 0..<H { dVectors[row][k] = Float(d[row * H + k]) } }
        return loss / Double(pairs.count)
    }
}
