import LinearAlgebra

/// A linear layer: y = x Wᵀ + b, and a function of every element after it, if given.
public struct Linear: Module {
    /// W. Shape: [outputs, inputs].
    public var weight: Parameter
    /// b; nil in a layer without. Shape: [outputs].
    public var bias: Parameter?

    public var inputs: Int { weight.shape[1].size }
    public var outputs: Int { weight.shape[0].size }

    /// - Parameter needsFineInputs: As of `Parameter.matrix`.
    public init(inputs: Axis, outputs: Axis, hasBias: Bool = true, needsFineInputs: Bool = false) {
        weight = .matrix(outputs: outputs, inputs: inputs, needsFineInputs: needsFineInputs)
        bias = hasBias ? .vector(outputs) : nil
    }

    public mutating func visit(_ visitor: ParameterVisitor) {
        visitor.visit("weight", &weight)
        if var bias {
            self.bias = nil
            visitor.visit("bias", &bias)
            self.bias = bias
        }
    }

    /// - Parameters:
    ///   - x: Shape: [rows, inputs].
    ///   - y: Shape: [rows, outputs]; overwritten.
    ///   - activated: activation(y), of the same shape; y itself if absent.
    public func forward(
        _ x: FloatRows, into y: FloatRows, activation: Activation? = nil, activated: FloatRows? = nil,
        _ pass: Pass
    ) {
        forward(
            input(x, pass), into: y, activation: activation, activated: activated, pass)
    }

    /// Rows as this layer, and others of its inputs and precision, read them.
    /// - Parameter x: Shape: [rows, inputs].
    /// - Returns: What is there until the pass makes the next one.
    func input(_ x: FloatRows, _ pass: Pass) -> LinearInput {
        let form: ReducedForm? =
            switch pass.precision {
            case .f32: weight.reducedPanels?.form
            case .bf16: .bf16
            }
        return LinearInput(rows: x, reduced: form.map { pass.reduced(x, $0) })
    }

    /// - Parameters:
    ///   - x: Shape: [rows, inputs].
    ///   - y: Shape: [rows, outputs]; overwritten.
    ///   - activated: activation(y), of the same shape; y itself if absent.
    func forward(
        _ x: LinearInput, into y: FloatRows, activation: Activation? = nil, activated: FloatRows? = nil,
        _ pass: Pass
    ) {
        if let matrix = weight.reducedPanels {
            guard let rows = x.reduced else { preconditionFailure("an input of another precision") }
            matrix.product(
                rows, plus: bias?.values, into: y, activation: activation, activated: activated, pass.team)
        } else if let rows = x.reduced {
            weight.panels.product(
                rows, plus: bias?.values, into: y, activation: activation, activated: activated, pass.team)
        } else {
            weight.panels.product(
                x.rows, plus: bias?.values, into: y, activation: activation, activated: activated, pass.team)
        }
    }

    /// activation(x Wᵀ + b) of vectors that come from no pass. Shape: [N, outputs].
    /// - Parameter x: Shape: [N, inputs].
    func outputs(of x: [Float], activation: Activation? = nil) -> [Float] {
        let N = x.count / inputs
        let from = FloatBuffer(x)
        let pass = Pass(team: Team(workers: 1))
        return withExtendedLifetime((from, pass)) {
            let y = pass.rows(N, columns: outputs)
            forward(
                FloatRows(from.pointer, rows: N, columns: inputs, stride: inputs), into: y,
                activation: activation, pass)
            return (0..<N).flatMap { UnsafeBufferPointer(start: y[$0], count: outputs) }
        }
    }

    /// y = x Wᵀ + b: dX = dY W, dW = dYᵀ x, db = the sum of dY's rows. A matrix that is adapted has no dW (`LowRankAdapter`).
    /// - Parameters:
    ///   - d: dY. Shape: [rows, outputs].
    ///   - dX: Overwritten; nil if nothing below is trained. Shape: [rows, inputs].
    ///   - accumulating: Whether dX is added to instead.
    public func backward(
        _ x: FloatRows, gradient d: FloatRows, into dX: FloatRows?, accumulating: Bool = false, _ pass: Pass
    ) {
        if let dW = pass.gradient(of: weight) {
            let dB = bias.flatMap { pass.gradient(of: $0) }
            let panels = weight.panels(in: dW.gradient)
            switch pass.precision {
            case .f32:
                panels.setGradient(x, d, bias: dB?.gradient, accumulating: dW.hasGradient, pass.team)
            case .bf16:
                panels.setBFloat16Gradient(
                    x, d, bias: dB?.gradient, accumulating: dW.hasGradient, pass.team)
            }
            dW.hasGradient = true
            dB?.hasGradient = true
        }
        pass.adapter(of: weight)?.addGradient(x, gradient: d, pass)
        guard let dX else { return }
        switch pass.precision {
        case .f32: weight.panels.backward(d, into: dX, accumulating: accumulating, pass.team)
        case .bf16:
            weight.panels.backward(
                pass.reduced(d, .bf16), into: dX, accumulating: accumulating, pass.team)
        }
    }
}
