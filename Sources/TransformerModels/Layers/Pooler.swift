import Tensors

/// y = tanh(linear(x)) of a sequence's first token.
package struct Pooler: Sendable {
    package let linear: Linear

    package init(_ checkpoint: Checkpoint) throws(EncoderError) {
        let hidden = checkpoint.configuration.hidden
        linear = try checkpoint.linear(checkpoint.keys.pooler, inputs: hidden, outputs: hidden)
    }

    /// - Parameters:
    ///   - x: The first tokens. Shape: [B, H].
    ///   - y: Shape: [B, H]; overwritten.
    package func forward(_ x: FloatRows, into y: FloatRows, parallel: Bool) {
        linear.forward(x, into: y, activation: .tanh, parallel: parallel)
    }
}
