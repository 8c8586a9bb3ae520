import Bakeoff
import Foundation

/// y = down(relu(gate(x)) ∘ up(x)), without biases.
struct GatedFeedForward: Module {
    var gate, up, down: Linear

    /// What forward leaves for backward. Shape of each: [T, I].
    struct Activations {
        let gate, up, product: FloatRows
    }

    init(hidden: Axis, intermediate: Axis) {
        gate = Linear(inputs: hidden, outputs: intermediate, hasBias: false)
        up = Linear(inputs: hidden, outputs: intermediate, hasBias: false)
        down = Linear(inputs: intermediate, outputs: hidden, hasBias: false)
    }

    mutating func visit(_ visitor: ParameterVisitor) {
        gate.visit(visitor.at("gate"))
        up.visit(visitor.at("up"))
        down.visit(visitor.at("down"))
    }

    /// - Parameters:
    ///   - x: Shape: [T, H].
    ///   - y: Overwritten. Shape: [T, H].
    func forward(_ x: FloatRows, into y: FloatRows, _ pass: Pass) -> Activations {
        let activations = Activations(
            gate: pass.rows(x.rows, columns: gate.outputs), up: pass.rows(x.rows, columns: up.outputs),
            product: pass.rows(x.rows, columns: up.outputs))
        gate.forward(x, into: activations.gate, activation: .relu, pass)
        up.forward(x, into: activations.up, pass)
        multiply(activations.gate, activations.up, into: activations.product)
        down.forward(activations.product, into: y, pass)
        return activations
    }

    /// With p = relu(gate(x)) ∘ up(x): dGate = dP ∘ up(x) where the ReLU let pass, dUp = dP ∘ relu(gate(x)).
    /// - Parameters:
    ///   - d: dY. Shape: [T, H].
    ///   - dX: Overwritten. Shape: [T, H].
    func backward(
        _ x: FloatRows, _ activations: Activations, gradient d: FloatRows, into dX: FloatRows, _ pass: Pass
    ) {
        let mark = pass.mark
        let dProduct = pass.rows(x.rows, columns: up.outputs)
        let dGate = pass.rows(x.rows, columns: gate.outputs)
        let dUp = pass.rows(x.rows, columns: up.outputs)
        down.backward(activations.product, gradient: d, into: dProduct, pass)
        multiply(dProduct, activations.up, into: dGate)
        multiply(dProduct, activations.gate, into: dUp)
        Activation.relu.backward(activations.gate, gradient: dGate)
        gate.backward(x, gradient: dGate, into: dX, pass)
        up.backward(x, gradient: dUp, into: dX, accumulating: true, pass)
        pass.release(to: mark)
    }

    private func multiply(_ a: FloatRows, _ b: FloatRows, into c: FloatRows) {
        for row in 0..<c.rows { for i in 0..<c.columns { c[row][i] = a[row][i] * b[row][i] } }
    }
}

/// Embeddings and one layer with the norms before its parts: y = x + attention(norm(x)), z = y + feedForward(norm(y)).
struct GatedNetwork: EncoderNetwork {
    var embeddings: Embeddings
    var attentionNorm, feedForwardNorm: LayerNorm
    var attention: SelfAttention
    var feedForward: GatedFeedForward

    /// What forward leaves for backward. Shape of the matrices: [T, H].
    struct Activations {
        let embeddings: Embeddings.Activations
        let attention: SelfAttention.Activations
        let feedForward: GatedFeedForward.Activations
        let x, normed, y, normedAgain: FloatRows
    }

    init(_ sizes: EncoderConfiguration) {
        let hidden = sizes.axis(.hidden)
        embeddings = Embeddings(
            vocabulary: sizes.axis(.vocabulary), hidden: hidden,
            positions: sizes.axis(.maxPositions), tokenTypes: nil,
            epsilon: sizes.layerNormEpsilon, padding: nil)
        attentionNorm = LayerNorm(width: hidden, epsilon: sizes.layerNormEpsilon)
        feedForwardNorm = LayerNorm(width: hidden, epsilon: sizes.layerNormEpsilon)
        attention = SelfAttention(hidden: hidden, heads: sizes.heads)
        feedForward = GatedFeedForward(hidden: hidden, intermediate: sizes.axis(.intermediate))
    }

