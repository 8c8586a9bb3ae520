import LinearAlgebra

/// Each token looks at all tokens of its sequence: y = softmax(q kᵀ / √D) v for every head, and a linear layer.
package struct SelfAttention: Sendable {
    package let query: Linear
    package let key: Linear
    package let value: Linear
    package let output: Linear
    package let heads: Int
    /// D.
    package let headWidth: Int

    package init(_ checkpoint: Checkpoint, layer: Int) throws(EncoderError) {
        let hidden = checkpoint.configuration.hidden
        func linear(_ part: CheckpointKeys.Part) throws(EncoderError) -> Linear {
            try checkpoint.linear(
                checkpoint.keys.name(of: part, layer: layer), inputs: hidden, outputs: hidden)
        }
        query = try linear(.query)
        key = try linear(.key)
        value = try linear(.value)
        output = try linear(.attentionOutput)
        heads = checkpoint.configuration.heads
        headWidth = checkpoint.configuration.headWidth
    }

    private var scale: Float { 1 / Float(headWidth).squareRoot() }

    private func columns(of head: Int) -> Range<Int> {
        head * headWidth..<(head + 1) * headWidth
    }

    /// - Parameters:
    ///   - x: All tokens. Shape: [T, H].
    ///   - asking: The tokens whose output is wanted: x, or the first of each sequence. Shape: [rows, H].
    ///   - spans: Where the sequences stand in `x` and in `asking`.
    ///   - values: Overwritten: `q`, `k`, `v` and `context`.
    ///   - y: Shape: [rows, H]; overwritten.
    package func forward(
        _ x: FloatRows, asking: FloatRows, spans: [SequenceSpan], _ values: LayerValues, into y: FloatRows,
        dropout: Dropout? = nil, _ team: Team
    ) {
        query.forward(asking, into: values.q, team)
        key.forward(x, into: values.k, team)
        value.forward(x, into: values.v, team)
        team.blocks(of: spans.count, blockSize: 1) { range, scratch in
            for span in spans[range] {
                look(span, values, dropout, AttentionScratch(scratch, span, headWidth))
            }
        }
        output.forward(values.context, into: y, team)
    }

    /// p = softmax(q kᵀ / √D), context = p v, head by head. Heads rise, since each overwrites columns of the next with
    /// what fills its last panel.
    private func look(
        _ span: SequenceSpan, _ values: LayerValues, _ dropout: Dropout?, _ scratch: AttentionScratch
    ) {
        for head in 0..<heads {
            let columns = columns(of: head)
            let p = scratch.probabilities
            findProbabilities(head, span, values, scratch)
            dropout?.apply(p, firstRow: span.asking.lowerBound * heads + head, rowStep: heads)
            PanelProduct.multiply(
                p, values.v[rows: span.tokens][columns: columns],
                into: values.context[rows: span.asking][columns: columns])
        }
    }

    private func findProbabilities(
        _ head: Int, _ span: SequenceSpan, _ values: LayerValues, _ scratch: AttentionScratch
    ) {
        let columns = columns(of: head)
        PanelProduct.multiply(
            values.q[rows: span.asking][columns: columns],
            transposed: values.k[rows: span.tokens][columns: columns], into: scratch.probabilities,
            scratch: scratch.panels)
        Rows.softmax(scratch.probabilities, scale: scale)
    }

    /// q, k, v = the linear layers of x; p = softmax(q kᵀ / √D); context = dropped(p) v; y = output(context).
    /// - Parameters:
    ///   - d: dY. Shape: [rows, H].
    ///   - dAsking: The gradient by way of the queries is added to it. Shape: [rows, H].
    ///   - others: The gradient by way of keys and values is written to it, or added to `dAsking` if nil.
    ///     Shape: [T, H].
    ///   - stopping: Whether neither of those is wanted.
    package func backward(
        _ x: FloatRows, asking: FloatRows, spans: [SequenceSpan], _ values: LayerValues,
        gradient d: FloatRows,
        adding dAsking: FloatRows, others: FloatRows?, stopping: Bool, dropout: Dropout? = nil,
        _ parameters: LayerParameters, _ memory: BackwardMemory, _ team: Team
    ) {
        let dContext = memory.context(rows: asking.rows)
        output.backward(values.context, gradient: d, parameters.attentionOutput, into: dContext, team)
        let gradients = AttentionGradients(
            q: memory.q(rows: asking.rows), k: memory.k(rows: x.rows), v: memory.v(rows: x.rows))
        team.blocks(of: spans.count, blockSize: 1) { range, scratch in
            for span in spans[range] {
                lookBackward(
                    span, values, dContext, gradients, dropout, AttentionScratch(scratch, span, headWidth))
            }
        }
        query.backward(
            asking, gradient: gradients.q, parameters.query, into: stopping ? nil : dAsking,
            accumulating: true, team)
        let dX = stopping ? nil : others ?? dAsking
        key.backward(x, gradient: gradients.k, parameters.key, into: dX, accumulating: others == nil, team)
        value.backward(x, gradient: gradients.v, parameters.value, into: dX, accumulating: true, team)
    }

    /// The probabilities are found again rather than kept: they are the only values whose number grows with the square
    /// of the length, and at the lengths of sentences they cost less than 1% of a step.
    ///
    /// context = r v with r = dropped(p): dV = rᵀ dContext, dR = dContext vᵀ; p = softmax(s): dS = p (dP - Σ dP p);
    /// s = q kᵀ / √D: dQ = dS k / √D, dK = dSᵀ q / √D.
    private func lookBackward(
        _ span: SequenceSpan, _ values: LayerValues, _ dContext: FloatRows, _ gradients: AttentionGradients,
        _ dropout: Dropout?, _ scratch: AttentionScratch
    ) {
        for head in 0..<heads {
            let columns = columns(of: head)
            let firstRow = span.asking.lowerBound * heads + head
            findProbabilities(head, span, values, scratch)
            let p = scratch.probabilities
            let dHead = dContext[rows: span.asking][columns: columns]

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
                dHead, transposed: values.v[rows: span.tokens][columns: columns], into: dS,
                scratch: scratch.panels)
            dropout?.apply(dS, firstRow: firstRow, rowStep: heads)
            Rows.softmaxBackward(p, gradient: dS, scale: scale)

            PanelProduct.multiply(
                dS, values.k[rows: span.tokens][columns: columns],
                into: gradients.q[rows: span.asking][columns: columns])
            PanelProduct.multiply(
                transposed: dS, values.q[rows: span.asking][columns: columns],
                into: gradients.k[rows: span.tokens][columns: columns])
        }
    }
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
        let buffer = scratch.buffer(index, count: span.asking.count * stride)
        return FloatRows(
            buffer.pointer, rows: span.asking.count, columns: span.tokens.count, stride: stride)
    }

    /// p. Shape: [asking, tokens].
    var probabilities: FloatRows { square(2) }
    /// p after dropout. Shape: [asking, tokens].
    var kept: FloatRows { square(3) }
    /// Shape: [asking, tokens].
    var gradient: FloatRows { square(4) }
}
