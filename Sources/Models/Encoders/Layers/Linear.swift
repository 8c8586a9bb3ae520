import LinearAlgebra

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
    ///   - activated: activation(y), of the same shape; y itself if absent.
    package func forward(
        _ x: FloatRows, into y: FloatRows, activation: Activation? = nil, activated: FloatRows? = nil,
        _ team: Team
    ) {
        weight.product(x, plus: bias, into: y, activation: activation, activated: activated, team)
    }

    /// y = x Wᵀ + b: dX = dY W, dW = dYᵀ x, db = the sum of dY's rows.
    /// - Parameters:
    ///   - d: dY. Shape: [rows, outputs].
    ///   - parameters: Where dW and db go.
    ///   - dX: Shape: [rows, inputs]; nil if nothing below is trained.
    ///   - accumulating: Whether dX is added to.
    package func backward(
        _ x: FloatRows, gradient d: FloatRows, _ parameters: LinearParameters, into dX: FloatRows?,
        accumulating: Bool = false, _ team: Team
    ) {
        parameters.add(x, d, team)
        if let dX { weight.backward(d, into: dX, accumulating: accumulating, team) }
    }
}
