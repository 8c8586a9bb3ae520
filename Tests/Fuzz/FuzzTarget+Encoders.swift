import Bakeoff
import Foundation

extension FuzzTarget {
    /// Folders of Hugging Face encoders.
    static let encoders = [tokenizer, layouts, encoder, stateDict, table]

    private static let tokenizer = FuzzTarget(
        name: "tokenizer",
        prepare: { folder, runs in
            try copy(runs.appendingPathComponent("encoder").path, to: folder, as: "e")
            // The same with a tokenizer.json, as the program saves one.
            try copy(runs.appendingPathComponent("models/o/fine").path, to: folder, as: "f")
        },
        isChanged: { path in
            let name = (path as NSString).lastPathComponent
            return name.contains("token") || name == "vocab.txt"
        },
        run: { folder, _ in
            var failure: (any Error)?
            for name in ["e", "f"] {
                do {
                    let encoder = try TextEncoder(folder: folder.appendingPathComponent(name))
                    for text in ["a b c", "", "\u{1F642} abc\0 \u{E9}"] {
                        _ = encoder.tokenizer.encode([text], maxLength: 7)
                    }
                } catch { failure = error }
            }
            if let failure { throw failure }
        })

    /// The layouts of other tokenizers, and the older files with the models of SentencePiece.
    private static let layouts = FuzzTarget(
        name: "tokenizer-layouts",
        prepare: { folder, _ in
            for name in layoutNames {
                try copy("Tests/Oracles/TextTokenizers/\(name)", to: folder, as: name)
            }
        },
        run: { folder, _ in
            var failure: (any Error)?
            for name in layoutNames {
                do {
                    let tokenizer = try TextTokenizer(folder: folder.appendingPathComponent(name))
                    for text in ["a b c", "", "\u{1F642} abc\0 \u{E9} <mask> [MASK]  room"] {
                        _ = tokenizer.encode([text, text], maxLength: 7)
                        _ = tokenizer.encode(text, pair: "b")
                    }
                } catch { failure = error }
            }
            if let failure { throw failure }
        })

    private static let layoutNames = [
        "layouts/albert", "layouts/bytes", "layouts/llama2", "layouts/modernbert", "layouts/roberta",
        "classes/albert", "classes/camembert", "classes/deberta-v2", "classes/mpnet", "classes/roberta",
        "classes/xlm-roberta",
    ]

    /// An encoder whose weights are state dicts as `torch.save` writes them.
    private static let stateDict = FuzzTarget(
        name: "state-dict",
        prepare: { folder, _ in try copy("Tests/Oracles/TensorFiles/encoder", to: folder, as: "e") },
        isChanged: { $0.hasSuffix(".bin") || $0.hasSuffix(".index.json") },
        run: { folder, _ in
            let encoder = try TextEncoder(folder: folder.appendingPathComponent("e"))
            _ = try encoder.encode(["a b c", ""])
        })

    private static let encoder = FuzzTarget(
        name: "encoder",
        prepare: { folder, runs in
            try copy(runs.appendingPathComponent("encoder").path, to: folder, as: "e")
            try write(
                """
                [{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
                 {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
                 {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"}]
                """, to: folder, "e/modules.json")
            try write(
                """
                {"word_embedding_dimension": 12, "pooling_mode_cls_token": false, "pooling_mode_mean_tokens": true,
                 "pooling_mode_max_tokens": false, "pooling_mode_mean_sqrt_len_tokens": false}
                """, to: folder, "e/1_Pooling/config.json")
            try write(
                "{\"max_seq_length\": 16, \"do_lower_case\": false}\n", to: folder,
                "e/sentence_bert_config.json")
        },
        isChanged: {
            $0.hasSuffix(".safetensors") || $0.hasSuffix("onfig.json") || $0.hasSuffix("modules.json")
        },
        run: { folder, _ in
            let encoder = try TextEncoder(folder: folder.appendingPathComponent("e"))
            _ = try encoder.encode(["a b c", ""], encoder.options(pooling: .mean, normalize: true))
            _ = try encoder.encode(["a b c", ""])
        })

    /// Static embeddings: a table with weights and a mapping beside its tokenizer.
    private static let table = FuzzTarget(
        name: "static",
        prepare: { folder, _ in
            try write(
                """
                {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [], "normalizer": {"type": "Lowercase"},
                 "pre_tokenizer": {"type": "Whitespace"}, "post_processor": null, "decoder": null, "model": {"type": "WordPiece",
                 "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 9,
                 "vocab": {"[UNK]": 0, "a": 1, "b": 2, "##b": 3}}}
                """, to: folder, "e/tokenizer.json")
            try write(
                "{\"model_type\": \"model2vec\", \"normalize\": true, \"max_length\": 5}\n", to: folder,
                "e/config.json")
            let header = """
                {"embeddings": {"dtype": "F32", "shape": [3, 2], "data_offsets": [0, 24]},
                 "mapping": {"dtype": "I64", "shape": [4], "data_offsets": [24, 56]},
                 "weights": {"dtype": "F64", "shape": [4], "data_offsets": [56, 88]}}
                """
            var bytes = Data()
            func append<Number>(_ numbers: [Number]) {
                numbers.withUnsafeBytes { bytes.append(contentsOf: $0) }
            }
            append([UInt64(header.utf8.count)])
            bytes.append(Data(header.utf8))
            append([1, 2, 3, 4, 5, 6] as [Float])
            append([0, 1, 2, 2] as [Int64])
            append([1, 0.5, 2, 1] as [Double])
            try bytes.write(to: folder.appendingPathComponent("e/model.safetensors"))
        },
        isChanged: { $0.hasSuffix(".safetensors") || $0.hasSuffix(".json") },
        run: { folder, _ in
            let encoder = try TextEncoder(folder: folder.appendingPathComponent("e"))
            _ = try encoder.encode(["a bb a", "", "z"])
            _ = try FineTunedStaticClassifier(folder: folder.appendingPathComponent("e")).check(
                LabelSpace(kind: .binary, names: ["no", "yes"]))
        })
}
