import Tensors

/// y = outer(activation(inner(x))), for each token by itself.
package struct FeedForward: Sendable {
    /// H to I.
    package let inner: Linear
    /// I to H.
    package let outer: Linear
    package let activation: Activation

    package init(_ checkpoint: Checkpoint, layer: Int) throws(EncoderError) {
        let sizes = checkpoint.configuration
        let keys = checkpoint.keys
        inner = try checkpoint.linear(
            keys.name(of: .innerProduct, layer: layer), inputs: sizes.hidden, outputs: sizes.inner)
        outer = try checkpoint.linear(
            keys.name(of: .outerProduct, layer: layer), inputs: sizes.inner, outputs: sizes.hidden)
        activation = sizes.activation.activation
    }

    /// - Parameters:
    ///   - x: Shape: [rows, H].
    ///   - y: Shape: [rows, H]; overwritten.
    package func forward(_ x: FloatRows, into y: FloatRows, _ work: Workspace) {
        let between = work.inner(rows: x.rows)
        inner.forward(x, into: between, activation: activation, parallel: work.parallel)
        outer.forward(between, into: y, parallel: work.parallel)
    }
}
