import Foundation
import SafeFiles
import SettingKeys

/// What a folder of sentence-transformers says of how a text's vector is made: the transformer's place, the pooling, the
/// longest text, what is put before a text, and what follows the pooling. A folder that says nothing leaves all to the user.
package struct SentenceModules: Equatable, Sendable {
    package static let listName = "modules.json"

    /// The folder of the transformer, or of the table of static embeddings, in the model's; empty for the folder itself.
    package private(set) var transformer = ""
    /// Whether there is a table of token vectors (`StaticEmbedding`) in place of a transformer.
    package private(set) var isStatic = false
    package private(set) var pooling: Pooling?
    /// The longest text in tokens, [CLS] and [SEP] among them.
    package private(set) var maxLength: Int?
    /// The folders of the dense layers, in their order.
    package private(set) var dense: [String] = []
    /// Whether the vectors are divided by their norm at last.
    package private(set) var normalizes = false
    /// What is put before every text where nobody asks for something else: the prompt that `default_prompt_name` names.
    package private(set) var prompt: String?
    /// Whether the tokens of what is put before a text are pooled.
    package private(set) var poolsPrompt = true
    private var poolingFolder: String?

    /// The transformer's folder, where the model's is `folder`.
    package func transformerFolder(in folder: URL) -> URL {
        transformer.isEmpty ? folder : folder.appendingPathComponent(transformer)
    }

    /// The folders besides the model's own that are read.
    package var folders: [String] { ([transformer, poolingFolder ?? ""] + dense).filter { !$0.isEmpty } }

    /// Files that say how long a text may be, by the classes of transformer that wrote them, in the order in which
    /// sentence-transformers looks for them.
    private static let lengthNames = [
        "bert", "roberta", "distilbert", "camembert", "albert", "xlm-roberta", "xlnet", "mpnet",
    ].map { "sentence_\($0)_config.json" }
    /// Where folders without a list have their pooling.
    private static let usualPooling = "1_Pooling"

    private struct Module: Decodable {
        let path: String?
        let type: String
        /// Without the package, such as `Pooling`.
        var kind: String { type.split(separator: ".").last.map(String.init) ?? type }
        /// Whether it is one of sentence-transformers' own; a folder may bring code of its own under the same name.
        var isOfLibrary: Bool { type.hasPrefix("sentence_transformers.") }
    }

    /// - Throws: `EncoderError.badFolder` for a file that cannot be read, or a module that is not understood.
    package init(_ folder: URL) throws {
        let list = folder.appendingPathComponent(SentenceModules.listName)
        if FileManager.default.fileExists(atPath: list.path) {
            try read(SentenceModules.decode([Module].self, list), list, in: folder)
        } else if FileManager.default.fileExists(
            atPath: folder.appendingPathComponent("\(SentenceModules.usualPooling)/config.json").path)
        {
            try readPooling(SentenceModules.usualPooling, in: folder)
        }
        try readLength(in: folder)
        try readPrompt(in: folder)
    }

    /// What to tell where a head on the transformer alone leaves out layers with weights; nil where there are none.
    /// - Parameter pooling: What the head reads.
    package func leftOut(by pooling: Pooling) -> String? {
        if dense.isEmpty { return nil }
        let layers = dense.count == 1 ? "a dense layer" : "\(dense.count) dense layers"
        return
            "the encoder's folder has \(layers) after its pooling (\(listed(dense))), which fine-tuning leaves out, as "
            + "AutoModelForSequenceClassification of transformers does: the head reads \(pooling.words); "
            + "`model: frozen-encoder` computes with all of the folder"
    }

    private mutating func read(_ modules: [Module], _ list: URL, in folder: URL) throws {
        guard let first = modules.first?.kind, ["Transformer", "StaticEmbedding"].contains(first) else {
            throw EncoderError.badFolder(
                path: list.path,
                reason:
                    "the first module is \(modules.first?.kind ?? "missing"), expected Transformer or StaticEmbedding"
            )
        }
        isStatic = first == "StaticEmbedding"
        for (index, module) in modules.enumerated() {
            guard module.isOfLibrary else {
                throw EncoderError.badFolder(
                    path: list.path,
                    reason: "module \(index) is \(module.type.prefix(60)), whose code is not run here, "
                        + "expected a class of sentence_transformers")
            }
            let path = module.path ?? ""
            guard !path.hasPrefix("/"), !path.split(separator: "/").contains("..") else {
                throw EncoderError.badFolder(
                    path: list.path, reason: "the path of module \(index) leaves the folder")
            }
            switch module.kind {
            case "Transformer" where index == 0, "StaticEmbedding" where index == 0:
                transformer = path == "." ? "" : path
            case "Pooling" where pooling == nil && !isStatic: try readPooling(path, in: folder)
            case "Dense" where (isStatic || pooling != nil) && !normalizes: dense.append(path)
            case "Normalize" where isStatic || pooling != nil: normalizes = true
            case "Dropout": break
            case let kind:
                throw EncoderError.badFolder(
                    path: list.path,
                    reason:
                        "module \(index) is \(kind), expected Transformer and Pooling, or StaticEmbedding, then Dense and Normalize in this order"
                )
            }
        }
    }

    /// The ways of pooling by the keys of older files that choose them.
    private static let poolings: [(key: String, pooling: Pooling)] = [
        ("pooling_mode_cls_token", .cls), ("pooling_mode_max_tokens", .max),
        ("pooling_mode_mean_tokens", .mean), ("pooling_mode_mean_sqrt_len_tokens", .meanSqrtLength),
        ("pooling_mode_weightedmean_tokens", .weightedMean), ("pooling_mode_lasttoken", .lastToken),
    ]

    private mutating func readPooling(_ path: String, in folder: URL) throws {
        poolingFolder = path
        let file = folder.appendingPathComponent(path).appendingPathComponent("config.json")
        let keys = try SentenceModules.object(file)
        var chosen = SentenceModules.poolings.filter { keys[$0.key] as? Bool == true }.map(\.pooling.rawValue)
        if let name = keys["pooling_mode"] as? String { chosen = [name] }
        if let names = keys["pooling_mode"] as? [String] { chosen = names }
        guard chosen.count == 1, let found = Pooling(rawValue: chosen[0]), found != .pooler else {
            throw EncoderError.badFolder(
                path: file.path,
                reason:
                    "the pooling is \(chosen.isEmpty ? "not stated" : chosen.joined(separator: " and ")), "
                    + "expected one of \(Pooling.namesWithoutPooler)")
        }
        pooling = found
        if let value = keys["include_prompt"], !(value is NSNull) {
            guard let pools = value as? Bool else {
                throw EncoderError.badFolder(
                    path: file.path, reason: "include_prompt is \(value), expected true or false")
            }
            poolsPrompt = pools
        }
    }

    private mutating func readLength(in folder: URL) throws {
        let place = transformerFolder(in: folder)
        for name in SentenceModules.lengthNames {
            let file = place.appendingPathComponent(name)
            guard FileManager.default.fileExists(atPath: file.path) else { continue }
            let keys = try SentenceModules.object(file)
            if let value = keys["max_seq_length"], !(value is NSNull) {
                guard let length = value as? Int, length >= 2 else {
                    throw EncoderError.badFolder(
                        path: file.path,
                        reason: "max_seq_length is \(value), expected a whole number of at least 2")
                }
                maxLength = length
            }
            try SentenceSettings(file: file, keys: keys).checkTransformer()
            return
        }
    }

    private mutating func readPrompt(in folder: URL) throws {
        let file = folder.appendingPathComponent("config_sentence_transformers.json")
        guard FileManager.default.fileExists(atPath: file.path) else { return }
        let keys = try SentenceModules.object(file)
        try SentenceSettings(file: file, keys: keys).checkModel()
        guard let value = keys["default_prompt_name"], !(value is NSNull) else { return }
        let prompts = keys["prompts"] as? [String: Any] ?? [:]
        guard let name = value as? String, let prompt = prompts[name] as? String else {
            throw EncoderError.badFolder(
                path: file.path,
                reason: "default_prompt_name is \(value), expected one of the prompts there: "
                    + (prompts.isEmpty ? "none" : listed(prompts.keys.sorted())))
        }
        self.prompt = prompt.isEmpty ? nil : prompt
    }

    // MARK: Files

    static func object(_ file: URL) throws -> [String: Any] {
        let bytes = try InputFile(file).readToEnd()
        guard let object = try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any] else {
            throw EncoderError.badFolder(path: file.path, reason: "is no JSON object")
        }
        return object
    }

    private static func decode<Value: Decodable>(_ type: Value.Type, _ file: URL) throws -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(InputFile(file).readToEnd()))
        } catch let error as DecodingError {
            throw EncoderError.badFolder(path: file.path, reason: EncoderError.reason(error))
        }
    }
}
