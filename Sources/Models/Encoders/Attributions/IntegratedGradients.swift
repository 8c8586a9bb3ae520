import DeterministicWork
import LinearAlgebra

/// What each token of a sequence adds to a score of its pooled vector, by integrated gradients (Sundararajan, Taly and Yan,
/// "Axiomatic attribution for deep networks", ICML 2017).
///
/// The vectors x[t] that the embeddings give the layers, each with its position, are reached on a straight line from those of
/// a baseline, the same sequence with other tokens, b[t]. A token's contribution is
///
///     (x[t] - b[t]) · mean over the line of d score / d x[t]
///
/// where the mean is taken over the middles of equal steps. All contributions together are the score less that of the
/// baseline, but for what the steps leave out. A token that the baseline has too adds nothing. No weight gets a gradient.
///
/// Gradient times input, which is one such gradient at x itself, would be 0 for every token of a network whose embeddings end
/// in a norm and add no positions, if taken before the norm: a norm does not see how long a vector is.
package struct IntegratedGradients<Encoder: SequenceEncoder> {
    private let encoder: Encoder
    private let ids: [Int32]
    private let pooling: Pooling
    private let skipping: Int
    private let steps: Int
    private let embedded = EmbeddedTokens()
    private let pass: Pass
    /// x and b. Shape: [T, E].
    private let x, baseline: [Float]

    /// Steps of the line where nothing else is said.
    package static var defaultSteps: Int { 16 }
    /// Tokens of the sequences that go through the network together.
    private static var tokensAtOnce: Int { 512 }

    /// - Parameters:
    ///   - ids: A sequence with its signs. Shape: [T].
    ///   - baseline: The tokens in the places of those; nil for a vector of zeros. Shape: [T].
    ///   - skipping: How many tokens at the start are not pooled.
    /// - Throws: `.notDifferentiable` for weights in fewer bits, `.noEmbeddedTokens`, and for sequences or a pooling that do
    ///   not fit the encoder.
    package init(
        _ encoder: Encoder, of ids: [Int32], from baseline: [Int32?], pooling: Pooling, skipping: Int = 0,
        steps: Int = defaultSteps
    ) throws(EncoderError) {
        precondition(ids.count == baseline.count && steps > 0)
        if encoder.precision != .f32 { throw .notDifferentiable(encoder.precision) }
        self.encoder = encoder
        self.ids = ids
        self.pooling = pooling
        self.skipping = skipping
        self.steps = steps
        pass = Pass(team: Team(workers: Threads.count), asking: embedded)
        var ends: [[Float]] = []
        for sequence in [ids, zip(ids, baseline).map { $1 ?? $0 }] {
            pass.begin()
            try encoder.withPooled(
                encoder.batch([sequence]), pooling: pooling, skipping: skipping, pass
            ) { _ in nil }
            ends.append(embedded.vectors)
        }
        guard ends[0].count == ends[1].count, ids.isEmpty || !ends[0].isEmpty else {
            throw .noEmbeddedTokens
        }
        let E = ids.isEmpty ? 0 : ends[1].count / ids.count
        for token in baseline.indices where baseline[token] == nil {
            for i in token * E..<(token + 1) * E { ends[1][i] = 0 }
        }
        (x, self.baseline) = (ends[0], ends[1])
    }

    /// The attributions of a score.
    /// - Parameter score: The scores of B pooled vectors, and their gradient, which a network may overwrite. Shapes:
    ///   [B, width] to [B] and [B, width].
    /// - Throws: `.notFinite` for damaged weights.
    package func attributions(
        of score: (_ pooled: FloatRows, _ pass: Pass) -> (values: [Double], gradient: FloatRows)
    ) throws(EncoderError) -> TokenAttributions {
        let ends = try run([1, 0], score)
        var sums = [Double](repeating: 0, count: x.count)
        let atOnce = max(1, IntegratedGradients.tokensAtOnce / max(1, ids.count))
        for first in stride(from: 0, to: steps, by: atOnce) {
            let places = (first..<min(steps, first + atOnce)).map { (Float($0) + 0.5) / Float(steps) }
            let gradient = try run(places, score).gradient
            for (i, value) in gradient.enumerated() { sums[i % x.count] += Double(value) }
        }
        let E = ids.isEmpty ? 0 : x.count / ids.count
        let contributions = ids.indices.map { token in
            (token * E..<(token + 1) * E).reduce(0) {
                $0 + Double(x[$1] - baseline[$1]) * sums[$1] / Double(steps)
            }
        }
        let values = ends.values + contributions
        guard values.allSatisfy(\.isFinite) else { throw .notFinite(index: 0) }
        return TokenAttributions(
            score: ends.values[0], baselineScore: ends.values[1], contributions: contributions)
    }

    /// Scores at places of the line, 0 the baseline and 1 the sequence, and the gradient there. Shape: [places], [places, T, E].
    private func run(
        _ places: [Float],
        _ score: (FloatRows, Pass) -> (values: [Double], gradient: FloatRows)
    ) throws(EncoderError) -> (values: [Double], gradient: [Float]) {
        embedded.replacement = places.flatMap { place in
            zip(x, baseline).map { place == 1 ? $0 : $1 + place * ($0 - $1) }
        }
        defer { embedded.replacement = nil }
        var values: [Double] = []
        pass.begin()
        try encoder.withPooled(
            encoder.batch(places.map { _ in ids }), pooling: pooling, skipping: skipping, pass
        ) { pooled in
            let scored = score(pooled, pass)
            values = scored.values
            return scored.gradient
        }
        return (values, embedded.gradient)
    }
}

/// What each token of a sequence adds to a score.
package struct TokenAttributions: Equatable, Sendable {
    /// The score of the sequence.
    package let score: Double
    /// The score of the baseline.
    package let baselineScore: Double
    /// Shape: [T].
    package let contributions: [Double]
}
