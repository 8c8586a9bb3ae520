import CKernels

/// A function of single elements.
public enum Activation: Sendable, Equatable {
    /// x (1 + erf(x / √2)) / 2: Hugging Face's `gelu`.
    case geluExact
    /// x (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2: Hugging Face's `gelu_new` and its other names.
    case geluTanh
    case relu
    case tanh

    /// y = the function of x, element by element. Both of one shape.
    /// - Parameter y: May be x.
    public func apply(_ x: FloatRows, into y: FloatRows) {
        precondition(x.rows == y.rows && x.columns == y.columns)
        switch self {
        case .geluExact: ck_gelu_erf(x.pointer, x.stride, y.pointer, y.stride, x.rows, x.columns)
        case .geluTanh: ck_gelu_tanh(x.pointer, x.stride, y.pointer, y.stride, x.rows, x.columns)
        case .relu: ck_relu(x.pointer, x.stride, y.pointer, y.stride, x.rows, x.columns)
        case .tanh: ck_tanh(x.pointer, x.stride, y.pointer, y.stride, x.rows, x.columns)
        }
    }

    /// Of one panel, from `column` on; the rows have room for it.
    func apply(_ x: FloatRows, into y: FloatRows, column: Int) {
        let panel = { (rows: FloatRows) in
            FloatRows(
                rows.pointer + column, rows: rows.rows, columns: PanelMatrix.panel, stride: rows.stride)
        }
        apply(panel(x), into: panel(y))
    }

    /// dX = dY * the derivative at x, for `.tanh` taken from y = tanh x. All of one shape.
    /// - Parameter d: dY; overwritten with dX.
    public func backward(_ x: FloatRows, gradient d: FloatRows) {
        precondition(x.rows == d.rows && x.columns == d.columns)
        switch self {
        case .geluExact: ck_gelu_erf_backward(x.pointer, x.stride, d.pointer, d.stride, d.rows, d.columns)
        case .geluTanh: ck_gelu_tanh_backward(x.pointer, x.stride, d.pointer, d.stride, d.rows, d.columns)
        case .relu: ck_relu_backward(x.pointer, x.stride, d.pointer, d.stride, d.rows, d.columns)
        case .tanh: ck_tanh_backward(x.pointer, x.stride, d.pointer, d.stride, d.rows, d.columns)
        }
    }
}
