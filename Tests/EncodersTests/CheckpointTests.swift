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
        "\(try #require(throws: EncoderError.self) { try TokenEncoder(folder: folder) })"
    }

    @Test func aMissingTensorIsNamedWithItsShape() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try change { $0.tensors["encoder.layer.1.attention.self.key.weight"] = nil }
        let path = folder.appendingPathComponent("model.safetensors").path
        #expect(
            try loadingError()
                == "\(path): tensor 'encoder.layer.1.attention.self.key.weight' is missing, expected shape [35, 35], "
                + "since \(folder.appendingPathComponent("config.json").path) has num_hidden_layers 2; the two files are "
                + "not of one model"
        )
    }

    @Test func aMisshapenTensorIsNamedWithItsShape() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try change {
            $0.tensors["embeddings.LayerNorm.bias"] = .init(
                shape: [5, 7], values: .float32(Array(repeating: 0, count: 35)))
        }
        #expect(
            try loadingError().contains(
                "tensor 'embeddings.LayerNorm.bias' has shape [5, 7], expected shape [35], since "))
        #expect(try loadingError().contains("config.json has hidden_size 35;"))
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
        #expect(try TokenEncoder(folder: folder).hiddenStates(of: golden.batch) == expected)
    }

    @Test(arguments: [
        (#""hidden_act": "gelu""#, #""hidden_act": "swish""#, "hidden_act is swish"),
        (
            #""model_type": "bert""#, #""model_type": "bart""#,
            "model_type is bart, expected bert, distilbert, roberta, xlm-roberta, "
        ),
        (#""num_attention_heads": 5"#, #""num_attention_heads": 6"#, "a multiple of the number of heads, 6"),
        (#""hidden_size": 35"#, #""hidden_size": 0"#, "hidden size is 0"),
        (#""hidden_size": 35,"#, "", "hidden_size is nothing"),
        (
            #""model_type": "bert","#, "",
            "model_type is missing, expected bert, distilbert, roberta, xlm-roberta, "
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

    /// A padding token that leaves no position, or none at all, is no configuration.
    @Test(arguments: [
        ("9", "8", "number of positions is 9, expected more than 9"),
        ("39", "9223372036854775807", "pad_token_id is 9223372036854775807, expected 0 to 10, or null"),
        ("39", "-1", "pad_token_id is -1, expected 0 to 10, or null"),
        ("1", "1", "number of positions is 1, expected more than 2"),
    ]) func positionsAfterThePaddingToken(positions: String, padding: String, message: String) throws {
        let text = """
            {"model_type": "roberta", "vocab_size": 11, "hidden_size": 34, "num_hidden_layers": 2,
             "num_attention_heads": 2, "intermediate_size": 61, "type_vocab_size": 1,
             "max_position_embeddings": \(positions), "pad_token_id": \(padding)}
            """
        let error = #expect(throws: EncoderError.self) {
            try EncoderConfiguration(json: Data(text.utf8))
        }
        #expect(error.map { "\($0)" }?.contains(message) == true, "\(error.map { "\($0)" } ?? "")")
    }

    private static let sizes = """
        "vocab_size": 11, "hidden_size": 34, "num_hidden_layers": 4, "num_attention_heads": 2,
        "intermediate_size": 61, "max_position_embeddings": 23
        """

    /// As the classes of transformers have them where `config.json` does not say.
    @Test func whatElectraAndAlbertDoNotState() throws {
        let electra = try EncoderConfiguration(
            json: Data(#"{"model_type": "electra", \#(CheckpointTests.sizes)}"#.utf8))
        #expect(electra.embedding == 128 && electra.activation == .geluExact && electra.tokenTypes == 2)
        #expect(electra.dropout == .init(hidden: 0.1, attention: 0.1, classifier: 0.1))
        let albert = try EncoderConfiguration(
            json: Data(#"{"model_type": "albert", \#(CheckpointTests.sizes)}"#.utf8))
        #expect(albert.embedding == 128 && albert.activation == .geluTanh && albert.tokenTypes == 2)
        #expect(albert.dropout == .init(hidden: 0, attention: 0, classifier: 0.1))
        #expect(albert.layerNormEpsilon == 1e-12 && albert.paddingToken == 0)
    }

    /// Numbers of layers that no weights could tell, and positions that are told otherwise than by a table.
    @Test(arguments: [
        (#""num_hidden_groups": 0"#, "num_hidden_groups is 0, expected 1 to 3"),
        (#""num_hidden_groups": 4"#, "num_hidden_groups is 4, expected 1 to 3"),
        (#""inner_group_num": 0"#, "inner_group_num is 0, expected 1 to 341"),
        (#""inner_group_num": 9223372036854775807"#, "inner_group_num is 9223372036854775807, expected"),
        (#""num_hidden_layers": 1025"#, "num_hidden_layers is 1025, expected 1 to 1024"),
        (#""embedding_size": 0"#, "embedding size is 0, expected 1 to "),
        (#""embedding_size": 12"#, "has shape [43, 13], expected shape [43, 12]"),
        (#""inner_group_num": 2"#, "has inner_group_num 2;"),
        (#""num_hidden_groups": 2"#, "has num_hidden_groups 2;"),
        (#""position_embedding_type": "relative_key""#, "position_embedding_type is relative_key"),
    ])
    func albertsThatAreNotOurs(change: String, message: String) throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.removeItem(at: folder)
        try FileManager.default.copyItem(at: Golden.folder("albert"), to: folder)
        let file = folder.appendingPathComponent("config.json")
        let key = try #require(change.split(separator: ":").first)
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").filter {
            !$0.contains(key)
        }
        let changed = lines.joined(separator: "\n").replacing("{", with: "{\(change),", maxReplacements: 1)
        try Data(changed.utf8).write(to: file)
        let error = try loadingError()
        #expect(error.contains(message) && error.contains(folder.path), "\(error)")
    }

    /// MPNet's padding token is 1 whatever is stated, and its head drops as the hidden layers do, as in `transformers`.
    @Test func whatMPNetDoesNotHeed() throws {
        func configuration(_ more: String) throws -> EncoderConfiguration {
            let text = """
                {"model_type": "mpnet", "vocab_size": 11, "hidden_size": 34, "num_hidden_layers": 2,
                 "num_attention_heads": 2, "intermediate_size": 61, "max_position_embeddings": 9,
                 "hidden_dropout_prob": 0.3\(more)}
                """
            return try EncoderConfiguration(json: Data(text.utf8))
        }
        for more in ["", #", "pad_token_id": 5, "classifier_dropout": 0.9, "type_vocab_size": 3"#] {
            let read = try configuration(more)
            #expect(read.paddingToken == 1 && read.maxPositions == 7 && read.tokenTypes == 0)
            #expect(read.dropout.classifier == 0.3)
        }
    }

    @Test func otherBucketsOfDistancesAreRefused() throws {
        let changed = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: changed) }
        try FileManager.default.copyItem(at: Golden.folder("mpnet"), to: changed)
        let file = changed.appendingPathComponent("config.json")
        let text = try String(contentsOf: file, encoding: .utf8)
        try Data(
            text.replacing(
                #""relative_attention_num_buckets": 32"#, with: #""relative_attention_num_buckets": 64"#
            ).utf8
        ).write(to: file)
        let error = #expect(throws: (any Error).self) { try TokenEncoder(folder: changed) }
        #expect(
            error.map { "\($0)" }?.contains("relative_attention_num_buckets is 64, expected 32") == true)
    }

    /// The file, the tensor, what was found and expected, and the key of the configuration that asks for it; also where
    /// the names have a prefix.
    @Test(
        arguments: [
            (
                #""vocab_size": 53"#, #""vocab_size": 54"#, "has shape [53, 35], expected shape [54, 35]",
                "vocab_size 54"
            ),
            (
                #""num_hidden_layers": 2"#, #""num_hidden_layers": 99"#,
                "encoder.layer.2.attention.self.query.weight' is missing", "num_hidden_layers 99"
            ),
            (
                #""num_hidden_layers": 2"#, #""num_hidden_layers": 16777216"#,
                "encoder.layer.2.attention.self.query.weight' is missing", "num_hidden_layers 16777216"
            ),
            (
                #""intermediate_size": 71"#, #""intermediate_size": 7"#,
                "has shape [71, 35], expected shape [7, 35]", "intermediate_size 7"
            ),
            (
                #""max_position_embeddings": 67"#, #""max_position_embeddings": 1"#,
                "has shape [67, 35], expected shape [1, 35]", "max_position_embeddings 1"
            ),
            (
                #""type_vocab_size": 3"#, #""type_vocab_size": 4"#,
                "has shape [3, 35], expected shape [4, 35]",
                "type_vocab_size 4"
            ),
            (
                #""hidden_size": 35"#, #""hidden_size": 40"#, "has shape [53, 35], expected shape [53, 40]",
                "hidden_size 40"
            ),
        ], [false, true])
    func misfitsNameBothFiles(change: (String, String, String, String), isPrefixed: Bool) throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        if isPrefixed {
            try self.change { file in
                file.tensors = Dictionary(
                    uniqueKeysWithValues: file.tensors.map { ("bert.\($0)", $1) })
            }
        }
        try changeConfiguration(change.0, change.1)
        let error = try loadingError()
        let (weights, configuration) = ("model.safetensors", "config.json")
        #expect(error.hasPrefix("\(folder.appendingPathComponent(weights).path): tensor '"), "\(error)")
        #expect(error.contains("tensor 'bert.") == isPrefixed && error.contains(change.2), "\(error)")
        let place = folder.appendingPathComponent(configuration).path
        #expect(error.contains("\(place) has \(change.3);"), "\(error)")
    }

    /// As the classes of transformers are named, and our own; what they do not say is not guessed.
    @Test func theArchitectureSaysWhatModelTypeDoesNot() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let text = try String(
            contentsOf: folder.appendingPathComponent("config.json"), encoding: .utf8)
        func configuration(_ name: String, _ more: String = "") throws -> EncoderConfiguration {
            let named = text.replacing(#""model_type": "bert","#, with: more)
                .replacing(#""architectures": null,"#, with: #""architectures": ["\#(name)"],"#)
            return try EncoderConfiguration(json: Data(named.utf8))
        }
        for name in ["BertModel", "BertForSequenceClassification", "BertForMaskedLM", "BertLMHeadModel"] {
            #expect(try configuration(name).architecture == .bert, "\(name)")
        }
        let distil =
            #"{"architectures": ["DistilBertForMaskedLM"], "vocab_size": 5, "dim": 6, "n_layers": 1, "n_heads": 2, "hidden_dim": 7, "max_position_embeddings": 8}"#
        #expect(try EncoderConfiguration(json: Data(distil.utf8)).architecture == .distilbert)
        #expect(try configuration("RobertaModel").architecture == .roberta)
        #expect(try configuration("XLMRobertaForMaskedLM").architecture == .xlmRoberta)
        #expect(try configuration("CamembertForMaskedLM").architecture == .camembert)
        #expect(try configuration("Data2VecTextModel").architecture == .data2vecText)
        #expect(try configuration("ElectraForPreTraining").architecture == .electra)
        #expect(try configuration("AlbertForPreTraining").architecture == .albert)
        #expect(try configuration("MPNetForMaskedLM").architecture == .mpnet)
        let own = try configuration(
            "BakeoffBertForSequenceClassification", #""bakeoff": {"pooling": "mean", "activation": "relu"},"#)
        #expect(own.architecture == .bert && own.pooling == .mean && own.activation == .relu)
        for name in [
            "BartModel", "Bert", "BertTokenizer", "RoFormerForMaskedLM", "bertModel", "MegatronBertModel",
        ] {
            let error = #expect(throws: EncoderError.self) { try configuration(name) }
            #expect(
                error.map { "\($0)" }?.hasPrefix(
                    "model_type is missing, with the architecture \(name), expected") == true)
        }
    }

    @Test func weightsThatAreNoStateDictAreRefused() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.moveItem(
            at: folder.appendingPathComponent("model.safetensors"),
            to: folder.appendingPathComponent("pytorch_model.bin"))
        #expect(
            try loadingError().contains("pytorch_model.bin: is not a state dict as torch.save writes it"))
        try FileManager.default.removeItem(at: folder.appendingPathComponent("config.json"))
        #expect(try loadingError().contains("config.json"))
    }

    @Test func readsTheConfiguration() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let bert = try Golden("bert-tanh").encoder.configuration
        #expect(bert.activation == .geluTanh && bert.layerNormEpsilon == 1e-5 && bert.heads == 1)
        #expect(bert.maxPositions == 23 && bert.tokenTypes == 2 && bert.architecture == .bert)
        let distil = try Golden("distilbert").encoder.configuration
        #expect(distil.architecture == .distilbert && distil.tokenTypes == 0 && distil.hidden == 33)
        #expect(
            distil.layers == 2 && distil.heads == 3 && distil.intermediate == 73
                && distil.dropout.classifier == 0.2)
    }
}
