import Encoders
import Foundation
import TensorFiles
import TestSupport

/// A tiny checkpoint and what transformers makes of some tokens with it (Tests/Oracles/Encoders).
struct Golden {
    let folder: URL
    let encoder: TokenEncoder
    let batch: PackedBatch
    private let expected: SafetensorsFile

    static let names =
        [
            "bert-gelu", "bert-tanh", "bert-relu-f16", "bert-bf16", "distilbert", "roberta", "camembert",
            "data2vec-text", "mpnet", "electra", "electra-even", "albert", "albert-groups", "modernbert",
            "modernbert-biases",
        ] + debertas
    static let debertas = ["deberta-v3", "deberta-v2", "deberta-c2p", "deberta-p2c"]

    static func folder(_ name: String) -> URL { oracle("Encoders/\(name)") }

    init(_ name: String) throws {
        folder = Golden.folder(name)
        encoder = try TokenEncoder(folder: folder)
        let file = try SafetensorsFile(folder.appendingPathComponent("expected.safetensors"))
        func integers(_ name: String) throws -> [Int] {
            try file.integers(name, shape: file.shape(of: name) ?? [])
        }
        batch = try PackedBatch(
            ids: integers("ids").map { Int32($0) }, offsets: integers("offsets"),
            tokenTypes: integers("token_types").map { Int32($0) })
        expected = file
    }

    /// One of `hidden`, `mean`, `cls`, `pooler`, and of a classifier's checkpoint `logits`.
    func values(_ name: String) throws -> [Float] {
        try expected.floats(name, shape: expected.shape(of: name) ?? [])
    }
}
