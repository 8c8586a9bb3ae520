import LinearAlgebra

/// A linear layer and a function of every element, of a sequence's first token: BERT's pooler with tanh, or the first layer
/// of DistilBERT's head with ReLU.
public struct Pooler: Module {
    /// H to H.
    public var linear: Linear
    public let activation: Activation

    /// - Parameter activation: One whose derivative follows from its value: tanh or ReLU.
    public init(hidden: Axis, activation: Activation) {
        linear = Linear(inputs: hidden, outputs: hidden)
        self.activation = activation
    }

    public mutating func visit(_ visitor: ParameterVisitor) { linear.visit(visitor) }

    /// y = activation(linear(x)).
    /// - Parameters:
    ///   - x: The first tokens. Shape: [B, H].
    ///   - y: Shape: [B, H]; overwritten.
    public func forward(_ x: FloatRows, into y: FloatRows, _ pass: Pass) {
        linear.forward(x, into: y, activation: activation, pass)
    }

    /// y = activation(linear(x)).
    /// - Parameters:
    ///   - y: What forward found; tanh and ReLU have their derivatives from it. Shape: [B, H].
    ///   - d: dY; overwritten. Shape: [B, H].
    ///   - dX: Overwritten. Shape: [B, H].
    public func backward(
        _ x: FloatRows, _ y: FloatRows, gradient d: FloatRows, into dX: FloatRows?, _ pass: Pass
    ) {
        activation.backward(y, gradient: d)
        linear.backward(x, gradient: d, into: dX, pass)
    }
}
