import LinearAlgebra

/// y = (z - mean) / √(variance + epsilon) * gain + shift, over the elements of a row; z = x, or x + residual.
package struct LayerNorm: Sendable {
    /// Shape: [width].
    package let gain: FloatBuffer
    /// Shape: [width].
    package let shift: FloatBuffer
    /// From the configuration.
    package let epsilon: Float
    package let width: Int

    package init(gain: FloatBuffer, shift: FloatBuffer, epsilon: Float, width: Int) {
        self.gain = gain
        self.shift = shift
        self.epsilon = epsilon
        self.width = width
    }

    /// Rows that a thread takes at once.
    private static let rowBlock = 64

    /// - Parameters:
    ///   - x: Shape: [rows, width].
    ///   - residual: Shape: [rows, width].
    ///   - sums: z, if it is to be kept for the backward pass; may be x. Shape: [rows, width].
    ///   - y: Shape: [rows, width]; overwritten; may be x.
    ///   - dropout: Of x, before the residual is added.
    package func forward(
        _ x: FloatRows, plus residual: FloatRows? = nil, keeping sums: FloatRows? = nil, into y: FloatRows,
        dropout: Dropout? = nil, _ team: Team
    ) {
        team.blocks(of: x.rows, blockSize: LayerNorm.rowBlock) { rows, _ in
            dropout?.apply(x[rows: rows], firstRow: rows.lowerBound)
            Rows.normalize(
                x[rows: rows], plus: residual?[rows: rows], keeping: sums?[rows: rows], gain: gain,
                shift: shift,
                epsilon: epsilon, into: y[rows: rows])
        }
    }

    /// With n = (z - mean) / √(variance + epsilon), y = n * gain + shift: dGain = Σ dY * n, dShift = Σ dY, and
    /// dZ = (g - mean(g) - n * mean(g * n)) / √(variance + epsilon), where g = dY * gain.
    ///
    /// Sums over rows are made by blocks of rows, and then over the blocks in order.
    /// - Parameters:
    ///   - z: What forward kept. Shape: [rows, width].
    ///   - d: dY; overwritten with dZ. Shape: [rows, width].
    ///   - branch: Overwritten with dX: dZ where the dropout of x kept an element. Shape: [rows, width].
    package func backward(
        _ z: FloatRows, gradient d: FloatRows, branch: FloatRows? = nil, dropout: Dropout? = nil,
        _ parameters: NormParameters, _ team: Team
    ) {
        let blocks = (d.rows + LayerNorm.rowBlock - 1) / LayerNorm.rowBlock
        let sums = parameters.blockSums(blocks)
        let size = 2 * width
        team.blocks(of: d.rows, blockSize: LayerNorm.rowBlock) { rows, _ in
            let partial = sums.pointer + rows.lowerBound / LayerNorm.rowBlock * size
            partial.update(repeating: 0, count: size)
            Rows.normalizeBackward(
                z[rows: rows], gain: gain, epsilon: epsilon, gradient: d[rows: rows], dGain: partial,
                dShift: partial + width)
            if let branch {
                Rows.copy(d[rows: rows], to: branch[rows: rows])
                dropout?.apply(branch[rows: rows], firstRow: rows.lowerBound)
            }
        }
        parameters.add(FloatRows(sums.pointer, rows: blocks, columns: size, stride: size))
    }
}
