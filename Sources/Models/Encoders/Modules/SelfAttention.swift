import LinearAlgebra

/// Attention of each token to all tokens of its sequence (Vaswani et al. 2017): softmax(q kᵀ / √D) v for every head, and a
/// linear layer.
public struct SelfAttention: Module {
    public var query: Linear
    public var key: Linear
    public var value: Linear
    public var output: Linear
    public let heads: Int
    /// D.
    public let headWidth: Int
    private let names: Names

    /// The names of the four linear layers in a checkpoint.
    public struct Names: Sendable {
        public var query, key, value, output: String

        public init(
            query: String = "query", key: String = "key", value: String = "value", output: String = "output"
        ) {
            self.query = query
            self.key = key
            self.value = value
            self.output = output
        }
    }

    /// What forward leaves for backward.
    public struct Activations: Sendable {
        /// Queries. Shape: [rows, H].
        let q: FloatRows
        /// Keys. Shape: [T, H].
        let k: FloatRows
        /// Values. Shape: [T, H].
        let v: FloatRows
        /// softmax(q kᵀ / √D) v of all heads side by side. Shape: [rows, H].
        let context: FloatRows
        /// Of the probabilities: row (token * heads + head), a column for each token of the sequence.
        let dropout: Dropout?
    }

    /// - Precondition: `hidden` is a multiple of `heads`.
    public init(hidden: Axis, heads: Int, names: Names = Names()) {
        precondition(heads > 0 && hidden.size.isMultiple(of: heads))
        query = Linear(inputs: hidden, outputs: hidden)
        key = Linear(inputs: hidden, outputs: hidden)
        value = Linear(inputs: hidden, outputs: hidden)
        output = Linear(inputs: hidden, outputs: hidden)
        self.heads = heads
        headWidth = hidden.size / heads
        self.names = names
    }

    public mutating func visit(_ visitor: ParameterVisitor) {
        query.visit(visitor.at(names.query))
        key.visit(visitor.at(names.key))
        value.visit(visitor.at(names.value))
        output.visit(visitor.at(names.output))
    }

    private var scale: Float { 1 / Float(headWidth).squareRoot() }

    private func columns(of head: Int) -> Range<Int> {
        head * headWidth..<(head + 1) * headWidth
    }

    /// - Parameters:
    ///   - x: All tokens. Shape: [T, H].
    ///   - queryRows: The tokens whose output is wanted: x, or the first of each sequence. Shape: [rows, H].
    ///   - spans: Where the sequences stand in `x` and in `queryRows`.
    ///   - y: Shape: [rows, H]; overwritten.
    public func forward(
        _ x: FloatRows, queryRows: FloatRows, spans: [SequenceSpan], into y: FloatRows, _ pass: Pass
    ) -> Activations {
        let H = query.outputs
        let activations = Activations(
            q: pass.rows(queryRows.rows, columns: H), k: pass.rows(x.rows, columns: H),
            v: pass.rows(x.rows, columns: H), context: pass.rows(queryRows.rows, columns: H),
            dropout: pass.dropout(.attention))
        query.forward(queryRows, into: activations.q, pass)
        key.forward(x, into: activations.k, pass)
        value.forward(x, into: activations.v, pass)
        pass.team.blocks(of: spans.count, blockSize: 1) { range, scratch in
            for span in spans[range] { attend(span, activations, AttentionScratch(scratch, span, headWidth)) }
        }
        output.forward(activations.context, into: y, pass)
        return activations
    }

    /// p = softmax(q kᵀ / √D), context = p v, head by head. Heads rise, since each overwrites columns of the next with
    /// what fills its last panel.
    private func attend(_ span: SequenceSpan, _ activations: Activations, _ scratch: AttentionScratch) {
        for head in 0..<heads {
            let columns = columns(of: head)
            let p = scratch.probabilities
            findProbabilities(head, span, activations, scratch)
            activations.dropout?.apply(p, firstRow: span.queries.lowerBound * heads + head, rowStep: heads)
            PanelProduct.multiply(
                p, activations.v[rows: span.tokens][columns: columns],
                into: activations.context[rows: span.queries][columns: columns])
        }
    }

    private func findProbabilities(
        _ head: Int, _ span: SequenceSpan, _ activations: Activations, _ scratch: AttentionScratch
    ) {
        let columns = columns(of: head)
        PanelProduct.multiply(
            activations.q[rows: span.queries][columns: columns],
            transposed: activations.k[rows: span.tokens][columns: columns], into: scratch.probabilities,
            scratch: scratch.panels)
        Rows.softmax(scratch.probabilities, scale: scale)
    }

