import CKernels

/// A function of single elements.
public enum Activation: Sendable, Equatable {
    /// x (1 + erf(x / √2)) / 2: Hugging Face's `gelu`.
    case geluExact
    /// x (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2: Hugging Face's `gelu_new` and its other names.
    case geluTanh
    case relu
    case tanh

    /// Of one panel, from `column` on.
    func apply(_ x: FloatRows, into y: FloatRows, column: Int) {
        let (from, to) = (x.pointer + column, y.pointer + column)
        switch self {
        case .geluExact: ck_gelu_erf(from, x.stride, to, y.stride, x.rows, PanelMatrix.panel)
        case .geluTanh: ck_gelu_tanh(from, x.stride, to, y.stride, x.rows, PanelMatrix.panel)
        case .relu: ck_relu(from, x.stride, to, y.stride, x.rows, PanelMatrix.panel)
        case .tanh: ck_tanh(from, x.stride, to, y.stride, x.rows, PanelMatrix.panel)
        }
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
