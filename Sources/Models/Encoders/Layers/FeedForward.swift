import LinearAlgebra

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
    ///   - values: Overwritten: `innerSum` = inner(x), `inner` = activation of it.
    ///   - y: Shape: [rows, H]; overwritten.
    package func forward(_ x: FloatRows, _ values: LayerValues, into y: FloatRows, _ team: Team) {
        inner.forward(x, into: values.innerSum, activation: activation, activated: values.inner, team)
        outer.forward(values.inner, into: y, team)
    }

    /// y = outer(activation(inner(x))).
    /// - Parameters:
    ///   - d: dY. Shape: [rows, H].
    ///   - dX: Added to. Shape: [rows, H].
    package func backward(
        _ x: FloatRows, _ values: LayerValues, gradient d: FloatRows, into dX: FloatRows,
        _ parameters: LayerParameters, _ memory: BackwardMemory, _ team: Team
    ) {
        let dInner = memory.inner(rows: x.rows)
        outer.backward(values.inner, gradient: d, parameters.outer, into: dInner, team)
        team.blocks(of: x.rows, blockSize: FeedForward.rowBlock) { rows, _ in
            activation.backward(values.innerSum[rows: rows], gradient: dInner[rows: rows])
        }
        inner.backward(x, gradient: dInner, parameters.inner, into: dX, accumulating: true, team)
    }

    /// Rows of a thread's part of the activation.
    private static let rowBlock = 16
}
