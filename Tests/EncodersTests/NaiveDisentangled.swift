import Encoders
import Foundation
import TensorFiles

/// A layer's disentangled attention in Double, pair by pair as the paper has it, with a layer of its own for every
/// product: the twin of `DisentangledLayer`.
struct NaiveDisentangled {
    let file: SafetensorsFile
    /// Before the encoder's names.
    let prefix: String
    let sizes: EncoderConfiguration
    let terms: Set<String>
    let sharesProjections: Bool
    let normalizesTable: Bool
    let distances: RelativeDistances

    private func values(_ name: String) throws -> [Double] {
        try file.doubles(prefix + name, shape: file.shape(of: prefix + name) ?? [])
    }

    private func linear(_ x: Table, _ name: String) throws -> Table {
        try Naive.linear(x, values("\(name).weight"), values("\(name).bias"))
    }

    private func norm(_ x: Table, _ name: String) throws -> Table {
        try Naive.layerNorm(
            x, values("\(name).weight"), values("\(name).bias"), epsilon: Double(sizes.layerNormEpsilon))
    }

    private func relativeTable() throws -> Table {
        let all = try values("encoder.rel_embeddings.weight")
        let rows = stride(from: 0, to: all.count, by: sizes.hidden).map { Array(all[$0..<$0 + sizes.hidden]) }
        return normalizesTable ? try norm(rows, "encoder.LayerNorm") : rows
    }

    /// What the layer's attention adds to its input. Shape of both: [T, H].
    func attention(_ x: Table, layer: Int) throws -> Table {
        let name = "encoder.layer.\(layer).attention"
        let table = try relativeTable()
        let (q, k) = try (linear(x, "\(name).self.query_proj"), linear(x, "\(name).self.key_proj"))
        let v = try linear(x, "\(name).self.value_proj")
        let positionKeys =
            try !terms.contains("c2p")
            ? [] : linear(table, "\(name).self.\(sharesProjections ? "key_proj" : "pos_key_proj")")
        let positionQueries =
            try !terms.contains("p2c")
            ? [] : linear(table, "\(name).self.\(sharesProjections ? "query_proj" : "pos_query_proj")")
        let D = sizes.hidden / sizes.heads
        func product(_ a: [Double], _ b: [Double], _ head: Int) -> Double {
            (head * D..<(head + 1) * D).reduce(0) { $0 + a[$1] * b[$1] }
        }
        let context = x.indices.map { i in
            (0..<sizes.heads).flatMap { head in
                let scores = x.indices.map { j in
                    let row = distances.row(of: i - j)
                    var score = product(q[i], k[j], head)
                    if terms.contains("c2p") { score += product(q[i], positionKeys[row], head) }
                    if terms.contains("p2c") { score += product(k[j], positionQueries[row], head) }
                    return score / Double(D * (1 + terms.count)).squareRoot()
                }
                let weights = Naive.softmax(scores)
                return (head * D..<(head + 1) * D).map { column in
                    x.indices.reduce(0) { $0 + weights[$1] * v[$1][column] }
                }
            }
        }
        return try linear(context, "\(name).output.dense")
    }

    /// The layer's output. Shape of both: [T, H].
    func layer(_ x: Table, _ layer: Int) throws -> Table {
        let name = "encoder.layer.\(layer)"
        let a = try norm(Naive.plus(x, attention(x, layer: layer)), "\(name).attention.output.LayerNorm")
        let inner = try linear(a, "\(name).intermediate.dense").map {
            $0.map { Naive.activation(sizes.activation, $0) }
        }
        return try norm(Naive.plus(a, linear(inner, "\(name).output.dense")), "\(name).output.LayerNorm")
    }
}
