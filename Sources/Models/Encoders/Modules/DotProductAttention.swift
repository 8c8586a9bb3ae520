import LinearAlgebra

/// Scaled dot-product attention (Vaswani et al. 2017) of heads side by side, without parameters:
/// context = dropped(softmax(scale (q kᵀ + term))) v for every head of every sequence.
///
/// What makes q, k and v, and the term, are an architecture's own: linear layers, rotations, biases.
public struct DotProductAttention: Sendable {
    public let heads: Int
    /// D.
    public let headWidth: Int
    /// What scores are multiplied by before the softmax.
    public let scale: Float
    private let blocks: AttentionBlocks

    /// What forward reads and leaves, for backward. H = heads * D.
    public struct Activations: Sendable {
        /// Queries. Shape: [rows, H].
        public let q: FloatRows
        /// Keys. Shape: [T, H].
        public let k: FloatRows
        /// Values. Shape: [T, H].
        public let v: FloatRows
        /// What all heads found, side by side. Shape: [rows, H].
        public let context: FloatRows
        /// Of the probabilities: row (query * heads + head), a column for each token that the query's block attends to.
        let dropout: Dropout?
    }

    /// Where the gradients of queries, keys and values go.
    ///
    /// Each is a matrix of its own from `Pass.rows`, not columns of one: a head's product fills whole panels to its right.
    public struct Gradients: Sendable {
        /// Shape: [rows, H].
        public let q: FloatRows
        /// Shape: [T, H].
        public let k: FloatRows
        /// Shape: [T, H].
        public let v: FloatRows

        public init(q: FloatRows, k: FloatRows, v: FloatRows) {
            self.q = q
            self.k = k
            self.v = v
        }
    }

    /// - Parameters:
    ///   - scale: By default 1 / √D.
    ///   - blocks: Which tokens a query attends to, and how many queries are done at once.
    public init(heads: Int, headWidth: Int, scale: Float? = nil, blocks: AttentionBlocks = .whole) {
        precondition(heads > 0 && headWidth > 0)
        self.heads = heads
        self.headWidth = headWidth
        self.scale = scale ?? 1 / Float(headWidth).squareRoot()
        self.blocks = blocks
    }

    private func columns(of head: Int) -> Range<Int> {
        head * headWidth..<(head + 1) * headWidth
    }

    /// - Parameters:
    ///   - q: Of all heads and sequences. Shape: [rows, H].
    ///   - k: Shape: [T, H].
    private func rows(of head: Int, _ span: SequenceSpan, q: FloatRows, k: FloatRows) -> HeadRows {
        let columns = columns(of: head)
        return HeadRows(q: q[rows: span.queries][columns: columns], k: k[rows: span.tokens][columns: columns])
    }

    /// Draws the dropout of the probabilities, and attends.
    /// - Parameters:
    ///   - q: The queries of the tokens whose output is wanted: all, or the first of each sequence. Shape: [rows, H].
    ///   - k: Shape: [T, H].
    ///   - v: Shape: [T, H], with room for a panel to the right of its columns.
    ///   - spans: Where the sequences stand in `k` and `v`, and in `q`.
    ///   - term: What is added to q kᵀ.
    /// - Precondition: A term is added where all queries of a sequence are done at once.
    public func forward(
        q: FloatRows, k: FloatRows, v: FloatRows, spans: [SequenceSpan],
        term: some ScoreTerm = NoScoreTerm(), _ pass: Pass
    ) -> Activations {
        let activations = Activations(
            q: q, k: k, v: v, context: pass.rows(q.rows, columns: heads * headWidth),
            dropout: pass.dropout(.attention))
        precondition(blocks == .whole || term is NoScoreTerm)
        let parts = spans.flatMap { blocks.blocks(of: $0) }
        pass.team.blocks(of: parts.count, blockSize: 1) { range, scratch in
            for block in parts[range] {
                attend(block, activations, term, AttentionScratch(scratch, block.span, headWidth: headWidth))
            }
        }
        return activations
    }

    /// p = softmax(scale (q kᵀ + term)), context = dropped(p) v, head by head. Heads rise, since each overwrites columns of
    /// the next with what fills its last panel.
    private func attend(
        _ block: AttentionBlocks.Block, _ activations: Activations, _ term: some ScoreTerm,
        _ scratch: AttentionScratch
    ) {
        let span = block.span
        for head in 0..<heads {
            let columns = columns(of: head)
            let p = scratch.probabilities
            findProbabilities(head, block, activations, term, scratch)
            activations.dropout?.apply(p, firstRow: span.queries.lowerBound * heads + head, rowStep: heads)
            PanelProduct.multiply(
                p, activations.v[rows: span.tokens][columns: columns],
                into: activations.context[rows: span.queries][columns: columns])
        }
    }

