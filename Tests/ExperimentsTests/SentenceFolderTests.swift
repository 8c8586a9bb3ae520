import Encoders
import Experiments
import Foundation
import Recipes
import TensorFiles
import TestSupport
import Testing

/// Folders of sentence-transformers mean what they say; names that are no encoder's are told apart.
@Suite struct SentenceFolderTests {
    private func encoder(_ folder: ModelFolder) throws -> TextEncoder {
        try TextEncoder(folder: folder.url)
    }

    private func modules(_ list: [(path: String, type: String)]) -> String {
        let items = list.enumerated().map {
            #"{"idx": \#($0), "name": "\#($0)", "path": "\#($1.path)", "type": "sentence_transformers.models.\#($1.type)"}"#
        }
        return "[\(items.joined(separator: ", "))]"
    }

    private func pooling(_ mode: String) -> String {
        let modes = ["cls_token", "mean_tokens", "max_tokens", "mean_sqrt_len_tokens"]
        return "{" + modes.map { #""pooling_mode_\#($0)": \#($0 == mode)"# }.joined(separator: ", ") + "}"
    }

    private func expectEqual(_ found: [Float], _ expected: [Float], _ what: String) {
        #expect(found.count == expected.count, "\(what)")
        // The largest error seen is 1e-6.
        let difference = zip(found, expected).map { abs($0 - $1) }.max() ?? 0
        #expect(difference < 1e-5, "\(what): \(difference)")
    }

    @Test func aFolderThatSaysNothingIsPooledByMean() throws {
        let folder = try ModelFolder()
        let encoder = try encoder(folder)
        expectEqual(try encoder.encode(ModelFolder.texts).values, try folder.floats("mean"), "mean")
    }

    @Test(arguments: ["", "0_Transformer"]) func poolingAndLength(transformer: String) throws {
        let folder = try ModelFolder(transformer: transformer)
        let place = transformer.isEmpty ? "" : "\(transformer)/"
        try folder.write(
            modules([(transformer, "Transformer"), ("1_Pooling", "Pooling")]), to: "modules.json")
        try folder.write(pooling("cls_token"), to: "1_Pooling/config.json")
        try folder.write(
            #"{"max_seq_length": 16, "do_lower_case": false}"#, to: place + "sentence_bert_config.json")
        let encoder = try encoder(folder)
        expectEqual(try encoder.encode(ModelFolder.texts).values, try folder.floats("cls16"), "cls16")
        // What is stated counts more.
        expectEqual(
            try encoder.encode(ModelFolder.texts, encoder.options(pooling: .mean, maxLength: 67)).values,
            try folder.floats("mean"), "stated")
        try folder.write(#"{"pooling_mode": "cls"}"#, to: "1_Pooling/config.json")
        let newer = try self.encoder(folder)
        #expect(newer.options() == encoder.options())
    }

    @Test func denseLayersAndLengthOne() throws {
        let folder = try ModelFolder()
        try folder.write(
            modules([("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Dense", "Dense")]), to: "modules.json"
        )
        try folder.write(pooling("mean_tokens"), to: "1_Pooling/config.json")
        try folder.write(
            #"{"in_features": 35, "out_features": 11, "bias": true, "activation_function": "torch.nn.modules.activation.Tanh"}"#,
            to: "2_Dense/config.json")
        try writeDense(folder, weight: try folder.floats("dense.weight"))
        let encoder = try encoder(folder)
        #expect(encoder.width == 11)
        let expected = try folder.floats("normalized")
        expectEqual(try encoder.encode(ModelFolder.texts).values, try folder.floats("dense"), "dense")
        try folder.write(
            modules([
                ("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Dense", "Dense"),
                ("3_Normalize", "Normalize"),
            ]),
            to: "modules.json")
        let normalized = try self.encoder(folder)
        expectEqual(try normalized.encode(ModelFolder.texts).values, expected, "normalized")
        expectEqual(
            try normalized.encode(ModelFolder.texts, normalized.options(normalize: false)).values,
            try folder.floats("dense"),
            "not normalized")
        var bad = try folder.floats("dense.weight")
        bad[7] = .nan
        try writeDense(folder, weight: bad)
        #expect(throws: (any Error).self) { try self.encoder(folder) }
    }

    /// Every way of pooling, with and without a prompt, as sentence-transformers encodes (Tests/Oracles/Encoders/make_pooling.py).
    @Test(arguments: ["cls", "mean", "max", "mean_sqrt_len_tokens", "weightedmean", "lasttoken"])
    func everyPoolingAndPrompts(mode: String) throws {
        let golden = try SafetensorsFile(oracle("Encoders/pooling.safetensors"))
        func floats(_ name: String) throws -> [Float] {
            try golden.floats(name, shape: #require(golden.shape(of: name)))
        }
        let folder = try ModelFolder()
        let old =
            mode == "cls" || mode == "mean" || mode == "max"
            ? "pooling_mode_\(mode)_token" : "pooling_mode_\(mode)"
        let olderKey = old.replacing("mean_token", with: "mean_tokens").replacing(
            "max_token", with: "max_tokens"
        )
        .replacing("weightedmean", with: "weightedmean_tokens")
        .replacing("sqrt_len_tokens_tokens", with: "sqrt_len_tokens")
        try folder.write(
            modules([("", "Transformer"), ("1_Pooling", "Pooling")]), to: "modules.json")
        try folder.write(#"{"\#(olderKey)": true}"#, to: "1_Pooling/config.json")
        expectEqual(
            try encoder(folder).encode(ModelFolder.texts).values, try floats("plain.\(mode)"), "plain")
        let encoder = try encoder(folder)
        expectEqual(
            try encoder.encode(ModelFolder.texts, encoder.options(prefix: "b c: ")).values,
            try floats("prompted.\(mode)"), "prefix")
        try folder.write(
            #"{"prompts": {"query": "b c: ", "document": ""}, "default_prompt_name": "query"}"#,
            to: "config_sentence_transformers.json")
        let prompted = try self.encoder(folder)
        expectEqual(try prompted.encode(ModelFolder.texts).values, try floats("prompted.\(mode)"), "prompted")
        expectEqual(
            try prompted.encode(ModelFolder.texts, prompted.options(prefix: "")).values,
            try floats("plain.\(mode)"), "no prefix")
        try folder.write(
            #"{"pooling_mode": "\#(mode)", "include_prompt": false}"#, to: "1_Pooling/config.json")
        let excluded = try self.encoder(folder)
        expectEqual(try excluded.encode(ModelFolder.texts).values, try floats("excluded.\(mode)"), "excluded")
    }

    private func writeDense(_ folder: ModelFolder, weight: [Float]) throws {
        let header =
            #"{"linear.bias":{"dtype":"F32","shape":[11],"data_offsets":[0,44]},"linear.weight":{"dtype":"F32","shape":[11,35],"data_offsets":[44,1584]}}"#
        var bytes = Data()
        withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { bytes.append(contentsOf: $0) }
        bytes.append(Data(header.utf8))
        for value in try folder.floats("dense.bias") + weight {
            withUnsafeBytes(of: value) { bytes.append(contentsOf: $0) }
        }
        try folder.write(bytes, to: "2_Dense/model.safetensors")
    }

    /// What is not understood is refused by name, never left out.
    @Test func modulesThatAreNotUnderstood() throws {
        func refusal(_ files: [String: String]) -> String {
            do {
                let folder = try ModelFolder()
                for (name, text) in files { try folder.write(text, to: name) }
                _ = try encoder(folder)
                return ""
            } catch {
                return "\(error)"
            }
        }
        let list = modules([("", "Transformer"), ("1_Pooling", "Pooling")])
        #expect(
            refusal([
                "modules.json": list, "1_Pooling/config.json": #"{"pooling_mode": ["mean", "max"]}"#,
            ]).contains("the pooling is mean and max, expected one of mean, cls, max"))
        #expect(
            refusal(["modules.json": list, "1_Pooling/config.json": #"{"pooling_mode": "pooler"}"#]).contains(
                "the pooling is pooler"))
        #expect(refusal(["modules.json": list, "1_Pooling/config.json": "{}"]).contains("not stated"))
        #expect(
            refusal(["1_Pooling/config.json": #"{"pooling_mode": "mean", "include_prompt": "no"}"#]).contains(
                "include_prompt is no"))
        let good = ["1_Pooling/config.json": pooling("mean_tokens")]
        func with(_ files: [String: String]) -> [String: String] { good.merging(files) { $1 } }
        for kind in ["LSTM", "CNN", "WordWeights", "LayerNorm", "WeightedLayerPooling"] {
            let text = modules([("", "Transformer"), ("1_Pooling", "Pooling"), ("2", kind)])
            #expect(refusal(with(["modules.json": text])).contains("module 2 is \(kind)"))
        }
        #expect(
            refusal(with(["modules.json": modules([("", "CLIPModel")])])).contains(
                "the first module is CLIPModel"))
        #expect(
            refusal(with(["modules.json": modules([("../x", "Transformer")])])).contains("leaves the folder"))
        #expect(refusal(with(["modules.json": "{"])).contains("modules.json"))
        #expect(
            refusal(with(["modules.json": list, "sentence_bert_config.json": #"{"max_seq_length": 0}"#]))
                .contains("max_seq_length is 0"))
        #expect(
            refusal(
                with([
                    "modules.json": list,
                    "config_sentence_transformers.json": #"{"default_prompt_name": "query"}"#,
                ])
            ).contains("default_prompt_name is query, expected one of the prompts there: none"))
        #expect(refusal(with(["modules.json": list])) == "")
    }

    /// Settings that would change the vectors are refused by name, and those that do not are read over.
    @Test func settingsThatAreNotFollowed() throws {
        func refusal(_ name: String, _ text: String) throws -> String {
            let folder = try ModelFolder()
            try folder.write(
                modules([("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Dense", "Dense")]),
                to: "modules.json")
            try folder.write(pooling("mean_tokens"), to: "1_Pooling/config.json")
            try folder.write(#"{"in_features": 35, "out_features": 11}"#, to: "2_Dense/config.json")
            try writeDense(folder, weight: try folder.floats("dense.weight"))
            try folder.write(text, to: name)
            do {
                _ = try encoder(folder)
                return ""
            } catch {
                return "\(error)"
            }
        }
        let (transformer, model, dense) = (
            "sentence_bert_config.json", "config_sentence_transformers.json", "2_Dense/config.json"
        )
        let sizes = #""in_features": 35, "out_features": 11"#
        for (name, text, expected) in [
            (transformer, #"{"do_lower_case": true}"#, "do_lower_case is true"),
            (transformer, #"{"transformer_task": "fill-mask"}"#, "is fill-mask, expected feature-extraction"),
            (
                transformer, #"{"modality_config": {"text": {"method_output_name": "pooler_output"}}}"#,
                "modality_config.text.method_output_name is pooler_output, expected last_hidden_state"
            ),
            (
                transformer, #"{"module_output_name": "sentence_embedding"}"#,
                "module_output_name is sentence_embedding, expected token_embeddings"
            ),
            (
                transformer, #"{"config_args": {"trust_remote_code": true, "hidden_act": "relu"}}"#,
                "config_args.hidden_act is not followed here; state it in config.json"
            ),
            (
                transformer, #"{"processor_kwargs": {"do_lower_case": false}}"#,
                "processor_kwargs.do_lower_case is not followed here; state it in tokenizer_config.json"
            ),
            (
                transformer, #"{"processing_kwargs": {"text": {"max_length": 4}}}"#,
                "processing_kwargs.text.max_length is not followed here"
            ),
            (transformer, #"{"tokenizer_args": 1}"#, "tokenizer_args is no JSON object"),
            (model, #"{"truncate_dim": 3}"#, "truncate_dim is 3"),
            (dense, #"{\#(sizes), "use_residual": true}"#, "use_residual is true"),
            (
                dense, #"{\#(sizes), "module_input_name": "token_embeddings"}"#,
                "module_input_name is token_embeddings, expected sentence_embedding"
            ),
            (
                dense, #"{\#(sizes), "activation_function": "folder.Tanh"}"#,
                "activation_function is folder.Tanh, expected one of"
            ),
            (
                "modules.json", #"[{"path": "", "type": "custom_st.Transformer"}]"#,
                "module 0 is custom_st.Transformer, whose code is not run here"
            ),
        ] {
            let found = try refusal(name, text)
            #expect(found.contains(expected) && found.contains(name), "\(text): \(found)")
        }
        for (name, text) in [
            (
                transformer,
                #"{"transformer_task": "feature-extraction", "modality_config": {"text": {"method": "forward", "method_output_name": "last_hidden_state"}}, "module_output_name": "token_embeddings"}"#
            ),
            (
                transformer,
                #"{"max_seq_length": 16, "config_args": {"trust_remote_code": false}, "tokenizer_args": {"padding_side": "left"}, "processing_kwargs": {"text": {"padding": true, "truncation": true}}}"#
            ),
            (model, #"{"truncate_dim": null, "similarity_fn_name": "cosine"}"#),
            (
                dense,
                #"{\#(sizes), "use_residual": false, "module_input_name": "sentence_embedding", "module_output_name": null}"#
            ),
        ] {
            #expect(try refusal(name, text) == "", "\(text)")
        }
    }

    @Test func namesThatAreNoEncoders() throws {
        let folder = try ModelFolder()
        let recipes = RecipeBook()
        let parent = folder.url.deletingLastPathComponent()
        func refusal(_ name: String) -> String {
            do {
                _ = try EncoderFolder(named: name, relativeTo: parent, recipes: recipes)
                return ""
            } catch {
                return "\(error)"
            }
        }
        let unknown = refusal("nobody-base")
        #expect(
            unknown.contains("there is no folder") && unknown.contains("all-MiniLM-L6-v2, all-mpnet-base-v2"))
        #expect(!unknown.contains("goemotions") && unknown.contains("bakeoff fetch nobody-base"))
        #expect(
            refusal("sentence-transformers/all-MiniLM-L6-v2").contains("did you mean 'all-MiniLM-L6-v2'?"))
        #expect(refusal("all-miniLM-l6v2").contains("did you mean 'all-MiniLM-L6-v2'?"))
        #expect(refusal("emotion").contains("the recipe 'emotion' is a dataset"))
        let name = folder.url.lastPathComponent
        #expect(refusal(name) == "")
        #expect(refusal(name + "x").contains("did you mean '\(name)'?"))
        try FileManager.default.removeItem(at: folder.url.appendingPathComponent("config.json"))
        #expect(refusal(name).contains("\(name) has no config.json"))
        try FileManager.default.removeItem(at: folder.url.appendingPathComponent("vocab.txt"))
        #expect(refusal(name).contains("has no config.json, no tokenizer.json or vocab.txt"))
        #expect(refusal("\(name)/model.safetensors").contains("is a file, not a folder"))
        #expect(refusal(String(repeating: "x", count: 5000)).count < 1000)
    }
}
