import LinearAlgebra

/// What disentangled attention adds to the scores (He et al. 2021, DeBERTa): with r the row of the table of relative
/// positions that query i and key j read, q[i] · positionKeys[r] (content to position, `c2p`) and
/// k[j] · positionQueries[r] (position to content, `p2c`).
///
/// Products are made with the rows that a sequence reads, which are fewer than two for each of its tokens, and picked from
/// for each pair.
struct DisentangledTerm: ScoreTerm {
    let rows: RelativeRows
    /// Nil without `c2p`. Shape: [R, H], of the rows `rows.range`.
    let positionKeys: FloatRows?
    /// Nil without `p2c`. Shape: [R, H].
    let positionQueries: FloatRows?
    /// Where the gradients of each sequence go; nil in a forward pass.
    var gradients: SequenceGradients?

    /// Gradients of the position's keys and queries by each sequence, so that their sum does not depend on the number of threads.
    struct SequenceGradients: Sendable {
        /// The rows of a sequence begin at twice its first token. Shape: [2 T, H].
        let positionKeys: FloatRows?
        /// Shape: [2 T, H].
        let positionQueries: FloatRows?
    }

    /// The rows that a sequence reads, counted from the first of `rows.range`.
    private func window(of span: SequenceSpan) -> Range<Int> {
        rows.window(tokens: span.tokens.count, queries: span.queries.count)
    }

    private func gradientRows(of span: SequenceSpan) -> Range<Int> {
        let start = 2 * span.tokens.lowerBound
        return start..<start + window(of: span).count
    }

    private func columns(of head: Int, _ rows: HeadRows) -> Range<Int> {
        head * rows.q.columns..<(head + 1) * rows.q.columns
    }

    func add(
        to scores: FloatRows, _ rows: HeadRows, head: Int, span: SequenceSpan, _ scratch: AttentionScratch
    ) {
        let (window, columns) = (window(of: span), columns(of: head, rows))
        if let positionKeys {
            let products = scratch.rows(0, scores.rows, columns: window.count)
            PanelProduct.multiply(
                rows.q, transposed: positionKeys[rows: window][columns: columns], into: products,
                scratch: scratch.panels)
            self.rows.withRows { row in
                for i in 0..<scores.rows {
                    let (to, from) = (scores[i], products[i] - window.lowerBound)
                    for j in 0..<scores.columns { to[j] += from[row[i - j]] }
                }
            }
        }
        if let positionQueries {
            let products = scratch.rows(0, scores.columns, columns: window.count)
            PanelProduct.multiply(
                rows.k, transposed: positionQueries[rows: window][columns: columns], into: products,
                scratch: scratch.panels)
            self.rows.withRows { row in
                for i in 0..<scores.rows {
                    let (to, from) = (scores[i], products.pointer - window.lowerBound)
                    for j in 0..<scores.columns { to[j] += from[j * products.stride + row[i - j]] }
                }
            }
        }
    }

    /// With C = q positionKeysᵀ and P = k positionQueriesᵀ, scores[i][j] = ... + C[i][r] + P[j][r]: dC and dP gather what
    /// the scores picked; dQ += dC positionKeys, dPositionKeys = dCᵀ q, and so for the keys.
    func backward(
        gradient d: FloatRows, _ rows: HeadRows, addingTo dRows: HeadRows, head: Int, span: SequenceSpan,
        _ scratch: AttentionScratch
    ) {
        guard let gradients else { preconditionFailure("a forward pass has no gradients") }
        let (window, columns) = (window(of: span), columns(of: head, rows))
        let own = gradientRows(of: span)
        if let positionKeys, let dPositionKeys = gradients.positionKeys {
            let dProducts = zeros(d.rows, columns: window.count, scratch)
            self.rows.withRows { row in
                for i in 0..<d.rows {
                    let (from, to) = (d[i], dProducts[i] - window.lowerBound)
                    for j in 0..<d.columns { to[row[i - j]] += from[j] }
                }
            }
            PanelProduct.multiply(
                dProducts, positionKeys[rows: window][columns: columns], into: dRows.q, accumulating: true)
            PanelProduct.multiply(
                transposed: dProducts, rows.q, into: dPositionKeys[rows: own][columns: columns])
        }
        if let positionQueries, let dPositionQueries = gradients.positionQueries {
            let dProducts = zeros(d.columns, columns: window.count, scratch)
            self.rows.withRows { row in
                for i in 0..<d.rows {
                    let (from, to) = (d[i], dProducts.pointer - window.lowerBound)
                    for j in 0..<d.columns { to[j * dProducts.stride + row[i - j]] += from[j] }
                }
            }
            PanelProduct.multiply(
                dProducts, positionQueries[rows: window][columns: columns], into: dRows.k, accumulating: true)
            PanelProduct.multiply(
                transposed: dProducts, rows.k, into: dPositionQueries[rows: own][columns: columns])
        }
    }

    private func zeros(_ count: Int, columns: Int, _ scratch: AttentionScratch) -> FloatRows {
        let zeros = scratch.rows(0, count, columns: columns)
        for row in 0..<count { zeros[row].update(repeating: 0, count: columns) }
        return zeros
    }

    /// Columns that a thread adds at once: whole cache lines.
    private static let columnBlock = 64

    /// The sum over sequences, in their order.
    /// - Parameters:
    ///   - parts: Of each sequence. Shape: [2 T, H].
    ///   - sum: Overwritten. Shape: [R, H].
    func sum(_ parts: FloatRows, over spans: [SequenceSpan], into sum: FloatRows, _ pass: Pass) {
        pass.team.blocks(of: sum.columns, blockSize: DisentangledTerm.columnBlock) { columns, _ in
            let to = sum[columns: columns]
            for row in 0..<to.rows { to[row].update(repeating: 0, count: columns.count) }
            for span in spans {
                Rows.add(
                    parts[rows: gradientRows(of: span)][columns: columns], to: to[rows: window(of: span)])
            }
        }
    }
}