    private func findProbabilities(
        _ head: Int, _ block: AttentionBlocks.Block, _ activations: Activations, _ term: some ScoreTerm,
        _ scratch: AttentionScratch
    ) {
        let rows = rows(of: head, block.span, q: activations.q, k: activations.k)
        PanelProduct.multiply(
            rows.q, transposed: rows.k, into: scratch.probabilities, scratch: scratch.panels)
        term.add(to: scratch.probabilities, rows, head: head, span: block.span, scratch)
        blocks.mask(scratch.probabilities, block)
        Rows.softmax(scratch.probabilities, scale: scale)
    }

    /// context = dropped(softmax(scale (q kᵀ + term))) v.
    /// - Parameters:
    ///   - d: dContext. Shape: [rows, H].
    ///   - gradients: Overwritten.
    ///   - term: That of forward; it gets the gradient of the scores.
    public func backward(
        _ activations: Activations, spans: [SequenceSpan], gradient d: FloatRows, into gradients: Gradients,
        term: some ScoreTerm = NoScoreTerm(), _ pass: Pass
    ) {
        pass.team.blocks(of: spans.count, blockSize: 1) { range, scratch in
            for span in spans[range] { attendBackward(span, activations, d, gradients, term, scratch) }
        }
    }

    /// The probabilities are found again rather than kept: they are the only values whose number grows with the square
    /// of the length, and at the lengths of sentences they cost less than 1% of a step.
    ///
    /// context = r v with r = dropped(p): dV = rᵀ dContext, dR = dContext vᵀ; p = softmax(scale s):
    /// dS = scale p (dP - Σ dP p); s = q kᵀ + term: dQ = dS k, dK = dSᵀ q.
    ///
    /// Blocks of a sequence share tokens, or leave some out: then the gradients of keys and values are sums over the blocks,
    /// in their order.
    private func attendBackward(
        _ span: SequenceSpan, _ activations: Activations, _ dContext: FloatRows, _ gradients: Gradients,
        _ term: some ScoreTerm, _ scratch: Scratch
    ) {
        let parts = blocks.blocks(of: span)
        let isSum = parts.count > 1 || parts.first?.span.tokens != span.tokens
        for head in 0..<heads {
            if isSum {
                for row in span.tokens {
                    let first = columns(of: head).lowerBound
                    (gradients.k[row] + first).update(repeating: 0, count: headWidth)
                    (gradients.v[row] + first).update(repeating: 0, count: headWidth)
                }
            }
            for block in parts {
                attendBackward(
                    head, block, accumulating: isSum, activations, dContext, gradients, term,
                    AttentionScratch(scratch, block.span, headWidth: headWidth))
            }
        }
    }

    private func attendBackward(
        _ head: Int, _ block: AttentionBlocks.Block, accumulating: Bool, _ activations: Activations,
        _ dContext: FloatRows, _ gradients: Gradients, _ term: some ScoreTerm, _ scratch: AttentionScratch
    ) {
        let (dropout, span, columns) = (activations.dropout, block.span, columns(of: head))
        let firstRow = span.queries.lowerBound * heads + head
        findProbabilities(head, block, activations, term, scratch)
        let p = scratch.probabilities
        let dHead = dContext[rows: span.queries][columns: columns]

        var kept = p
        if let dropout {
            kept = scratch.kept
            Rows.copy(p, to: kept)
            dropout.apply(kept, firstRow: firstRow, rowStep: heads)
        }
        PanelProduct.multiply(
            transposed: kept, dHead, into: gradients.v[rows: span.tokens][columns: columns],
            accumulating: accumulating)

        let dS = scratch.gradient
        PanelProduct.multiply(
            dHead, transposed: activations.v[rows: span.tokens][columns: columns], into: dS,
            scratch: scratch.panels)
        dropout?.apply(dS, firstRow: firstRow, rowStep: heads)
        Rows.softmaxBackward(p, gradient: dS, scale: scale)

        let rows = rows(of: head, span, q: activations.q, k: activations.k)
        let dRows = self.rows(of: head, span, q: gradients.q, k: gradients.k)
        PanelProduct.multiply(dS, rows.k, into: dRows.q)
        PanelProduct.multiply(transposed: dS, rows.q, into: dRows.k, accumulating: accumulating)
        term.backward(gradient: dS, rows, addingTo: dRows, head: head, span: span, scratch)
    }
}
