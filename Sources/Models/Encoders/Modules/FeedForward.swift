import LinearAlgebra

/// A feed-forward layer: y = output(activation(intermediate(x))), for each token by itself.
public struct FeedForward: Module {
    /// H to I.
    public var intermediate: Linear
    /// I to H.
    public var output: Linear
    public let activation: Activation
    /// The names of the two linear layers in a checkpoint.
    private let names: Names

    /// The names of the two linear layers in a checkpoint.
    public struct Names: Sendable {
        public var intermediate, output: String

        public init(intermediate: String = "intermediate", output: String = "output") {
            self.intermediate = intermediate
            self.output = output
        }
    }

    /// What forward leaves for backward.
    public struct Activations: Sendable {
        /// intermediate(x). Shape: [rows, I].
        let sum: FloatRows
        /// activation(intermediate(x)). Shape: [rows, I].
        let activated: FloatRows
    }

    public init(hidden: Axis, intermediate: Axis, activation: Activation, names: Names = Names()) {
        self.intermediate = Linear(inputs: hidden, outputs: intermediate)
        output = Linear(inputs: intermediate, outputs: hidden)
        self.activation = activation
        self.names = names
    }

    public mutating func visit(_ visitor: ParameterVisitor) {
        intermediate.visit(visitor.at(names.intermediate))
        output.visit(visitor.at(names.output))
    }

    /// - Parameters:
    ///   - x: Shape: [rows, H].
    ///   - y: Shape: [rows, H]; overwritten.
    public func forward(_ x: FloatRows, into y: FloatRows, _ pass: Pass) -> Activations {
        let sum = pass.rows(x.rows, columns: intermediate.outputs)
        let activated = pass.kept(x.rows, columns: intermediate.outputs) ?? sum
        intermediate.forward(x, into: sum, activation: activation, activated: activated, pass)
        output.forward(activated, into: y, pass)
        return Activations(sum: sum, activated: activated)
    }

    /// y = output(activation(intermediate(x))).
    /// - Parameters:
    ///   - d: dY. Shape: [rows, H].
    ///   - dX: Added to. Shape: [rows, H].
    public func backward(
        _ x: FloatRows, _ activations: Activations, gradient d: FloatRows, addingTo dX: FloatRows,
        _ pass: Pass
    ) {
        let mark = pass.mark
        let dIntermediate = pass.rows(x.rows, columns: intermediate.outputs)
        output.backward(activations.activated, gradient: d, into: dIntermediate, pass)
        let (activation, sum) = (activation, activations.sum)
        pass.team.blocks(of: x.rows, blockSize: FeedForward.rowBlock) { rows, _ in
            activation.backward(sum[rows: rows], gradient: dIntermediate[rows: rows])
        }
        intermediate.backward(x, gradient: dIntermediate, into: dX, accumulating: true, pass)
        pass.release(to: mark)
    }

    /// Rows of a thread's part of the activation.
    private static let rowBlock = 16

    /// Floats that forward keeps of each token.
    var activationsPerToken: Int { 2 * intermediate.outputs }
}
