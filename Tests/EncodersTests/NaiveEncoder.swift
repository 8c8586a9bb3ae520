import Encoders
import Foundation
import TensorFiles

/// Table of numbers, slow and plain. Shape: [rows][columns].
typealias Table = [[Double]]

/// The encoder's equations in Double, one after another as the papers have them: the twin that the fast path must agree
/// with.
enum Naive {
    /// y = x Wᵀ + b.
    /// - Parameter weight: Shape: [outputs, inputs].
    static func linear(_ x: Table, _ weight: [Double], _ bias: [Double]) -> Table {
        x.map { row in
            bias.indices.map { output in
                bias[output] + row.indices.reduce(0) { $0 + row[$1] * weight[output * row.count + $1] }
            }
        }
    }

    static func layerNorm(_ x: Table, _ gain: [Double], _ shift: [Double], epsilon: Double) -> Table {
        x.map { row in
            let mean = row.reduce(0, +) / Double(row.count)
            let variance = row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(row.count)
            let factor = 1 / (variance + epsilon).squareRoot()
            return row.indices.map { (row[$0] - mean) * factor * gain[$0] + shift[$0] }
        }
    }

    static func softmax(_ x: [Double]) -> [Double] {
        let top = x.max() ?? 0
        let powers = x.map { exp($0 - top) }
        let total = powers.reduce(0, +)
        return powers.map { $0 / total }
    }

    /// Of one sequence; q, k, v of shape [T, H].
    static func attention(_ q: Table, _ k: Table, _ v: Table, heads: Int) -> Table {
        let hidden = v[0].count
        let width = hidden / heads
        return q.map { query in
            (0..<heads).flatMap { head in
                let columns = head * width..<(head + 1) * width
                let weights = softmax(
                    k.map { key in columns.reduce(0) { $0 + query[$1] * key[$1] } / Double(width).squareRoot()
                    })
                return columns.map { column in zip(weights, v).reduce(0) { $0 + $1.0 * $1.1[column] } }
            }
        }
    }

    static func activation(_ kind: HiddenActivation, _ x: Double) -> Double {
        switch kind {
        case .geluExact: 0.5 * x * erfc(-x / 2.0.squareRoot())
        case .geluTanh: 0.5 * x * (1 + tanh((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)))
        case .relu: max(x, 0)
        }
    }

    static func plus(_ a: Table, _ b: Table) -> Table {
        zip(a, b).map { zip($0, $1).map { $0 + $1 } }
    }
}

/// A BERT checkpoint with the newer names and no prefix, computed naively.
struct NaiveEncoder {
    let file: SafetensorsFile
    let sizes: EncoderConfiguration

    init(folder: URL) throws {
        file = try SafetensorsFile(folder.appendingPathComponent("model.safetensors"))
        sizes = try EncoderConfiguration(json: Data(contentsOf: folder.appendingPathComponent("config.json")))
    }

    private func values(_ name: String) throws -> [Double] {
        try file.doubles(name, shape: file.shape(of: name) ?? [])
    }

    private func linear(_ x: Table, _ name: String) throws -> Table {
        try Naive.linear(x, values("\(name).weight"), values("\(name).bias"))
    }

    private func norm(_ x: Table, _ name: String) throws -> Table {
        try Naive.layerNorm(
            x, values("\(name).weight"), values("\(name).bias"), epsilon: Double(sizes.layerNormEpsilon))
    }

    func embeddings(_ ids: [Int], types: [Int]) throws -> Table {
        let h = sizes.hidden
        let words = try values("embeddings.word_embeddings.weight")
        let places = try values("embeddings.position_embeddings.weight")
        let kinds = try values("embeddings.token_type_embeddings.weight")
        let sums = ids.indices.map { t in
            (0..<h).map { words[ids[t] * h + $0] + places[t * h + $0] + kinds[types[t] * h + $0] }
        }
        return try norm(sums, "embeddings.LayerNorm")
    }

    func selfAttention(_ x: Table, layer: Int) throws -> Table {
        let name = "encoder.layer.\(layer).attention"
        let found = try Naive.attention(
            linear(x, "\(name).self.query"), linear(x, "\(name).self.key"), linear(x, "\(name).self.value"),
            heads: sizes.heads)
        return try linear(found, "\(name).output.dense")
    }

    func feedForward(_ x: Table, layer: Int) throws -> Table {
        let name = "encoder.layer.\(layer)"
        let inner = try linear(x, "\(name).intermediate.dense").map {
            $0.map { Naive.activation(sizes.activation, $0) }
        }
        return try linear(inner, "\(name).output.dense")
    }

    func layer(_ x: Table, _ layer: Int) throws -> Table {
        let name = "encoder.layer.\(layer)"
        let a = try norm(Naive.plus(x, selfAttention(x, layer: layer)), "\(name).attention.output.LayerNorm")
        return try norm(Naive.plus(a, feedForward(a, layer: layer)), "\(name).output.LayerNorm")
    }

    func pooler(_ first: Table) throws -> Table {
        try linear(first, "pooler.dense").map { $0.map { tanh($0) } }
    }

    /// Of one sequence.
    func hiddenStates(_ ids: [Int], types: [Int]) throws -> Table {
        try (0..<sizes.layers).reduce(embeddings(ids, types: types)) { try layer($0, $1) }
    }
}
