import LinearAlgebra

extension TokenBlock {
    /// Calls `body` with each sequence's row, its tokens, and the places in it that are pooled.
    private func forEachPooled(skipping: Int, _ body: (_ row: Int, _ tokens: Range<Int>, Range<Int>) -> Void)
    {
        for (row, span) in spans.enumerated() {
            body(row, span.tokens, min(skipping, span.tokens.count)..<span.tokens.count)
        }
    }

    /// y = scale Σ weight(t) x[t] over each sequence's tokens; 0 where none is pooled.
    /// - Parameters:
    ///   - x: Shape: [T, H].
    ///   - skipping: How many tokens at the start of each sequence do not count.
    ///   - y: Overwritten. Shape: [sequences, H].
    package func sum(of x: FloatRows, _ weights: TokenWeights, skipping: Int = 0, into y: FloatRows) {
        forEachPooled(skipping: skipping) { row, tokens, pooled in
            let to = y[row]
            for i in 0..<x.columns { to[i] = 0 }
            if pooled.isEmpty { return }
            let scale = weights.scale(pooled)
            for place in pooled {
                let weight = weights.weight(place, of: pooled)
                if weight == 0 { continue }
                let from = x[tokens.lowerBound + place]
                for i in 0..<x.columns { to[i] += weight * from[i] }
            }
            for i in 0..<x.columns { to[i] *= scale }
        }
    }

    /// y = scale Σ weight(t) x[t]: each token's gradient is its sequence's times weight and scale.
    /// - Parameters:
    ///   - d: dY. Shape: [sequences, H].
    ///   - dX: Overwritten. Shape: [T, H].
    package func sumBackward(
        gradient d: FloatRows, _ weights: TokenWeights, skipping: Int = 0, into dX: FloatRows
    ) {
        forEachPooled(skipping: skipping) { row, tokens, pooled in
            let scale = pooled.isEmpty ? 0 : weights.scale(pooled)
            for place in 0..<tokens.count {
                let factor = pooled.contains(place) ? scale * weights.weight(place, of: pooled) : 0
                let to = dX[tokens.lowerBound + place]
                for i in 0..<d.columns { to[i] = d[row][i] * factor }
            }
        }
    }

    /// y = the largest value of each column among a sequence's tokens; -∞ where none is pooled.
    /// - Parameters:
    ///   - x: Shape: [T, H].
    ///   - y: Overwritten. Shape: [sequences, H].
    package func maximum(of x: FloatRows, skipping: Int = 0, into y: FloatRows) {
        forEachPooled(skipping: skipping) { row, tokens, pooled in
            let to = y[row]
            for i in 0..<x.columns { to[i] = -.infinity }
            for place in pooled {
                let from = x[tokens.lowerBound + place]
                for i in 0..<x.columns { to[i] = max(to[i], from[i]) }
            }
        }
    }

    /// y = the largest value of each column: its gradient is that of the first token which has it.
    /// - Parameters:
    ///   - x: What forward read. Shape: [T, H].
    ///   - d: dY. Shape: [sequences, H].
    ///   - dX: Overwritten. Shape: [T, H].
    package func maximumBackward(_ x: FloatRows, gradient d: FloatRows, skipping: Int = 0, into dX: FloatRows)
    {
        forEachPooled(skipping: skipping) { row, tokens, pooled in
            for token in tokens { for i in 0..<d.columns { dX[token][i] = 0 } }
            guard let first = pooled.first else { return }
            for i in 0..<d.columns {
                var best = first
                for place in pooled where x[tokens.lowerBound + place][i] > x[tokens.lowerBound + best][i] {
                    best = place
                }
                dX[tokens.lowerBound + best][i] = d[row][i]
            }
        }
    }
}
