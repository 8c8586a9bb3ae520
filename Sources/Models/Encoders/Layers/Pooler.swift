import LinearAlgebra

/// y = activation(linear(x)) of a sequence's first token: BERT's pooler with tanh, or what DistilBERT's classifier has in
/// its place, with ReLU.
package struct Pooler: Sendable {
    package let linear: Linear
    package let activation: Activation

    package init(linear: Linear, activation: Activation) {
        self.linear = linear
        self.activation = activation
    }

    package init(_ checkpoint: Checkpoint) throws(EncoderError) {
        let hidden = checkpoint.configuration.hidden
        linear = try checkpoint.linear(checkpoint.keys.pooler, inputs: hidden, outputs: hidden)
        activation = checkpoint.configuration.family.poolerActivation
    }

    /// - Parameters:
    ///   - x: The first tokens. Shape: [B, H].
    ///   - y: Shape: [B, H]; overwritten.
    package func forward(_ x: FloatRows, into y: FloatRows, _ team: Team) {
        linear.forward(x, into: y, activation: activation, team)
    }

    /// y = activation(linear(x)).
    /// - Parameters:
    ///   - y: What forward found; tanh and ReLU have their derivatives from it. Shape: [B, H].
    ///   - d: dY; overwritten. Shape: [B, H].
    ///   - dX: Overwritten; nil if nothing below is trained. Shape: [B, H].
    package func backward(
        _ x: FloatRows, _ y: FloatRows, gradient d: FloatRows, into dX: FloatRows?,
        _ parameters: LinearParameters,
        _ team: Team
    ) {
        activation.backward(y, gradient: d)
        linear.backward(x, gradient: d, parameters, into: dX, team)
    }
}

extension BertConfiguration.Family {
    var poolerActivation: Activation {
        switch self {
        case .bert: .tanh
        case .distilbert: .relu
        }
    }
}
