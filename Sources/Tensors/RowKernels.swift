import CKernels

/// Functions of whole rows.
package enum Rows {
    /// y = (x + residual - mean) / √(variance + epsilon) * gain + shift. All of shape [rows, width]; y may be x.
    package static func normalize(
        _ x: FloatRows, plus residual: FloatRows?, gain: FloatBuffer, shift: FloatBuffer, epsilon: Float,
        into y: FloatRows
    ) {
        precondition(x.rows == y.rows && x.columns == y.columns)
        precondition(gain.count >= x.columns && shift.count >= x.columns)
        if let residual { precondition(residual.rows == x.rows && residual.columns == x.columns) }
        ck_layer_norm_rows(
            x.pointer, x.stride, residual?.pointer, residual?.stride ?? 0, gain.pointer, shift.pointer,
            epsilon,
            y.pointer, y.stride, x.rows, x.columns)
    }

    /// Each row becomes its softmax after a multiplication by `scale`. The rows have room for whole panels.
    package static func softmax(_ x: FloatRows, scale: Float) {
        precondition(x.columns > 0 && x.stride >= PanelMatrix.padded(x.columns))
        ck_softmax_rows(x.pointer, x.rows, x.columns, x.stride, scale)
    }
}
