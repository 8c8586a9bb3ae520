import Foundation
import TensorFiles
import TestSupport
import Testing

/// A model's folder in a temporary place: the tiny checkpoint `bert-gelu`, whose vocabulary knows three letters, and what
/// transformers makes of some texts with it (Tests/Oracles/Encoders/make_folders.py).
final class ModelFolder {
    let url: URL
    let golden: SafetensorsFile
    static let texts = [
        "a b c", "", "c", "A bb [MASK] x", String(repeating: "a b c ", count: 7),
        String(repeating: "bbb c a ", count: 13),
    ]

    /// - Parameter transformer: The folder of the transformer in the model's.
    init(transformer: String = "") throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("model-\(UUID().uuidString)")
        golden = try SafetensorsFile(oracle("Encoders/folders.safetensors"))
        let checkpoint = oracle("Encoders/bert-gelu")
        let place = transformer.isEmpty ? "" : "\(transformer)/"
        for name in ["config.json", "model.safetensors"] {
            try write(Data(contentsOf: checkpoint.appendingPathComponent(name)), to: place + name)
        }
        let known = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "b", "##b", "c"]
        let vocabulary = known + (known.count..<53).map { "[unused\($0)]" }
        try write(Data((vocabulary.joined(separator: "\n") + "\n").utf8), to: place + "vocab.txt")
        try write(
            #"{"do_lower_case": true, "tokenizer_class": "BertTokenizer"}"#,
            to: place + "tokenizer_config.json")
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func write(_ data: Data, to name: String) throws {
        let file = url.appendingPathComponent(name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: file)
    }

    func write(_ text: String, to name: String) throws { try write(Data(text.utf8), to: name) }

    func floats(_ name: String) throws -> [Float] {
        try golden.floats(name, shape: try #require(golden.shape(of: name)))
    }

    /// Changes keys of `config.json`; nil removes one.
    func configure(_ changes: [String: Any?]) throws {
        let file = url.appendingPathComponent("config.json")
        var keys = try #require(JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
        for (key, value) in changes { keys[key] = value }
        try JSONSerialization.data(withJSONObject: keys).write(to: file)
    }

    /// Writes the weights again, with others beside them.
    func addWeights(_ added: [String: (shape: [Int], values: [Float])]) throws {
        let file = url.appendingPathComponent("model.safetensors")
        let old = try SafetensorsFile(file)
        var tensors: [String: Safetensors.Tensor] = [:]
        for name in old.names {
            let shape = try #require(old.shape(of: name))
            tensors[name] = .init(shape: shape, values: .float32(try old.floats(name, shape: shape)))
        }
        for (name, tensor) in added {
            tensors[name] = .init(shape: tensor.shape, values: .float32(tensor.values))
        }
        try Data(Safetensors(tensors: tensors).encoded()).write(to: file)
    }

    /// Writes the weights again, without some.
    func removeWeights(where isRemoved: (String) -> Bool) throws {
        let file = url.appendingPathComponent("model.safetensors")
        let old = try SafetensorsFile(file)
        var tensors: [String: Safetensors.Tensor] = [:]
        for name in old.names where !isRemoved(name) {
            let shape = try #require(old.shape(of: name))
            tensors[name] = .init(shape: shape, values: .float32(try old.floats(name, shape: shape)))
        }
        try Data(Safetensors(tensors: tensors).encoded()).write(to: file)
    }

    /// Makes it a classifier of five labels.
    func addClassifier() throws {
        try addWeights([
            "classifier.weight": ([5, 35], floats("classifier.weight")),
            "classifier.bias": ([5], floats("classifier.bias")),
        ])
    }
}
