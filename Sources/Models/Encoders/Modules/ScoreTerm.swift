import LinearAlgebra

/// A term that an architecture adds to the scores of attention: a bias by distance, products with positions, a mask.
///
/// It is called for one head of one sequence at a time, from several threads for different sequences. Row i of the scores
/// is the sequence's token i, in `span.queries` as in `span.tokens`; column j is its token j.
///
/// A term that has parameters adds up its gradient for each sequence by itself, and over the sequences in their order
/// when all are done, so that the sum does not depend on the number of threads.
public protocol ScoreTerm: Sendable {
    /// Adds the term to the scores, or takes tokens out of the attention by a score of minus infinity. A query keeps at
    /// least one token.
    /// - Parameters:
    ///   - scores: q kᵀ, before they are multiplied by the scale. Shape: [queries, tokens].
    ///   - rows: What the head reads.
    ///   - scratch: The thread's memory; `buffer` is free for use.
    func add(
        to scores: FloatRows, _ rows: HeadRows, head: Int, span: SequenceSpan, _ scratch: AttentionScratch)

    /// Takes the gradient of the scores that `add` left: scores = q kᵀ + term, so it is that of the term, and of what else
    /// `add` read.
    ///
    /// - Parameters:
    ///   - d: dScores; may be overwritten. Shape: [queries, tokens].
    ///   - rows: What the head reads.
    ///   - gradients: Those of `rows` by way of q kᵀ, to be added to.
    ///   - scratch: The thread's memory; `buffer` is free for use.
    func backward(
        gradient d: FloatRows, _ rows: HeadRows, addingTo gradients: HeadRows, head: Int, span: SequenceSpan,
        _ scratch: AttentionScratch)
}

/// Queries and keys of one head of one sequence, or their gradients.
public struct HeadRows: Sendable {
    /// Shape: [queries, D].
    public let q: FloatRows
    /// Shape: [tokens, D].
    public let k: FloatRows
}

/// The term of an architecture that has one, or none.
extension Optional: ScoreTerm where Wrapped: ScoreTerm {
    public func add(
        to scores: FloatRows, _ rows: HeadRows, head: Int, span: SequenceSpan, _ scratch: AttentionScratch
    ) {
        self?.add(to: scores, rows, head: head, span: span, scratch)
    }

    public func backward(
        gradient d: FloatRows, _ rows: HeadRows, addingTo gradients: HeadRows, head: Int, span: SequenceSpan,
        _ scratch: AttentionScratch
    ) {
        self?.backward(gradient: d, rows, addingTo: gradients, head: head, span: span, scratch)
    }
}

/// The term of an architecture that adds nothing to the scores.
public struct NoScoreTerm: ScoreTerm {
    public init() {}

    public func add(
        to scores: FloatRows, _ rows: HeadRows, head: Int, span: SequenceSpan, _ scratch: AttentionScratch
    ) {}

    public func backward(
        gradient d: FloatRows, _ rows: HeadRows, addingTo gradients: HeadRows, head: Int, span: SequenceSpan,
        _ scratch: AttentionScratch
    ) {}
}
