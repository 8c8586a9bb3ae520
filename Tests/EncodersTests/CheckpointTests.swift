import Encoders
import Foundation
import TensorFiles
import Testing

@Suite struct CheckpointTests {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.copyItem(at: Golden.folder("bert-gelu"), to: folder)
    }

    /// Rewrites the weights.
    private func change(_ body: (inout Safetensors) -> Void) throws {
        let file = folder.appendingPathComponent("model.safetensors")
        var tensors = try Safetensors(Array(Data(contentsOf: file)))
        body(&tensors)
        try Data(tensors.encoded()).write(to: file)
    }

    private func changeConfiguration(_ from: String, _ to: String) throws {
        let file = folder.appendingPathComponent("config.json")
        let text = try String(contentsOf: file, encoding: .utf8)
        #expect(text.contains(from))
        try Data(text.replacingOccurrences(of: from, with: to).utf8).write(to: file)
    }

    private func loadingError() throws -> String {
        "\(try #require(throws: EncoderError.self) { try BertEncoder(folder: folder) })"
    }

    @Test func aMissingTensorIsNamedWithItsShape() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try change { $0.tensors["encoder.layer.1.attention.self.key.weight"] = nil }
        let path = folder.appendingPathComponent("model.safetensors").path
        #expect(
            try loadingError()
                == "\(path): tensor 'encoder.layer.1.attention.self.key.weight' is missing; expected shape [35, 35]"
        )
    }

    @Test func aMisshapenTensorIsNamedWithItsShape() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try change {
            $0.tensors["embeddings.LayerNorm.bias"] = .init(
                shape: [5, 7], values: .float32(Array(repeating: 0, count: 35)))
        }
        #expect(
            try loadingError().hasSuffix("tensor 'embeddings.LayerNorm.bias' has shape [5, 7], expected [35]")
        )
    }

    @Test func aTensorOfAnotherTypeIsRefused() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try change {
            $0.tensors["pooler.dense.bias"] = .init(
                shape: [35], values: .float64(Array(repeating: 0, count: 35)))
        }
        #expect(
            try loadingError().hasSuffix("tensor 'pooler.dense.bias' has type F64, expected F32, F16 or BF16")
        )
    }

    @Test func theSameWeightsByOtherNames() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let golden = try Golden("bert-gelu")
        let expected = try golden.encoder.hiddenStates(of: golden.batch)
        try change { file in
            file.tensors = Dictionary(
                uniqueKeysWithValues: file.tensors.map { name, tensor in
                    let older = name.replacingOccurrences(of: "LayerNorm.weight", with: "LayerNorm.gamma")
                        .replacingOccurrences(of: "LayerNorm.bias", with: "LayerNorm.beta")
                    return ("bert.\(older)", tensor)
                })
            file.tensors["classifier.weight"] = .init(shape: [1], values: .float32([0]))
        }
        #expect(try BertEncoder(folder: folder).hiddenStates(of: golden.batch) == expected)
    }

    @Test(arguments: [
        (#""hidden_act": "gelu""#, #""hidden_act": "swish""#, "hidden_act is swish"),
        (
            #""model_type": "bert""#, #""model_type": "roberta""#,
            "model_type is roberta, expected bert or distilbert"
        ),
        (#""num_attention_heads": 5"#, #""num_attention_heads": 6"#, "a multiple of the number of heads, 6"),
        (#""hidden_size": 35"#, #""hidden_size": 0"#, "hidden size is 0"),
        (#""hidden_size": 35,"#, "", "hidden_size is nothing"),
        (#""vocab_size": 53"#, #""vocab_size": 54"#, "has shape [53, 35], expected [54, 35]"),
        (
            #""num_hidden_layers": 2"#, #""num_hidden_layers": 3"#,
            "'encoder.layer.2.attention.self.query.weight' is missing"
        ),
        (#""vocab_size": 53"#, #""vocab_size": 9223372036854775807"#, "vocabulary is 9223372036854775807"),
        (#""vocab_size": 53"#, #""vocab_size": "many""#, "is not the configuration of an encoder"),
        (#""is_decoder": false"#, #""is_decoder": true"#, "is_decoder is true"),
        (#""layer_norm_eps": 1e-12"#, #""layer_norm_eps": -1"#, "layer_norm_eps is -1"),
    ]) func configurationsThatAreNotOurs(from: String, to: String, message: String) throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try changeConfiguration(from, to)
        let error = try loadingError()
        #expect(error.contains(message), "\(error)")
        #expect(error.contains(folder.path))
    }

    @Test func aPickleIsRefused() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.moveItem(
            at: folder.appendingPathComponent("model.safetensors"),
            to: folder.appendingPathComponent("pytorch_model.bin"))
        #expect(try loadingError().contains("is a pickle"))
        try FileManager.default.removeItem(at: folder.appendingPathComponent("config.json"))
        #expect(try loadingError().contains("config.json"))
    }

    @Test func readsTheConfiguration() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let bert = try Golden("bert-tanh").encoder.configuration
        #expect(bert.activation == .geluTanh && bert.layerNormEpsilon == 1e-5 && bert.heads == 1)
        #expect(bert.positions == 23 && bert.tokenTypes == 2 && bert.family == .bert)
        let distil = try Golden("distilbert").encoder.configuration
        #expect(distil.family == .distilbert && distil.tokenTypes == 0 && distil.hidden == 33)
        #expect(
            distil.layers == 2 && distil.heads == 3 && distil.inner == 73 && distil.classifierDropout == 0.2)
    }
}
