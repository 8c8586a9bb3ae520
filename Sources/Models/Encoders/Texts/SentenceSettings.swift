import Foundation

/// The settings of a file of sentence-transformers that would change the vectors and are not followed here: each is refused
/// unless it says what is done anyway.
struct SentenceSettings {
    let file: URL
    let keys: [String: Any]

    /// What the transformer gives, by the keys of `sentence_bert_config.json`.
    private static let transformer = [
        ("transformer_task", "feature-extraction"), ("modality_config.text.method", "forward"),
        ("modality_config.text.method_output_name", "last_hidden_state"),
        ("module_output_name", "token_embeddings"),
    ]
    /// What is handed to the configuration, to the tokenizer when it is made, and to the tokenizer with every text; the older
    /// names first.
    private static let arguments = [
        ("config_args", "config.json"), ("config_kwargs", "config.json"),
        ("tokenizer_args", "tokenizer_config.json"), ("processor_kwargs", "tokenizer_config.json"),
        ("processing_kwargs.common", "tokenizer_config.json"),
        ("processing_kwargs.text", "tokenizer_config.json"),
    ]
    /// Arguments that change no vector of a text that is encoded by itself.
    private static let harmless: Set<String> = [
        "attn_implementation", "cache_dir", "dtype", "local_files_only", "pad_to_multiple_of", "padding",
        "padding_side", "return_tensors", "revision", "token", "torch_dtype", "trust_remote_code", "use_fast",
    ]

    /// Refuses what the file of a transformer would change.
    func checkTransformer() throws {
        if value("do_lower_case") as? Bool == true {
            throw fault(
                "do_lower_case is true, which is not done here; state do_lower_case in tokenizer_config.json")
        }
        for (key, followed) in Self.transformer { try require(key, followed) }
        for (key, place) in Self.arguments {
            guard let value = value(key) else { continue }
            guard let arguments = value as? [String: Any] else { throw fault("\(key) is no JSON object") }
            let changing = arguments.keys.sorted().filter { name in
                let isDone = name == "truncation" && arguments[name] as? Bool == true
                return !isDone && !Self.harmless.contains(name)
            }
            if let first = changing.first {
                throw fault("\(key).\(first.prefix(60)) is not followed here; state it in \(place)")
            }
        }
    }

    /// Refuses what `config_sentence_transformers.json` would change.
    func checkModel() throws {
        if let value = value("truncate_dim") {
            throw fault(
                "truncate_dim is \(Self.shown(value)), which is not done here; without it vectors stay whole")
        }
    }

    /// Refuses what the file of a dense layer would change.
    func checkDense() throws {
        if value("use_residual") as? Bool == true {
            throw fault("use_residual is true, which is not done here")
        }
        for key in ["module_input_name", "module_output_name"] { try require(key, "sentence_embedding") }
    }

    /// Refuses another value than the one that is followed.
    private func require(_ key: String, _ followed: String) throws {
        guard let value = value(key), value as? String != followed else { return }
        throw fault("\(key) is \(Self.shown(value)), expected \(followed)")
    }

    /// What stands at a key, or at a key within others' objects; nil if it is null or not there.
    private func value(_ key: String) -> Any? {
        let found = key.split(separator: ".").reduce(Any?.some(keys)) { ($0 as? [String: Any])?[String($1)] }
        return found is NSNull ? nil : found
    }

    private func fault(_ reason: String) -> EncoderError { .badFolder(path: file.path, reason: reason) }

    private static func shown(_ value: Any) -> String { String("\(value)".prefix(60)) }
}
