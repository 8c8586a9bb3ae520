import Tensors

/// y = (x - mean) / √(variance + epsilon) * gain + shift, over the elements of a row.
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

    /// The norm of x, or of x + residual.
    /// - Parameters:
    ///   - x: Shape: [rows, width].
    ///   - residual: Shape: [rows, width].
    ///   - y: Shape: [rows, width]; overwritten; may be x.
    package func forward(_ x: FloatRows, plus residual: FloatRows? = nil, into y: FloatRows) {
        Rows.normalize(x, plus: residual, gain: gain, shift: shift, epsilon: epsilon, into: y)
    }
}
