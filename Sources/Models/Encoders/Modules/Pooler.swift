import LinearAlgebra

/// A linear layer and a function of every element, of one vector of each sequence: BERT's pooler with tanh, or the first
/// layer of a head of two, DistilBERT's with ReLU, RoBERTa's with tanh and ELECTRA's with GELU. A norm may follow, as in
/// ModernBERT's head.
public struct Pooler: Module {
    /// H to H.
    public var linear: Linear
    /// What follows the activation; nil for nothing.
    public var norm: LayerNorm?
    public let activation: Activation
    /// The vector of a sequence that it is applied to: `.cls` or `.mean`.
    public let reads: Pooling
    private let inputDropout: DropoutKind?
    private let names: Names

    /// The names of its parts in a checkpoint, below its own.
    public struct Names: Sendable {
        public var linear, norm: String

        public init(linear: String = "", norm: String = "norm") {
            self.linear = linear
            self.norm = norm
        }
    }

    /// What forward leaves for backward.
    public struct Activations: Sendable {
        /// What is read, after dropout. Shape: [B, H].
        let x: FloatRows
        let dropout: Dropout?
        /// linear(x). Shape: [B, H].
        let sum: FloatRows
        /// activation(linear(x)). Shape: [B, H].
        let activated: FloatRows
    }

    /// - Parameters:
    ///   - inputDropout: How training drops elements of x; nil if it does not.
    ///   - hasBias: Whether the linear layer has one.
    /// - Precondition: `reads` is no pooler itself.
    public init(
        hidden: Axis, activation: Activation, inputDropout: DropoutKind? = nil, hasBias: Bool = true,
        norm: LayerNorm? = nil, reads: Pooling = .cls, names: Names = Names()
    ) {
        precondition(reads != .pooler)
        linear = Linear(inputs: hidden, outputs: hidden, hasBias: hasBias)
        self.norm = norm
        self.activation = activation
        self.reads = reads
        self.inputDropout = inputDropout
        self.names = names
    }

    public mutating func visit(_ visitor: ParameterVisitor) {
        linear.visit(visitor.at(names.linear))
        norm?.visit(visitor.at(names.norm))
    }

    /// The names of its parts where its own is this one.
    func names(below name: String) -> Names {
        Names(linear: names.linear.isEmpty ? name : "\(name).\(names.linear)", norm: "\(name).\(names.norm)")
    }

    /// y = norm(activation(linear(dropped(x)))).
    /// - Parameters:
    ///   - x: Shape: [B, H].
    ///   - y: Shape: [B, H]; overwritten.
    public func forward(_ x: FloatRows, into y: FloatRows, _ pass: Pass) -> Activations {
        var read = x
        let dropout = inputDropout.flatMap { pass.dropout($0) }
        if let dropout {
            read = pass.rows(x.rows, columns: x.columns)
            Rows.copy(x, to: read)
            dropout.apply(read, firstRow: 0)
        }
        let sum = pass.kept(y.rows, columns: y.columns) ?? y
        let activated = norm == nil ? y : pass.kept(y.rows, columns: y.columns) ?? y
        linear.forward(read, into: sum, activation: activation, activated: activated, pass)
        norm?.forward(activated, into: y, pass)
        return Activations(x: read, dropout: dropout, sum: sum, activated: activated)
    }

    /// y = norm(activation(linear(dropped(x)))).
    /// - Parameters:
    ///   - d: dY; overwritten. Shape: [B, H].
    ///   - dX: Overwritten. Shape: [B, H].
    public func backward(
        _ activations: Activations, gradient d: FloatRows, into dX: FloatRows?, _ pass: Pass
    ) {
        norm?.backward(activations.activated, gradient: d, pass)
        // The derivative of tanh is taken from its value.
        activation.backward(activation == .tanh ? activations.activated : activations.sum, gradient: d)
        linear.backward(activations.x, gradient: d, into: dX, pass)
        if let dX { activations.dropout?.apply(dX, firstRow: 0) }
    }
}
