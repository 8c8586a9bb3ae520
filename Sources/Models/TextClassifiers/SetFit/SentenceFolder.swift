import Encoders
import Foundation
import SafeFiles
import TextTokenizers

/// A folder as sentence-transformers has it, for an encoder that was trained: `SentenceTransformer` loads it and makes the same
/// vectors.
struct SentenceFolder {
    let source: ClassifierFolder
    let tokenizer: TextTokenizer
    let options: EncodingOptions

    private static let pooling = "1_Pooling"
    private static let normalize = "2_Normalize"

    func write(_ network: TokenEncoder, to folder: URL) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        func write(_ value: JSONValue, to name: String) throws {
            try OutputFile.write(value.indentedText + "\n", to: folder.appendingPathComponent(name))
        }
        for file in tokenizer.files(className: source.tokenizerClass, maxLength: options.maxLength) {
            try OutputFile.write(file.bytes, to: folder.appendingPathComponent(file.name))
        }
        try OutputFile.write(
            source.encoderConfiguration(), to: folder.appendingPathComponent("config.json"))
        try write(modules, to: SentenceModules.listName)
        try FileManager.default.createDirectory(
            at: folder.appendingPathComponent(SentenceFolder.pooling), withIntermediateDirectories: true)
        try write(pooling(width: network.width), to: "\(SentenceFolder.pooling)/config.json")
        try write(
            .members([
                "max_seq_length": options.maxLength.map { .integer($0) } ?? .null,
                "do_lower_case": .bool(false),
            ]), to: "sentence_bert_config.json")
        try write(prompts, to: "config_sentence_transformers.json")
        try network.write(to: folder.appendingPathComponent("model.safetensors"))
    }

    private var modules: JSONValue {
        let list =
            [("", "Transformer"), (SentenceFolder.pooling, "Pooling")]
            + (options.normalize ? [(SentenceFolder.normalize, "Normalize")] : [])
        return .array(
            list.enumerated().map { index, module in
                .members([
                    "idx": .integer(index), "name": .string("\(index)"), "path": .string(module.0),
                    "type": .string("sentence_transformers.models.\(module.1)"),
                ])
            })
    }

    /// With the keys that all versions of sentence-transformers read.
    private func pooling(width: Int) -> JSONValue {
        let modes: [(key: String, pooling: Pooling)] = [
            ("cls_token", .cls), ("mean_tokens", .mean), ("max_tokens", .max),
            ("mean_sqrt_len_tokens", .meanSqrtLength), ("weightedmean_tokens", .weightedMean),
            ("lasttoken", .lastToken),
        ]
        return .object(
            [
                .init(key: "word_embedding_dimension", value: .integer(width)),
                .init(key: "include_prompt", value: .bool(options.poolsPrefix)),
            ]
                + modes.map {
                    .init(key: "pooling_mode_\($0.key)", value: .bool($0.pooling == options.pooling))
                })
    }

    /// The prefix as the prompt that is used where nobody asks for another.
    private var prompts: JSONValue {
        guard let prefix = options.prefix else {
            return .members(["prompts": .members([:]), "default_prompt_name": .null])
        }
        return .members([
            "prompts": .members(["default": .string(prefix)]), "default_prompt_name": .string("default"),
        ])
    }
}
