import Encoders
import Foundation
import TensorFiles
import TestSupport
import Testing

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

    /// A classifier over the checkpoint of a folder. What the checkpoint does not have of the head, `head` has under its names.
    static func classifier(
        _ folder: URL, pooling: Pooling, labels: Int, head: SafetensorsFile
    ) throws -> ClassifierModel {
        var initialized: [String] = []
        var model = try ClassifierModel(
            folder: folder, pooling: pooling, labelCounts: [labels], seed: 1, initialized: &initialized)
        var values: [String: [Float]] = [:]
        for name in head.names where initialized.contains(where: name.hasPrefix) {
            values[name] = try head.floats(name, shape: head.shape(of: name) ?? [])
        }
        model.updateParameters { name, parameter in
            if let known = values[name] { parameter.set(known) }
        }
        return model
    }
}

/// The lines of a training's log, one a step.
func logLines(_ file: URL) throws -> [[String: Any]] {
    try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
        try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
}

/// The losses that a training's log has.
func loggedLosses(_ file: URL) throws -> [Double] { try logLines(file).compactMap { $0["loss"] as? Double } }
