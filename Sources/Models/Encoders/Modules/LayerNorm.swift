import LinearAlgebra

/// Layer normalisation (Ba et al. 2016): y = (z - mean) / √(variance + epsilon) * weight + bias, over the elements of a row;
/// z = x, or x + residual. It may be without a bias.
public struct LayerNorm: Module {
    /// Shape: [width].
    public var weight: Parameter
    /// Nil in a norm without. Shape: [width].
    public var bias: Parameter?
    public let epsilon: Float
    /// What takes a missing bias' place. Shape: [width].
    private let zeros: FloatBuffer?

    public var width: Int { weight.shape[0].size }

    public init(width: Axis, epsilon: Float, hasBias: Bool = true) {
        weight = .vector(width, startingAt: 1)
        bias = hasBias ? .vector(width) : nil
        zeros = hasBias ? nil : FloatBuffer(count: PanelMatrix.padded(width.size))
        self.epsilon = epsilon
    }

    /// Checkpoints that came from TensorFlow call the two gamma and beta.
    public mutating func visit(_ visitor: ParameterVisitor) {
        visitor.visit("weight", formerly: "gamma", &weight)
        if var bias {
            self.bias = nil
            visitor.visit("bias", formerly: "beta", &bias)
            self.bias = bias
        }
    }

    /// Sets the weight to 1 and the bias to 0, as a new norm has them.
    package mutating func reset() {
        let width = width
        weight.set(Array(repeating: 1, count: width))
        bias?.set(Array(repeating: 0, count: width))
    }

    /// Rows that a thread takes at once.
    private static let rowBlock = 64

    /// - Parameters:
    ///   - x: Shape: [rows, width].
    ///   - residual: Shape: [rows, width].
    ///   - sums: z, if it is to be kept for the backward pass; may be x. Shape: [rows, width].
    ///   - y: Shape: [rows, width]; overwritten; may be x.
    ///   - dropout: Of x, before the residual is added.
    public func forward(
        _ x: FloatRows, plus residual: FloatRows? = nil, keeping sums: FloatRows? = nil, into y: FloatRows,
        dropout: Dropout? = nil, _ pass: Pass
    ) {
        guard let bias = bias?.values ?? zeros else { preconditionFailure("neither a bias nor zeros") }
        let (weight, epsilon) = (weight.values, epsilon)
        pass.team.blocks(of: x.rows, blockSize: LayerNorm.rowBlock) { rows, _ in
            dropout?.apply(x[rows: rows], firstRow: rows.lowerBound)
            Rows.normalize(
                x[rows: rows], plus: residual?[rows: rows], keeping: sums?[rows: rows], weight: weight,
                bias: bias, epsilon: epsilon, into: y[rows: rows])
        }
    }

    /// With n = (z - mean) / √(variance + epsilon), y = n * weight + bias: dWeight = Σ dY * n, dBias = Σ dY, and
    /// dZ = (g - mean(g) - n * mean(g * n)) / √(variance + epsilon), where g = dY * weight.
    ///
    /// Sums over rows are made by blocks of rows, and then over the blocks in order.
    /// - Parameters:
    ///   - z: What forward kept. Shape: [rows, width].
    ///   - d: dY; overwritten with dZ. Shape: [rows, width].
    ///   - dX: Overwritten: dZ where the dropout of x kept an element. Shape: [rows, width].
    public func backward(
        _ z: FloatRows, gradient d: FloatRows, into dX: FloatRows? = nil, dropout: Dropout? = nil,
        _ pass: Pass
    ) {
        let mark = pass.mark
        let blocks = (d.rows + LayerNorm.rowBlock - 1) / LayerNorm.rowBlock
        let sums = pass.rows(blocks, columns: 2 * width)
        let (weight, epsilon, width) = (weight.values, epsilon, width)
        pass.team.blocks(of: d.rows, blockSize: LayerNorm.rowBlock) { rows, _ in
            let partial = sums[rows.lowerBound / LayerNorm.rowBlock]
            partial.update(repeating: 0, count: 2 * width)
            Rows.normalizeBackward(
                z[rows: rows], weight: weight, epsilon: epsilon, gradient: d[rows: rows], dWeight: partial,
                dBias: partial + width)
            if let dX {
                Rows.copy(d[rows: rows], to: dX[rows: rows])
                dropout?.apply(dX[rows: rows], firstRow: rows.lowerBound)
            }
        }
        pass.addRows(sums[columns: 0..<width], toGradientOf: self.weight)
        if let bias { pass.addRows(sums[columns: width..<2 * width], toGradientOf: bias) }
        pass.release(to: mark)
    }
}

extension Pass {
    /// The parameter's gradient += each row, in order.
    fileprivate func addRows(_ rows: FloatRows, toGradientOf parameter: Parameter) {
        addGradient(of: parameter) { total in
            for row in 0..<rows.rows {
                let part = rows[row]
                for i in 0..<rows.columns { total[i] += part[i] }
            }
        }
    }
}
