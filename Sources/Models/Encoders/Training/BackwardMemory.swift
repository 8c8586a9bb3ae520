import LinearAlgebra

/// The buffers of a backward pass, which one layer after another uses.
package final class BackwardMemory: Sendable {
    private let tokens: Int
    private let hidden: Int
    private let innerWidth: Int
    /// Shape of these: [tokens, H].
    private let dBuffer, othersBuffer, branchBuffer, contextBuffer, qBuffer, kBuffer, vBuffer: FloatBuffer
    /// Shape: [tokens, I].
    private let innerBuffer: FloatBuffer

    package init(_ sizes: BertConfiguration, tokens: Int) {
        self.tokens = tokens
        hidden = sizes.hidden
        innerWidth = sizes.inner
        let size = tokens * FloatRows.stride(columns: hidden)
        dBuffer = FloatBuffer(count: size)
        othersBuffer = FloatBuffer(count: size)
        branchBuffer = FloatBuffer(count: size)
        contextBuffer = FloatBuffer(count: size)
        qBuffer = FloatBuffer(count: size)
        kBuffer = FloatBuffer(count: size)
        vBuffer = FloatBuffer(count: size)
        innerBuffer = FloatBuffer(count: tokens * FloatRows.stride(columns: innerWidth))
    }

    private func wide(_ buffer: FloatBuffer, _ rows: Int) -> FloatRows {
        precondition(rows <= tokens)
        return FloatRows(
            buffer.pointer, rows: rows, columns: hidden, stride: FloatRows.stride(columns: hidden))
    }

    /// The gradient that goes from layer to layer. Shape: [rows, H].
    func d(rows: Int) -> FloatRows { wide(dBuffer, rows) }
    /// The gradient of tokens that nothing asked for. Shape: [rows, H].
    func others(rows: Int) -> FloatRows { wide(othersBuffer, rows) }
    /// Of what a part of a layer adds to its input. Shape: [rows, H].
    func branch(rows: Int) -> FloatRows { wide(branchBuffer, rows) }
    /// Of what attention found. Shape: [rows, H].
    func context(rows: Int) -> FloatRows { wide(contextBuffer, rows) }
    /// Of queries, keys and values. Shape: [rows, H].
    func q(rows: Int) -> FloatRows { wide(qBuffer, rows) }
    func k(rows: Int) -> FloatRows { wide(kBuffer, rows) }
    func v(rows: Int) -> FloatRows { wide(vBuffer, rows) }

    /// Between the two products of a feed-forward layer. Shape: [rows, I].
    func inner(rows: Int) -> FloatRows {
        precondition(rows <= tokens)
        return FloatRows(
            innerBuffer.pointer, rows: rows, columns: innerWidth,
            stride: FloatRows.stride(columns: innerWidth))
    }
}