    var hidden: Int { attentionNorm.width }
    var activationsPerToken: Int { 10 * hidden + 3 * feedForward.up.outputs }

    mutating func visit(_ visitor: ParameterVisitor) {
        embeddings.visit(visitor.at("embeddings"))
        attentionNorm.visit(visitor.at("attention_norm"))
        attention.visit(visitor.at("attention"))
        feedForwardNorm.visit(visitor.at("mlp_norm"))
        feedForward.visit(visitor.at("mlp"))
    }

    mutating func freeze(_ freezing: Freezing) {
        if freezing != .nothing { embeddings.freeze() }
        switch freezing {
        case .nothing, .embeddings, .layers(0): break
        case .layers, .encoder:
            attentionNorm.freeze()
            attention.freeze()
            feedForwardNorm.freeze()
            feedForward.freeze()
        }
    }

    func forward(
        _ block: TokenBlock, queries: QueriedTokens, _ pass: Pass
    ) -> (output: FloatRows, activations: Activations) {
        let (x, embedded) = embeddings.forward(block, pass)
        let normed = pass.rows(block.tokens, columns: hidden)
        let y = pass.rows(block.tokens, columns: hidden)
        attentionNorm.forward(x, into: normed, pass)
        let attended = attention.forward(
            normed, queryRows: normed, spans: block.spans, into: y, pass)
        Rows.add(x, to: y)

        let normedAgain = pass.rows(block.tokens, columns: hidden)
        let z = pass.rows(block.tokens, columns: hidden)
        feedForwardNorm.forward(y, into: normedAgain, pass)
        let fed = feedForward.forward(normedAgain, into: z, pass)
        Rows.add(y, to: z)
        let activations = Activations(
            embeddings: embedded, attention: attended, feedForward: fed, x: x, normed: normed, y: y,
            normedAgain: normedAgain)
        switch queries {
        case .all: return (z, activations)
        case .first:
            let first = pass.rows(block.sequences.count, columns: hidden)
            block.copyFirst(of: z, to: first)
            return (first, activations)
        }
    }

    func backward(_ block: TokenBlock, _ activations: Activations, gradient d: FloatRows, _ pass: Pass) {
        var dZ = d
        if d.rows < block.tokens {
            dZ = pass.rows(block.tokens, columns: hidden)
            for row in 0..<dZ.rows { dZ[row].update(repeating: 0, count: hidden) }
            block.addFirst(gradient: d, to: dZ)
        }
        // z = y + feedForward(norm(y)): dY is dZ, and what comes by way of the norm.
        let dNormed = pass.rows(block.tokens, columns: hidden)
        feedForward.backward(
            activations.normedAgain, activations.feedForward, gradient: dZ, into: dNormed, pass)
        feedForwardNorm.backward(activations.y, gradient: dNormed, pass)
        Rows.add(dNormed, to: dZ)

        // y = x + attention(norm(x)).
        for row in 0..<dNormed.rows { dNormed[row].update(repeating: 0, count: hidden) }
        attention.backward(
            activations.normed, queryRows: activations.normed, spans: block.spans, activations.attention,
            gradient: dZ, addingTo: dNormed, into: nil, needsInputGradient: true, pass)
        attentionNorm.backward(activations.x, gradient: dNormed, pass)
        Rows.add(dNormed, to: dZ)
        embeddings.backward(block, activations.embeddings, gradient: dZ, pass)
    }
}

extension EncoderArchitecture {
    static let gated = EncoderArchitecture(modelType: "gated", classPrefix: "Gated") {
        sizes, _ throws(EncoderError) in GatedNetwork(sizes)
    }
}
