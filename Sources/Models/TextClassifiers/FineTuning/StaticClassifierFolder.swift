import Encoders
import Foundation
import Labels
import TextTokenizers

/// What the `config.json` of trained static embeddings with a head says: a folder of model2vec, whose `StaticModel` loads
/// the table, with the head beside it.
struct StaticClassifierFolder: Sendable {
    let reading: TokenBag.Reading
    let maxLength: Int?
    /// What is put before every text.
    let prefix: String?

    init(reading: TokenBag.Reading, maxLength: Int?, prefix: String?) {
        self.reading = reading
        self.maxLength = maxLength
        self.prefix = prefix
    }

    /// What `configuration` wrote.
    /// - Parameter place: The folder's table and settings.
    init(_ folder: URL, _ place: StaticFolder, labelSpace: LabelSpace) throws {
        let file = try ConfigurationFile(folder: folder)
        let stated = try file.scalars("id2label") ?? [:]
        let names = (0..<stated.count).map { stated["\($0)"] }
        guard names == labelSpace.names else {
            throw TextClassifierError.notAModel(
                path: file.path, reason: "the labels of id2label are not those of contestant.json beside it")
        }
        self.init(
            reading: place.reading, maxLength: place.maxLength, prefix: try file.string("bakeoff.prefix"))
    }

    func configuration(_ labelSpace: LabelSpace) throws -> Data {
        var own = [JSONValue.Member(key: "tokens", value: .string(reading.rawValue))]
        if let prefix { own.append(.init(key: "prefix", value: .string(prefix))) }
        var keys: [String: JSONValue] = [
            "model_type": .string(StaticFolder.modelType), "architectures": .array([.string("StaticModel")]),
            "normalize": .bool(false), "bakeoff": .object(own),
            "max_length": maxLength.map { .integer($0) } ?? .null,
        ]
        keys.merge(labelSpace.configurationKeys) { $1 }
        return ClassifierFolder.file(keys)
    }
}
