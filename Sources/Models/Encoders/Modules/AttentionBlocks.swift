import LinearAlgebra

/// Which tokens a query of attention attends to, and how many queries of a sequence are done at once: the memory of a
/// thread is that of a block's scores.
public struct AttentionBlocks: Equatable, Sendable {
    /// The tokens to either side that a query attends to; nil for all of its sequence.
    public let window: Int?
    /// The queries of a block; nil for all of a sequence.
    public let size: Int?

    /// All queries of a sequence at once, which attend to all of its tokens.
    public static let whole = AttentionBlocks(window: nil, size: nil)

    /// All tokens of a sequence, for sequences that may have thousands: by so many queries at once that the keys are
    /// seldom packed again, and of the lengths of most texts all.
    public static let global = AttentionBlocks(window: nil, size: 512)

    /// The tokens at most `window` away, to either side.
    public static func local(window: Int) -> AttentionBlocks {
        precondition(window >= 0)
        return AttentionBlocks(window: window, size: 64)
    }

    /// Queries of a sequence that attend at once, and the tokens that at least one of them attends to.
    struct Block {
        let span: SequenceSpan
        /// The place in the sequence of its first query, less that of its first token.
        let lead: Int
    }

    /// The blocks of a sequence, in their order.
    /// - Parameter span: Of all queries, or of the first token's alone.
    func blocks(of span: SequenceSpan) -> [Block] {
        let (length, queries) = (span.tokens.count, span.queries.count)
        return stride(from: 0, to: queries, by: size ?? max(queries, 1)).map { start in
            let end = min(queries, start + (size ?? queries))
            let first = window.map { max(0, start - $0) } ?? 0
            let last = window.map { min(length, end + $0) } ?? length
            return Block(
                span: SequenceSpan(
                    tokens: span.tokens.lowerBound + first..<span.tokens.lowerBound + last,
                    queries: span.queries.lowerBound + start..<span.queries.lowerBound + end),
                lead: start - first)
        }
    }

    /// Takes the tokens outside of a query's window out of its attention.
    /// - Parameter scores: Of the block. Shape: [queries, tokens].
    func mask(_ scores: FloatRows, _ block: Block) {
        guard let window else { return }
        for row in 0..<scores.rows {
            let place = block.lead + row
            let first = max(0, place - window)
            let end = min(scores.columns, place + window + 1)
            scores[row].update(repeating: -.infinity, count: first)
            (scores[row] + end).update(repeating: -.infinity, count: scores.columns - end)
        }
    }
}
