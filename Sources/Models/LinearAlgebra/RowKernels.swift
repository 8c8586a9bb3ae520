import CKernels

/// Functions of whole rows.
public enum Rows {
    /// z = x + residual, y = (z - mean) / √(variance + epsilon) * weight + bias. All of shape [rows, width].
    /// - Parameters:
    ///   - sums: z, if it is to be kept; may be x.
    ///   - y: May be x, and z.
    public static func normalize(
        _ x: FloatRows, plus residual: FloatRows?, keeping sums: FloatRows? = nil, weight: FloatBuffer,
        bias: FloatBuffer, epsilon: Float, into y: FloatRows
    ) {
        let sums = sums ?? y
        precondition(x.rows == y.rows && x.columns == y.columns)
        precondition(sums.rows == y.rows && sums.columns == y.columns)
        precondition(weight.count >= x.columns && bias.count >= x.columns)
        if let residual { precondition(residual.rows == x.rows && residual.columns == x.columns) }
        ck_layer_norm_rows(
            x.pointer, x.stride, residual?.pointer, residual?.stride ?? 0, sums.pointer, sums.stride,
            weight.pointer, bias.pointer, epsilon, y.pointer, y.stride, x.rows, x.columns)
    }

    /// dY becomes dZ; dWeight and dBias are added to.
    /// - Parameters:
    ///   - z: What was normalised. Shape: [rows, width].
    ///   - d: Shape: [rows, width].
    public static func normalizeBackward(
        _ z: FloatRows, weight: FloatBuffer, epsilon: Float, gradient d: FloatRows,
        dWeight: UnsafeMutablePointer<Float>,
        dBias: UnsafeMutablePointer<Float>
    ) {
        precondition(z.rows == d.rows && z.columns == d.columns && weight.count >= z.columns)
        ck_layer_norm_backward_rows(
            z.pointer, z.stride, weight.pointer, epsilon, d.pointer, d.stride, dWeight, dBias, z.rows,
            z.columns)
    }

    /// y += x. Both of shape [rows, columns].
    public static func add(_ x: FloatRows, to y: FloatRows) {
        precondition(x.rows == y.rows && x.columns == y.columns)
        ck_add_rows(x.pointer, x.stride, y.pointer, y.stride, x.rows, x.columns)
    }

    /// z = x * y, element by element. All of shape [rows, columns].
    /// - Parameter z: May be x or y.
    public static func multiply(_ x: FloatRows, _ y: FloatRows, into z: FloatRows) {
        precondition(x.rows == z.rows && x.columns == z.columns && y.rows == z.rows && y.columns == z.columns)
        ck_multiply_rows(
            x.pointer, x.stride, y.pointer, y.stride, z.pointer, z.stride, z.rows, z.columns)
    }

    /// y[i, j] += diagonal[j - i].
    /// - Parameters:
    ///   - diagonal: The number of j = i, with those of smaller j - i before it and of larger ones after it; as many after it
    ///     as fill the last panel of y, with anything in them.
    ///   - y: Shape: [rows, columns], with room for whole panels, of which the rest may change.
    public static func addDiagonals(_ diagonal: UnsafePointer<Float>, to y: FloatRows) {
        precondition(y.stride >= PanelMatrix.padded(y.columns))
        // A row's numbers stand one to the left of those of the row above.
        ck_add_rows(diagonal, -1, y.pointer, y.stride, y.rows, PanelMatrix.padded(y.columns))
    }

    /// y[i, j] = x[i, j] + diagonal[j - i]: dDiagonal[j - i] += dY[i, j].
    public static func addDiagonals(gradient d: FloatRows, to diagonal: UnsafeMutablePointer<Float>) {
        ck_add_rows(d.pointer, d.stride, diagonal, -1, d.rows, d.columns)
    }

    /// y = x. Both of shape [rows, columns].
    public static func copy(_ x: FloatRows, to y: FloatRows) {
        precondition(x.rows == y.rows && x.columns == y.columns)
        for row in 0..<x.rows { y[row].update(from: x[row], count: x.columns) }
    }

    /// Each row becomes its softmax after a multiplication by `scale`. The rows have room for whole panels.
    public static func softmax(_ x: FloatRows, scale: Float) {
        precondition(x.columns > 0 && x.stride >= PanelMatrix.padded(x.columns))
        ck_softmax_rows(x.pointer, x.rows, x.columns, x.stride, scale)
    }

    /// p = softmax(scale x): dP becomes dX.
    public static func softmaxBackward(_ p: FloatRows, gradient d: FloatRows, scale: Float) {
        precondition(p.rows == d.rows && p.columns == d.columns)
        ck_softmax_backward_rows(p.pointer, p.stride, d.pointer, d.stride, p.rows, p.columns, scale)
    }
}
