import Files
import Foundation
import Labels
import TransformerModels

/// The `config.json` of a Hugging Face folder, with what a model for the classification of sequences says in it.
struct ClassifierFolder: Sendable {
    let folder: URL
    /// The file's text.
    let text: Data
    private let sizes: BertConfiguration

    init(_ folder: URL) throws {
        self.folder = folder
        let file = folder.appendingPathComponent("config.json")
        text = Data(try InputFile(file).readToEnd())
        do {
            sizes = try BertConfiguration(json: text)
        } catch {
            throw EncoderError.inFile(path: file.path, error)
        }
    }

    var positions: Int { sizes.positions }
    var vocabulary: Int { sizes.vocabulary }

    /// What we add to the file, under `bakeoff`: what `transformers` has no word for.
    struct Additions: Codable, Equatable {
        var pooling: Pooling
        var maxLength: Int

        private enum CodingKeys: String, CodingKey {
            case pooling
            case maxLength = "max_length"
        }
    }

    private struct Keys: Decodable {
        var architectures: [String]?
        var id2label: [String: String]?
        var problem_type: String?
        var bakeoff: Additions?
    }

    private var keys: Keys { get throws { try JSONDecoder().decode(Keys.self, from: text) } }

    /// Nil in a folder that Python wrote.
    var additions: Additions? { get throws { try keys.bakeoff } }

    /// The labels of a model for the classification of sequences.
    /// - Throws: `ExperimentError.notAModel` if the folder holds something else.
    func labelSpace() throws -> LabelSpace {
        let keys = try keys
        guard keys.architectures?.contains(where: { $0.hasSuffix("ForSequenceClassification") }) == true
        else {
            throw ExperimentError.notAModel(
                path: folder.path,
                reason: "config.json names no architecture for the classification of sequences")
        }
        // `transformers` leaves out two labels without names of their own.
        let names = keys.id2label ?? ["0": "LABEL_0", "1": "LABEL_1"]
        let ordered = try (0..<names.count).map { index -> String in
            guard let name = names["\(index)"] else {
                throw ExperimentError.notAModel(
                    path: folder.path, reason: "id2label of config.json has no \(index)")
            }
            return name
        }
        switch keys.problem_type {
        case "multi_label_classification":
            return try LabelSpace(kind: .multilabel, names: ordered)
        case "single_label_classification", nil:
            return try LabelSpace(kind: ordered.count == 2 ? .binary : .multiclass, names: ordered)
        case let other?:
            throw ExperimentError.notAModel(
                path: folder.path,
                reason:
                    "problem_type is \(other), expected single_label_classification or multi_label_classification"
            )
        }
    }

    /// The file for a classifier over this encoder.
    func configuration(_ labelSpace: LabelSpace, _ additions: Additions) throws -> Data {
        guard var keys = try JSONSerialization.jsonObject(with: text) as? [String: Any] else {
            throw ExperimentError.notAModel(path: folder.path, reason: "config.json is no JSON object")
        }
        let numbered = labelSpace.names.enumerated()
        keys["id2label"] = Dictionary(uniqueKeysWithValues: numbered.map { ("\($0)", $1) })
        keys["label2id"] = Dictionary(uniqueKeysWithValues: numbered.map { ($1, $0) })
        keys["problem_type"] =
            labelSpace.kind == .multilabel ? "multi_label_classification" : "single_label_classification"
        keys["architectures"] = [
            sizes.family == .bert ? "BertForSequenceClassification" : "DistilBertForSequenceClassification"
        ]
        keys["model_type"] = sizes.family.rawValue
        keys["dtype"] = "float32"
        keys["torch_dtype"] = nil
        keys["_name_or_path"] = nil
        keys["bakeoff"] = ["pooling": additions.pooling.rawValue, "max_length": additions.maxLength]
        var json = try JSONSerialization.data(
            withJSONObject: keys, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
        json.append(UInt8(ascii: "\n"))
        return json
    }
}
