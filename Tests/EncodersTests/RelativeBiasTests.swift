import Encoders
import Foundation
import LinearAlgebra
import TensorFiles
import Testing

/// Buckets of distances, and a bias by them, against its naive twin.
@Suite struct RelativeBiasTests {
    @Test func bucketsAreTransformers() throws {
        let file = try SafetensorsFile(Golden.folder("mpnet").appendingPathComponent("buckets.safetensors"))
        let expected = try file.integers("buckets", shape: [1201])
        let buckets = DistanceBuckets(count: 32, maxDistance: 128)
        #expect((-600...600).map(buckets.bucket) == expected)
    }

    /// Sequences of several lengths, of which the block has room for the longest alone.
    @Test func termAddsTheTablesNumbers() throws {
        let (H, D, lengths) = (3, 5, [1, 37, 2, 17])
        let attention = DotProductAttention(heads: H, headWidth: D)
        let buckets = DistanceBuckets(count: 32, maxDistance: 128)
        var bias = RelativeBias(
            rows: 32, heads: Axis(H), buckets: buckets, maxPositions: 41, attention: attention)
        let table = (0..<32 * H).map { Float($0 * $0 % 97) / 13 - 3 }
        bias.table.set(table)
        let block = TokenBlock(try PackedBatch(lengths.map { Array(repeating: 2, count: $0) }))
        let pass = Pass(team: Team(workers: 1))
        let term = bias.forward(block, pass)
        // q and k are 0, so attention gives each token the mean of v with the weights of the bias alone.
        let q = pass.rows(block.tokens, columns: H * D)
        let v = pass.rows(block.tokens, columns: H * D)
        for row in 0..<block.tokens {
            for column in 0..<H * D {
                q[row][column] = 0
                v[row][column] = Float((row * 7 + column * 3) % 11)
            }
        }
        let found = attention.forward(q: q, k: q, v: v, spans: block.spans, term: term, pass).context
        for span in block.spans {
            for (i, query) in span.queries.enumerated() {
                for column in 0..<H * D {
                    let weights = Naive.softmax(
                        span.tokens.indices.map {
                            Double(table[buckets.bucket($0 - span.tokens.lowerBound - i) * H + column / D])
                        })
                    let expected = zip(weights, span.tokens).reduce(0) { $0 + $1.0 * Double(v[$1.1][column]) }
                    #expect(abs(Double(found[query][column]) - expected) < 1e-5)
                }
            }
        }
    }
}
