import LinearAlgebra

/// A thread's memory for one head of one sequence.
public struct AttentionScratch {
    /// Keys or values, transposed. Shape: [D, 32].
    let panels: FloatBuffer
    private let scratch: Scratch
    private let span: SequenceSpan

    init(_ scratch: Scratch, _ span: SequenceSpan, headWidth: Int) {
        self.scratch = scratch
        self.span = span
        panels = scratch.buffer(1, count: PanelMatrix.panel * headWidth)
    }

    /// Memory for a `ScoreTerm`, with anything in it.
    /// - Parameter index: From 0 on; the same index is the same memory.
    public func buffer(_ index: Int, count: Int) -> FloatBuffer { scratch.buffer(5 + index, count: count) }

    /// Memory for a `ScoreTerm`, with anything in it. Shape: [rows, columns].
    /// - Parameter index: That of `buffer`.
    public func rows(_ index: Int, _ rows: Int, columns: Int) -> FloatRows {
        matrix(5 + index, rows: rows, columns: columns)
    }

    private func matrix(_ index: Int, rows: Int, columns: Int) -> FloatRows {
        let stride = FloatRows.stride(columns: columns)
        return FloatRows(
            scratch.buffer(index, count: rows * stride).pointer, rows: rows, columns: columns, stride: stride)
    }

    private func square(_ index: Int) -> FloatRows {
        matrix(index, rows: span.queries.count, columns: span.tokens.count)
    }

    /// p. Shape: [queries, tokens].
    var probabilities: FloatRows { square(2) }
    /// p after dropout. Shape: [queries, tokens].
    var kept: FloatRows { square(3) }
    /// Shape: [queries, tokens].
    var gradient: FloatRows { square(4) }
}
