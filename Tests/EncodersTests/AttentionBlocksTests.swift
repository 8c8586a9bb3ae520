import DeterministicWork
import Encoders
import Foundation
import LinearAlgebra
import Testing

/// Attention in blocks of queries against the same of whole sequences, whose scores a term masks.
@Suite struct AttentionBlocksTests {
    private static let (heads, headWidth) = (3, 7)
    private static let width = heads * headWidth
    private let pass = Pass(team: Team(workers: 2))

    /// Takes the tokens outside of the window out of the attention, of all pairs of a sequence.
    private struct Mask: ScoreTerm {
        let window: Int?

        func add(
            to scores: FloatRows, _ rows: HeadRows, head: Int, span: SequenceSpan, _ scratch: AttentionScratch
        ) {
            guard let window else { return }
            for i in 0..<scores.rows {
                for j in 0..<scores.columns where abs(i - j) > window { scores[i][j] = -.infinity }
            }
        }

        func backward(
            gradient d: FloatRows, _ rows: HeadRows, addingTo gradients: HeadRows, head: Int,
            span: SequenceSpan, _ scratch: AttentionScratch
        ) {}
    }

    private func drawn(_ rows: Int, _ random: inout RandomStream) -> FloatRows {
        let x = pass.rows(rows, columns: Self.width)
        for row in 0..<rows { for i in 0..<Self.width { x[row][i] = Float(random.nextUniform()) * 4 - 2 } }
        return x
    }

    private func spans(_ lengths: [Int], isFirst: Bool) -> [SequenceSpan] {
        var end = 0
        return lengths.enumerated().map { row, length in
            let start = end
            end += length
            return SequenceSpan(
                tokens: start..<end, queries: isFirst ? row..<row + 1 : start..<end)
        }
    }

    private func distance(_ a: FloatRows, _ b: FloatRows) -> Float {
        var largest: Float = 0
        for row in 0..<a.rows {
            for i in 0..<a.columns { largest = max(largest, abs(a[row][i] - b[row][i])) }
        }
        return largest
    }

    /// Windows of one token, shorter and longer than a block, and longer than the texts; all tokens, where texts are longer
    /// than a block. The largest difference seen is 3e-6 of gradients that reach 60.
    @Test(
        arguments: [
            (AttentionBlocks.local(window: 0), [130, 1, 64]), (.local(window: 4), [65, 3, 200, 64, 129]),
            (.local(window: 64), [300, 64, 65, 129]), (.local(window: 1000), [131, 2]),
            (.global, [513, 7, 1100, 512]),
        ], [false, true])
    func blocksAreAWholeWithAMask(problem: (AttentionBlocks, [Int]), isFirst: Bool) {
        let (blocks, lengths) = problem
        var random = RandomStream(seed: 31)
        let T = lengths.reduce(0, +)
        let spans = spans(lengths, isFirst: isFirst)
        let rows = isFirst ? lengths.count : T
        let (q, k, v) = (drawn(rows, &random), drawn(T, &random), drawn(T, &random))
        let d = drawn(rows, &random)
        func run(_ attention: DotProductAttention, _ term: some ScoreTerm) -> (FloatRows, [FloatRows]) {
            let kept = attention.forward(q: q, k: k, v: v, spans: spans, term: term, pass)
            let gradients = DotProductAttention.Gradients(
                q: pass.rows(rows, columns: Self.width), k: pass.rows(T, columns: Self.width),
                v: pass.rows(T, columns: Self.width))
            // What is in them from earlier use has no influence.
            for rows in [gradients.q, gradients.k, gradients.v] {
                for row in 0..<rows.rows { for i in 0..<Self.width { rows[row][i] = 7 } }
            }
            attention.backward(kept, spans: spans, gradient: d, into: gradients, term: term, pass)
            return (kept.context, [gradients.q, gradients.k, gradients.v])
        }
        let whole = run(
            DotProductAttention(heads: Self.heads, headWidth: Self.headWidth), Mask(window: blocks.window))
        let parts = run(
            DotProductAttention(heads: Self.heads, headWidth: Self.headWidth, blocks: blocks), NoScoreTerm())
        #expect(distance(whole.0, parts.0) < 1e-6)
        for (a, b) in zip(whole.1, parts.1) { #expect(distance(a, b) < 2e-5) }
        // What fills the last panels stays zero, as products of gradients ask.
        for gradient in parts.1 {
            for row in 0..<gradient.rows { for i in Self.width..<32 { #expect(gradient[row][i] == 0) } }
        }
    }
}
