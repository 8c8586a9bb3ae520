import Encoders
import Foundation
import Labels
import SafeFiles
import TextTokenizers

/// The `config.json` of a Hugging Face folder, with what a model for the classification of sequences says in it.
///
/// A classifier that reads the pooler is one of `transformers`' own architectures, and nothing in the file is ours. One that
/// reads a mean or the first token has a `model_type` that `transformers` does not know, and names `PooledModelFile`, which
/// does the same there.
package struct ClassifierFolder: Sendable {
    let folder: URL
    private let sizes: EncoderConfiguration
    private let keys: ConfigurationFile
    private let architectures: EncoderArchitectures
    private let legacy: Legacy?

    package init(_ folder: URL, _ architectures: EncoderArchitectures = .standard) throws {
        self.folder = folder
        let file = folder.appendingPathComponent("config.json")
        keys = try ConfigurationFile(Data(InputFile(file).readToEnd()), path: file.path)
        sizes = try EncoderConfiguration(keys, architectures)
        self.architectures = architectures
        legacy = sizes.pooling == nil ? Legacy(keys) : nil
    }

    /// The file's text.
    var text: Data { keys.text }
    var maxPositions: Int { sizes.maxPositions }
    var vocabulary: Int { sizes.vocabulary }

    /// What the head reads.
    package var pooling: Pooling { sizes.pooling ?? legacy?.pooling ?? .pooler }

    /// What the classifier puts before every text; nil for nothing.
    func prefix() throws -> String? { try stated { try $0.string("bakeoff.prefix") } }

    /// The longest text in tokens, where `config.json` says it rather than the tokenizer's files.
    var maxLength: Int? { legacy?.maxLength }

    /// The class of tokenizer that gives what the model takes: with `BertTokenizer` DistilBERT would be handed token types.
    var tokenizerClass: String { sizes.architecture.tokenizerClass }

    /// What versions before 0.2 wrote beside an architecture of `transformers`. `transformers` keeps the key when it saves a
    /// model that was trained on, which reads the pooler by then: the spacing tells who wrote the file.
    private struct Legacy {
        let pooling: Pooling
        let maxLength: Int?

        init?(_ file: ConfigurationFile) {
            guard file.text.range(of: Data("\"bakeoff\" : {".utf8)) != nil,
                let name = try? file.string("bakeoff.pooling"), let pooling = Pooling(rawValue: name),
                case .success(let length) = Result(catching: { try file.integer("bakeoff.max_length") })
            else { return nil }
            self.pooling = pooling
            maxLength = length
        }
    }

    private func fault(_ reason: String) -> TextClassifierError {
        .notAModel(path: folder.appendingPathComponent("config.json").path, reason: reason)
    }

    /// What `transformers` takes where neither names nor their number are stated.
    private static let usualLabelCount = 2
    private static let mostLabels = 1 << 20

    /// The labels of a model for the classification of sequences.
    /// - Throws: `TextClassifierError.notAModel` if the folder holds something else.
    package func labelSpace() throws -> LabelSpace {
        let architectures = try stated { try $0.strings("architectures") }
        // Where none is named the weights tell, as in transformers.
        let isClassifier =
            try architectures.map { $0.contains { $0.hasSuffix("ForSequenceClassification") } }
            ?? (classifierRows() != nil)
        guard isClassifier else {
            throw fault(
                architectures == nil
                    ? "config.json names no architecture, and the weights have no \(head).weight"
                    : "config.json names no architecture for the classification of sequences")
        }
        let names = try names()
        if names.count < 2 {
            throw fault("it has \(names.count) output, a regression; expected two labels at least")
        }
        if let twice = Set(names).first(where: { name in names.count { $0 == name } > 1 }) {
            throw fault("id2label names '\(twice.prefix(60))' twice")
        }
        switch try stated({ try $0.string("problem_type") }) {
        case "multi_label_classification":
            return try LabelSpace(kind: .multilabel, names: names)
        case "single_label_classification", nil:
            return try LabelSpace(kind: names.count == 2 ? .binary : .multiclass, names: names)
        case let other?:
            throw fault(
                "problem_type is \(other.prefix(60)), expected single_label_classification or multi_label_classification"
            )
        }
    }

    /// A value of the file; an error says that it is no model's.
    private func stated<Value>(_ value: (ConfigurationFile) throws -> Value) throws -> Value {
        do {
            return try value(keys)
        } catch EncoderError.unreadableConfiguration(let reason) {
            throw fault(reason)
        }
    }

    /// As `transformers` has them: those of `id2label`, else numbered ones.
    private func names() throws -> [String] {
        let count = try stated { try $0.integer("num_labels") }
        let stated = try stated { try $0.scalars("id2label") } ?? [:]
        if stated.isEmpty {
            let count = count ?? ClassifierFolder.usualLabelCount
            guard (1...ClassifierFolder.mostLabels).contains(count) else {
                throw fault("num_labels is \(count), expected 1 to \(ClassifierFolder.mostLabels)")
            }
            return (0..<count).map { "LABEL_\($0)" }
        }
        if let count, count != stated.count {
            throw fault("num_labels is \(count), but id2label has \(stated.count) names")
        }
        return try (0..<stated.count).map { index -> String in
            guard let name = stated["\(index)"] else {
                throw fault("id2label of config.json has no \(index)")
            }
            return name
        }
    }

    private var head: String { sizes.architecture.head }

    /// The labels that the weights' head has rows for; nil where there is none.
    func classifierRows() throws -> Int? {
        try Checkpoint(folder: folder, architectures: architectures).shape(ofTensor: "\(head).weight")?
            .first
    }

    /// The file for a classifier over this encoder.
    /// - Parameter prefix: What the classifier puts before every text. `transformers` does not: whoever predicts there
    ///   with the classifier puts it before the text.
    func configuration(_ labelSpace: LabelSpace, _ pooling: Pooling, prefix: String?) throws -> Data {
        guard case .object(let members)? = try? JSONReader.read(Array(text)) else {
            throw fault("config.json is no JSON object")
        }
        var keys = Dictionary(members.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })
        keys.merge(labelSpace.configurationKeys) { $1 }
        keys["num_labels"] = nil
        keys["dtype"] = .string("float32")
        keys["torch_dtype"] = nil
        keys["_name_or_path"] = nil
        keys["bakeoff"] = nil
        keys["auto_map"] = nil
        keys["tokenizer_class"] = nil
        let architecture = sizes.architecture
        let activation = sizes.activation.name
        if pooling == .pooler {
            keys["architectures"] = .array([
                .string("\(architecture.classPrefix)ForSequenceClassification")
            ])
            keys["model_type"] = .string(architecture.modelType)
            keys[architecture.keys.activation] = .string(activation)
            if let prefix { keys["bakeoff"] = .members(["prefix": .string(prefix)]) }
        } else {
            let names = PooledModelFile.classes(architecture)
            keys["architectures"] = .array([.string(names.model)])
            keys["model_type"] = .string(architecture.pooledModelType)
            if PooledModelFile.knows(architecture) {
                keys["auto_map"] = .members([
                    "AutoConfig": .string("\(PooledModelFile.module).\(names.configuration)"),
                    "AutoModelForSequenceClassification": .string("\(PooledModelFile.module).\(names.model)"),
                ])
                // A class of transformers' own that is handed this folder stops with these words.
                keys[architecture.keys.activation] = .string(PooledModelFile.refusal)
            }
            var own = [
                JSONValue.Member(key: "pooling", value: .string(pooling.rawValue)),
                .init(key: "activation", value: .string(activation)),
            ]
            if let prefix { own.append(.init(key: "prefix", value: .string(prefix))) }
            keys["bakeoff"] = .object(own)
            // Pipelines of transformers 4 load no tokenizer for a type that they do not know, unless it is named.
            keys["tokenizer_class"] = .string(tokenizerClass)
        }
        return ClassifierFolder.file(keys)
    }

    /// The file for the encoder alone, as `AutoModel` of `transformers` loads it.
    func encoderConfiguration() throws -> Data {
        guard case .object(let members)? = try? JSONReader.read(Array(text)) else {
            throw fault("config.json is no JSON object")
        }
        var keys = Dictionary(members.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })
        for key in [
            "num_labels", "id2label", "label2id", "problem_type", "torch_dtype", "_name_or_path", "bakeoff",
            "auto_map", "tokenizer_class",
        ] { keys[key] = nil }
        let architecture = sizes.architecture
        keys["dtype"] = .string("float32")
        keys["architectures"] = .array([.string("\(architecture.classPrefix)Model")])
        keys["model_type"] = .string(architecture.modelType)
        keys[architecture.keys.activation] = .string(sizes.activation.name)
        return ClassifierFolder.file(keys)
    }

    /// A configuration as it is written.
    static func file(_ keys: [String: JSONValue]) -> Data {
        let file = JSONValue.object(keys.map { .init(key: $0.key, value: $0.value) })
        return Data("\(file.indentedText)\n".utf8)
    }
}

extension LabelSpace {
    /// What a configuration of `transformers` says of the labels.
    var configurationKeys: [String: JSONValue] {
        let numbered = names.enumerated()
        return [
            "id2label": .object(numbered.map { .init(key: "\($0)", value: .string($1)) }),
            "label2id": .object(numbered.map { .init(key: $1, value: .integer($0)) }),
            "problem_type": .string(
                kind == .multilabel ? "multi_label_classification" : "single_label_classification"),
        ]
    }
}
