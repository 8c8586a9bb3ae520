import LinearAlgebra

/// The tokens' vectors between the embeddings and the layers of a network, in a pass that asks how a result depends on them.
///
/// E is the width of the embeddings, which a projection after them may bring to that of the layers.
final class EmbeddedTokens {
    /// What the layers read in place of what the embeddings make; nil for that itself. Shape: [T, E].
    var replacement: [Float]?
    /// What the embeddings made; empty where they did not tell. Shape: [T, E].
    private(set) var vectors: [Float] = []
    /// The gradient of what the layers read; empty where the pass did not go back that far. Shape: [T, E].
    private(set) var gradient: [Float] = []

    fileprivate func pass(_ x: FloatRows) {
        vectors = EmbeddedTokens.values(of: x)
        guard let replacement else { return }
        precondition(replacement.count == vectors.count)
        replacement.withUnsafeBufferPointer { from in
            guard let from = from.baseAddress else { return }
            for row in 0..<x.rows { x[row].update(from: from + row * x.columns, count: x.columns) }
        }
    }

    fileprivate func keep(gradient d: FloatRows) { gradient = EmbeddedTokens.values(of: d) }

    private static func values(of x: FloatRows) -> [Float] {
        (0..<x.rows).flatMap { UnsafeBufferPointer(start: x[$0], count: x.columns) }
    }
}

extension Pass {
    /// Tells what the embeddings make of a block's tokens. Embeddings call it at the end of their forward, before the layers
    /// read `x`, which may be replaced.
    /// - Parameter x: Shape: [T, E].
    public func embedded(_ x: FloatRows) { embeddedTokens?.pass(x) }

    /// Tells the gradient of what the layers read. Embeddings call it at the start of their backward.
    /// - Parameter d: Shape: [T, E].
    public func embedded(gradient d: FloatRows) { embeddedTokens?.keep(gradient: d) }
}
