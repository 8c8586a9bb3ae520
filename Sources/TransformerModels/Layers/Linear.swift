import Tensors

/// y = x Wᵀ + b, and a function of every element after it, if given.
package struct Linear: Sendable {
    /// Wᵀ. Shape: [inputs, outputs].
    package let weight: PanelMatrix
    /// Shape: [outputs], padded to whole panels.
    package let bias: FloatBuffer

    package init(weight: PanelMatrix, bias: FloatBuffer) {
        self.weight = weight
        self.bias = bias
    }

    package var inputs: Int { weight.depth }
    package var outputs: Int { weight.columns }

    /// - Parameters:
    ///   - x: Shape: [rows, inputs].
    ///   - y: Shape: [rows, outputs]; overwritten.
    package func forward(_ x: FloatRows, into y: FloatRows, activation: Activation? = nil, parallel: Bool) {
        weight.product(x, plus: bias, into: y, activation: activation, parallel: parallel)
    }
}
