import LinearAlgebra

/// A bias of attention's scores by the distance from query to key: a number for every head and bucket of distances, the same
/// in all layers, as T5 (Raffel et al. 2020) and MPNet have it.
public struct RelativeBias: Module {
    /// Shape: [buckets, heads].
    public var table: Parameter
    private let heads: Int
    /// The bucket of each distance from -(maxPositions - 1) on. Shape: [2 maxPositions - 1].
    private let buckets: [Int]
    /// What attention multiplies q kᵀ and the term by.
    private let scale: Float

    /// - Parameters:
    ///   - rows: Rows of the table, at least as many as `buckets` has.
    ///   - maxPositions: Tokens of the longest sequence.
    ///   - attention: That to whose scores it is added.
    public init(
        rows: Axis, heads: Axis, buckets: DistanceBuckets, maxPositions: Int,
        attention: DotProductAttention
    ) {
        precondition(rows.size >= buckets.count && heads.size == attention.heads && maxPositions > 0)
        table = .table(rows: rows, columns: heads, decays: false)
        self.heads = heads.size
        self.buckets = (1 - maxPositions..<maxPositions).map(buckets.bucket)
        scale = attention.scale
    }

    public mutating func visit(_ visitor: ParameterVisitor) {
        visitor.visit("weight", &table)
    }

    /// The bias of query i and key j, of each head: strip[head, M - 1 + j - i].
    ///
    /// The scores are biased before they are scaled, so the strip holds the table's numbers divided by the scale.
    public struct Term: ScoreTerm {
        /// Shape: [heads, 2 M - 1], with M the length of the block's longest sequence.
        let strips: FloatRows
        /// The gradient of each sequence's strips, by way of all layers; nil where there is no backward, or nothing to train. That of
        /// a sequence of L tokens from token t on has the columns 2 t ..< 2 t + 2 L - 1. Shape: [heads, 2 T].
        var gradients: FloatRows?

        public func add(
            to scores: FloatRows, _ rows: HeadRows, head: Int, span: SequenceSpan, _ scratch: AttentionScratch
        ) {
            Rows.addDiagonals(strips[head] + strips.columns / 2, to: scores)
        }

        public func backward(
            gradient d: FloatRows, _ rows: HeadRows, addingTo gradients: HeadRows, head: Int,
            span: SequenceSpan, _ scratch: AttentionScratch
        ) {
            guard let sums = self.gradients else { return }
            let center = 2 * span.tokens.lowerBound + span.tokens.count - 1
            Rows.addDiagonals(gradient: d, to: sums[head] + center)
        }
    }

    /// The term for the sequences of a block, for all layers.
    public func forward(_ block: TokenBlock, _ pass: Pass) -> Term {
        let longest = block.spans.reduce(1) { max($0, $1.tokens.count) }
        let strips = pass.rows(heads, columns: 2 * longest - 1)
        let factor = 1 / scale
        for (column, bucket) in distances(of: longest).enumerated() {
            for head in 0..<heads { strips[head][column] = table.pointer[bucket * heads + head] * factor }
        }
        return Term(strips: strips)
    }

    /// The term for the layers' backward, which adds up its gradient.
    public func beginBackward(_ term: Term, _ block: TokenBlock, _ pass: Pass) -> Term {
        if pass.gradient(of: table) == nil { return term }
        let gradients = pass.rows(heads, columns: 2 * block.tokens)
        for head in 0..<heads { gradients[head].update(repeating: 0, count: gradients.columns) }
        return Term(strips: term.strips, gradients: gradients)
    }

    /// strip[head, j - i] = table[bucket(j - i), head] / scale: what the layers' backward has added up for each sequence and
    /// distance is added to the rows of the table, sequence by sequence.
    public func endBackward(_ term: Term, _ block: TokenBlock, _ pass: Pass) {
        guard let gradients = term.gradients else { return }
        let factor = 1 / scale
        pass.addGradient(of: table) { dTable in
            for span in block.spans {
                for (distance, bucket) in distances(of: span.tokens.count).enumerated() {
                    for head in 0..<heads {
                        dTable[bucket * heads + head] +=
                            gradients[head][2 * span.tokens.lowerBound + distance] * factor
                    }
                }
            }
        }
    }

    /// The buckets of the distances -(length - 1) ... length - 1.
    private func distances(of length: Int) -> ArraySlice<Int> {
        let middle = buckets.count / 2
        return buckets[middle - (length - 1)...middle + (length - 1)]
    }
}
