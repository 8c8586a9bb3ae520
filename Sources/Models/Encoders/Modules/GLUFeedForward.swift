import LinearAlgebra

/// A feed-forward layer with a gate (Shazeer 2020, GEGLU and its kin): with a and b the halves of input(x),
/// y = output(dropped(activation(a) ∘ b)), for each token by itself.
public struct GLUFeedForward: Module {
    /// H to 2 I.
    public var input: Linear
    /// I to H.
    public var output: Linear
    public let activation: Activation
    private let names: Names

    /// The names of the two linear layers in a checkpoint.
    public struct Names: Sendable {
        public var input, output: String

        public init(input: String, output: String) {
            self.input = input
            self.output = output
        }
    }

    /// What forward leaves for backward.
    public struct Activations: Sendable {
        /// input(x). Shape: [rows, 2 I].
        let sums: FloatRows
        /// activation(a). Shape: [rows, I].
        let activated: FloatRows
        /// dropped(activation(a) ∘ b). Shape: [rows, I].
        let product: FloatRows
        let dropout: Dropout?
    }

    public init(
        hidden: Axis, intermediate: Axis, activation: Activation, hasBias: Bool, names: Names
    ) {
        input = Linear(
            inputs: hidden, outputs: Axis(2 * intermediate.size, key: intermediate.key), hasBias: hasBias)
        output = Linear(inputs: intermediate, outputs: hidden, hasBias: hasBias)
        self.activation = activation
        self.names = names
    }

    public mutating func visit(_ visitor: ParameterVisitor) {
        input.visit(visitor.at(names.input))
        output.visit(visitor.at(names.output))
    }

    private var I: Int { output.inputs }

    /// a, of input(x) or of its gradient. Shape: [rows, I].
    private func activatedHalf(_ sums: FloatRows) -> FloatRows { sums[columns: 0..<I] }
    /// b, of input(x) or of its gradient. Shape: [rows, I].
    private func gate(_ sums: FloatRows) -> FloatRows { sums[columns: I..<2 * I] }

    /// Rows of a thread's part of the activation.
    private static let rowBlock = 16

    /// - Parameters:
    ///   - x: Shape: [rows, H].
    ///   - y: Shape: [rows, H]; overwritten.
    public func forward(_ x: FloatRows, into y: FloatRows, _ pass: Pass) -> Activations {
        let sums = pass.rows(x.rows, columns: 2 * I)
        let (a, b) = (activatedHalf(sums), gate(sums))
        let activated = pass.kept(x.rows, columns: I) ?? a
        let product = pass.kept(x.rows, columns: I) ?? a
        let dropout = pass.dropout(.intermediate)
        input.forward(x, into: sums, pass)
        let activation = activation
        pass.team.blocks(of: x.rows, blockSize: GLUFeedForward.rowBlock) { rows, _ in
            activation.apply(a[rows: rows], into: activated[rows: rows])
            Rows.multiply(activated[rows: rows], b[rows: rows], into: product[rows: rows])
            dropout?.apply(product[rows: rows], firstRow: rows.lowerBound)
        }
        output.forward(product, into: y, pass)
        return Activations(sums: sums, activated: activated, product: product, dropout: dropout)
    }

    /// y = output(dropped(activation(a) ∘ b)): with p the product before dropout, dA = dP ∘ b ∘ activation'(a) and
    /// dB = dP ∘ activation(a).
    /// - Parameters:
    ///   - d: dY. Shape: [rows, H].
    ///   - dX: Overwritten. Shape: [rows, H].
    public func backward(
        _ x: FloatRows, _ activations: Activations, gradient d: FloatRows, into dX: FloatRows, _ pass: Pass
    ) {
        let mark = pass.mark
        let dProduct = pass.rows(x.rows, columns: I)
        let dSums = pass.rows(x.rows, columns: 2 * I)
        output.backward(activations.product, gradient: d, into: dProduct, pass)
        let (a, b) = (activatedHalf(activations.sums), gate(activations.sums))
        let (dA, dB) = (activatedHalf(dSums), gate(dSums))
        let activation = activation
        pass.team.blocks(of: x.rows, blockSize: GLUFeedForward.rowBlock) { rows, _ in
            activations.dropout?.apply(dProduct[rows: rows], firstRow: rows.lowerBound)
            Rows.multiply(dProduct[rows: rows], activations.activated[rows: rows], into: dB[rows: rows])
            Rows.multiply(dProduct[rows: rows], b[rows: rows], into: dA[rows: rows])
            activation.backward(a[rows: rows], gradient: dA[rows: rows])
        }
        input.backward(x, gradient: dSums, into: dX, pass)
        pass.release(to: mark)
    }

    /// Floats that forward keeps of each token.
    var activationsPerToken: Int { 4 * I }
}