    /// q, k, v = the linear layers of x; p = softmax(q kᵀ / √D); context = dropped(p) v; y = output(context).
    /// - Parameters:
    ///   - d: dY. Shape: [rows, H].
    ///   - dQueryRows: The gradient by way of the queries is added to it. Shape: [rows, H].
    ///   - dX: The gradient by way of keys and values is written to it; nil where `queryRows` is x, and `dQueryRows` gets
    ///     that too. Shape: [T, H].
    ///   - needsInputGradient: Whether either of those is wanted.
    public func backward(
        _ x: FloatRows, queryRows: FloatRows, spans: [SequenceSpan], _ activations: Activations,
        gradient d: FloatRows, addingTo dQueryRows: FloatRows, into dX: FloatRows?,
        needsInputGradient: Bool, _ pass: Pass
    ) {
        let H = query.outputs
        let mark = pass.mark
        let dContext = pass.rows(queryRows.rows, columns: H)
        output.backward(activations.context, gradient: d, into: dContext, pass)
        let gradients = AttentionGradients(
            q: pass.rows(queryRows.rows, columns: H), k: pass.rows(x.rows, columns: H),
            v: pass.rows(x.rows, columns: H))
        pass.team.blocks(of: spans.count, blockSize: 1) { range, scratch in
            for span in spans[range] {
                attendBackward(
                    span, activations, dContext, gradients, AttentionScratch(scratch, span, headWidth))
            }
        }
        query.backward(
            queryRows, gradient: gradients.q, into: needsInputGradient ? dQueryRows : nil, accumulating: true,
            pass)
        let below = needsInputGradient ? dX ?? dQueryRows : nil
        key.backward(x, gradient: gradients.k, into: below, accumulating: dX == nil, pass)
        value.backward(x, gradient: gradients.v, into: below, accumulating: true, pass)
        pass.release(to: mark)
    }

    /// The probabilities are found again rather than kept: they are the only values whose number grows with the square
    /// of the length, and at the lengths of sentences they cost less than 1% of a step.
    ///
    /// context = r v with r = dropped(p): dV = rᵀ dContext, dR = dContext vᵀ; p = softmax(s): dS = p (dP - Σ dP p);
    /// s = q kᵀ / √D: dQ = dS k / √D, dK = dSᵀ q / √D.
    private func attendBackward(
        _ span: SequenceSpan, _ activations: Activations, _ dContext: FloatRows,
        _ gradients: AttentionGradients, _ scratch: AttentionScratch
    ) {
        let dropout = activations.dropout
        for head in 0..<heads {
            let columns = columns(of: head)
            let firstRow = span.queries.lowerBound * heads + head
            findProbabilities(head, span, activations, scratch)
            let p = scratch.probabilities
            let dHead = dContext[rows: span.queries][columns: columns]

            var kept = p
            if let dropout {
                kept = scratch.kept
                Rows.copy(p, to: kept)
                dropout.apply(kept, firstRow: firstRow, rowStep: heads)
            }
            PanelProduct.multiply(
                transposed: kept, dHead, into: gradients.v[rows: span.tokens][columns: columns])

            let dS = scratch.gradient
            PanelProduct.multiply(
                dHead, transposed: activations.v[rows: span.tokens][columns: columns], into: dS,
                scratch: scratch.panels)
            dropout?.apply(dS, firstRow: firstRow, rowStep: heads)
            Rows.softmaxBackward(p, gradient: dS, scale: scale)

            PanelProduct.multiply(
                dS, activations.k[rows: span.tokens][columns: columns],
                into: gradients.q[rows: span.queries][columns: columns])
            PanelProduct.multiply(
                transposed: dS, activations.q[rows: span.queries][columns: columns],
                into: gradients.k[rows: span.tokens][columns: columns])
        }
    }

    /// Floats that forward keeps of each token.
    var activationsPerToken: Int { 4 * query.outputs }
}

/// Gradients of queries, keys and values. Shapes: [rows, H], [T, H], [T, H].
private struct AttentionGradients: Sendable {
    let q, k, v: FloatRows
}

/// A thread's memory for one head of one sequence.
private struct AttentionScratch {
    /// Keys or values, transposed. Shape: [D, 32].
    let panels: FloatBuffer
    private let scratch: Scratch
    private let span: SequenceSpan

    init(_ scratch: Scratch, _ span: SequenceSpan, _ headWidth: Int) {
        self.scratch = scratch
        self.span = span
        panels = scratch.buffer(1, count: PanelMatrix.panel * headWidth)
    }

    private func square(_ index: Int) -> FloatRows {
        let stride = FloatRows.stride(columns: span.tokens.count)
        let buffer = scratch.buffer(index, count: span.queries.count * stride)
        return FloatRows(
            buffer.pointer, rows: span.queries.count, columns: span.tokens.count, stride: stride)
    }

    /// p. Shape: [queries, tokens].
    var probabilities: FloatRows { square(2) }
    /// p after dropout. Shape: [queries, tokens].
    var kept: FloatRows { square(3) }
    /// Shape: [queries, tokens].
    var gradient: FloatRows { square(4) }
}
