import Encoders
import Foundation
import Labels
import Results
import SafeFiles

/// The `config.json` of a Hugging Face folder, with what a model for the classification of sequences says in it.
///
/// A classifier that reads the pooler is one of `transformers`' own architectures, and nothing in the file is ours. One that
/// reads a mean or the first token has a `model_type` that `transformers` does not know, and names `PooledModelFile`, which
/// does the same there.
struct ClassifierFolder: Sendable {
    let folder: URL
    /// The file's text.
    let text: Data
    private let sizes: BertConfiguration
    private let legacy: Legacy?

    init(_ folder: URL) throws {
        self.folder = folder
        let file = folder.appendingPathComponent("config.json")
        text = Data(try InputFile(file).readToEnd())
        do {
            sizes = try BertConfiguration(json: text)
        } catch {
            throw EncoderError.inFile(path: file.path, error)
        }
        legacy = sizes.pooling == nil ? Legacy(text) : nil
    }

    var positions: Int { sizes.positions }
    var vocabulary: Int { sizes.vocabulary }

    /// What the head reads.
    var pooling: Pooling { sizes.pooling ?? legacy?.pooling ?? .pooler }

    /// The longest text in tokens, where `config.json` says it rather than the tokenizer's files.
    var maxLength: Int? { legacy?.maxLength }

    /// The class of tokenizer that gives what the model takes: with `BertTokenizer` DistilBERT would be handed token types.
    var tokenizerClass: String {
        switch sizes.family {
        case .bert: "BertTokenizer"
        case .distilbert: "DistilBertTokenizer"
        }
    }

    /// What versions before 0.2 wrote beside an architecture of `transformers`. `transformers` keeps the key when it saves a
    /// model that was trained on, which reads the pooler by then: the spacing tells who wrote the file.
    private struct Legacy: Decodable {
        let pooling: Pooling
        let maxLength: Int?

        private struct File: Decodable {
            let bakeoff: Legacy?
        }

        private enum CodingKeys: String, CodingKey {
            case pooling
            case maxLength = "max_length"
        }

        init?(_ text: Data) {
            guard text.range(of: Data("\"bakeoff\" : {".utf8)) != nil,
                let own = try? JSONDecoder().decode(File.self, from: text).bakeoff
            else { return nil }
            self = own
        }
    }

    /// A value that is any scalar of JSON, in Python's words.
    private struct Scalar: Decodable {
        let text: String

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            if let string = try? value.decode(String.self) {
                text = string
            } else if let number = try? value.decode(Int.self) {
                text = "\(number)"
            } else if let flag = try? value.decode(Bool.self) {
                text = flag ? "True" : "False"
            } else if let number = try? value.decode(Double.self) {
                text = "\(number)"
            } else {
                throw DecodingError.dataCorruptedError(in: value, debugDescription: "a name")
            }
        }
    }

    private struct Keys: Decodable {
        var architectures: [String]?
        var id2label: [String: Scalar]?
        var num_labels: Int?
        var problem_type: String?
    }

    private func fault(_ reason: String) -> ExperimentError {
        .notAModel(path: folder.appendingPathComponent("config.json").path, reason: reason)
    }

    /// What `transformers` takes where neither names nor their number are stated.
    private static let usualLabelCount = 2
    private static let mostLabels = 1 << 20

    /// The labels of a model for the classification of sequences.
    /// - Throws: `ExperimentError.notAModel` if the folder holds something else.
    func labelSpace() throws -> LabelSpace {
        let keys: Keys
        do {
            keys = try JSONDecoder().decode(Keys.self, from: text)
        } catch {
            throw fault(EncoderError.reason(error))
        }
        // Where none is named the weights tell, as in transformers.
        let isClassifier =
            try keys.architectures.map { $0.contains { $0.hasSuffix("ForSequenceClassification") } }
            ?? (classifierRows() != nil)
        guard isClassifier else {
            throw fault(
                keys.architectures == nil
                    ? "config.json names no architecture, and the weights have no classifier.weight"
                    : "config.json names no architecture for the classification of sequences")
        }
        let names = try names(keys)
        if names.count < 2 {
            throw fault("it has \(names.count) output, a regression; expected two labels at least")
        }
        if let twice = Set(names).first(where: { name in names.count { $0 == name } > 1 }) {
            throw fault("id2label names '\(twice.prefix(60))' twice")
        }
        switch keys.problem_type {
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

    /// As `transformers` has them: those of `id2label`, else numbered ones.
    private func names(_ keys: Keys) throws -> [String] {
        guard let stated = keys.id2label, !stated.isEmpty else {
            let count = keys.num_labels ?? ClassifierFolder.usualLabelCount
            guard (1...ClassifierFolder.mostLabels).contains(count) else {
                throw fault("num_labels is \(count), expected 1 to \(ClassifierFolder.mostLabels)")
            }
            return (0..<count).map { "LABEL_\($0)" }
        }
        if let count = keys.num_labels, count != stated.count {
            throw fault("num_labels is \(count), but id2label has \(stated.count) names")
        }
        return try (0..<stated.count).map { index -> String in
            guard let name = stated["\(index)"] else {
                throw fault("id2label of config.json has no \(index)")
            }
            return name.text
        }
    }

    /// The labels that the weights' head has rows for; nil where there is none.
    func classifierRows() throws -> Int? {
        try Checkpoint(folder: folder).shape(ofTensor: "classifier.weight")?.first
    }

    /// The file for a classifier over this encoder.
    func configuration(_ labelSpace: LabelSpace, _ pooling: Pooling) throws -> Data {
        guard var keys = try JSONSerialization.jsonObject(with: text) as? [String: Any] else {
            throw fault("config.json is no JSON object")
        }
        let numbered = labelSpace.names.enumerated()
        keys["id2label"] = Dictionary(uniqueKeysWithValues: numbered.map { ("\($0)", $1) })
        keys["label2id"] = Dictionary(uniqueKeysWithValues: numbered.map { ($1, $0) })
        keys["num_labels"] = nil
        keys["problem_type"] =
            labelSpace.kind == .multilabel ? "multi_label_classification" : "single_label_classification"
        keys["dtype"] = "float32"
        keys["torch_dtype"] = nil
        keys["_name_or_path"] = nil
        keys["bakeoff"] = nil
        keys["auto_map"] = nil
        keys["tokenizer_class"] = nil
        let family = sizes.family
        let activation = sizes.activation.name
        if pooling == .pooler {
            keys["architectures"] = [
                family == .bert ? "BertForSequenceClassification" : "DistilBertForSequenceClassification"
            ]
            keys["model_type"] = family.rawValue
            keys[family.activationKey] = activation
        } else {
            let names = PooledModelFile.classes(family)
            keys["architectures"] = [names.model]
            keys["model_type"] = family.pooledModelType
            keys["auto_map"] = [
                "AutoConfig": "\(PooledModelFile.module).\(names.configuration)",
                "AutoModelForSequenceClassification": "\(PooledModelFile.module).\(names.model)",
            ]
            // A class of transformers' own that is handed this folder stops with these words.
            keys[family.activationKey] = PooledModelFile.refusal
            keys["bakeoff"] = ["pooling": pooling.rawValue, "activation": activation]
            // Pipelines of transformers 4 load no tokenizer for a type that they do not know, unless it is named.
            keys["tokenizer_class"] = tokenizerClass
        }
        var json = try JSONSerialization.data(
            withJSONObject: keys, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
        json.append(UInt8(ascii: "\n"))
        return json
    }
}
