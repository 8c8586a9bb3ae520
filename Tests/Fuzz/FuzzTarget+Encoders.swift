import Bakeoff
import Foundation

extension FuzzTarget {
    /// Folders of Hugging Face encoders.
    static let encoders = [tokenizer, layouts, encoder, stateDict]

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
}
