import LinearAlgebra

/// A linear layer and a function of every element, of a sequence's first token: BERT's pooler with tanh, or the first layer
/// of a head of two, DistilBERT's with ReLU and RoBERTa's with tanh.
public struct Pooler: Module {
    /// H to H.
    public var linear: Linear
    public let activation: Activation
    private let dropsInput: Bool

    /// What forward leaves for backward.
    public struct Activations: Sendable {
        /// The first tokens, after dropout. Shape: [B, H].
        let x: FloatRows
        let dropout: Dropout?
    }

    /// - Parameters:
    ///   - activation: One whose derivative follows from its value: tanh or ReLU.
    ///   - dropsInput: Whether training drops elements of x.
    public init(hidden: Axis, activation: Activation, dropsInput: Bool = false) {
        linear = Linear(inputs: hidden, outputs: hidden)
        self.activation = activation
        self.dropsInput = dropsInput
    }

    public mutating func visit(_ visitor: ParameterVisitor) { linear.visit(visitor) }

    /// y = activation(linear(dropped(x))).
    /// - Parameters:
    ///   - x: The first tokens. Shape: [B, H].
    ///   - y: Shape: [B, H]; overwritten.
    public func forward(_ x: FloatRows, into y: FloatRows, _ pass: Pass) -> Activations {
        var read = x
        let dropout = dropsInput ? pass.dropout(.classifier) : nil
        if let dropout {
            read = pass.rows(x.rows, columns: x.columns)
            Rows.copy(x, to: read)
            dropout.apply(read, firstRow: 0)
        }
        linear.forward(read, into: y, activation: activation, pass)
        return Activations(x: read, dropout: dropout)
    }

    /// y = activation(linear(dropped(x))).
    /// - Parameters:
    ///   - y: What forward found; tanh and ReLU have their derivatives from it. Shape: [B, H].
    ///   - d: dY; overwritten. Shape: [B, H].
    ///   - dX: Overwritten. Shape: [B, H].
    public func backward(
        _ activations: Activations, _ y: FloatRows, gradient d: FloatRows, into dX: FloatRows?, _ pass: Pass
    ) {
        activation.backward(y, gradient: d)
        linear.backward(activations.x, gradient: d, into: dX, pass)
        if let dX { activations.dropout?.apply(dX, firstRow: 0) }
    }
}
