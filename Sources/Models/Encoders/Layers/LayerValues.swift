import LinearAlgebra

/// What a layer computes on its way. Training keeps all of it for the backward pass; otherwise parts share their memory
/// (see `Workspace`).
package struct LayerValues: Sendable {
    /// Queries. Shape: [rows, H].
    package let q: FloatRows
    /// Keys. Shape: [T, H].
    package let k: FloatRows
    /// Values. Shape: [T, H].
    package let v: FloatRows
    /// What attention found, of all heads side by side. Shape: [rows, H].
    package let context: FloatRows
    /// attention(x), then x + attention(x). Shape: [rows, H].
    package let attentionSum: FloatRows
    /// a. Shape: [rows, H].
    package let attended: FloatRows
    /// Before the activation. Shape: [rows, I].
    package let innerSum: FloatRows
    /// After it. Shape: [rows, I].
    package let inner: FloatRows
    /// feedForward(a), then a + feedForward(a). Shape: [rows, H].
    package let outputSum: FloatRows
    /// y. Shape: [rows, H].
    package let output: FloatRows
}

/// Where a sequence stands.
package struct SequenceSpan: Sendable {
    /// Its rows among all tokens.
    package let tokens: Range<Int>
    /// Its rows among those whose output is wanted.
    package let asking: Range<Int>

    package init(tokens: Range<Int>, asking: Range<Int>) {
        self.tokens = tokens
        self.asking = asking
    }
}

/// What a layer drops in a step of training.
package struct LayerDropout: Sendable {
    /// Of the attention's probabilities: row (token * heads + head), a column for each token of the sequence.
    package let attention: Dropout?
    /// Of what attention and the feed-forward layer add to their input: a row for each token asked for.
    package let attentionOutput: Dropout?
    package let output: Dropout?

    package static let none = LayerDropout(attention: nil, attentionOutput: nil, output: nil)
}
