import Foundation
import SafeFiles
import SettingKeys
import TensorFiles
import TextTokenizers

/// A folder of static embeddings in one of the layouts that are in use: that of model2vec, that of sentence-transformers
/// (`StaticEmbedding`), or a bare matrix beside its `tokenizer.json`.
package struct StaticFolder: Sendable {
    /// Where table and tokenizer are.
    package let place: URL
    /// Whether texts' vectors are divided by their norm.
    package let normalizes: Bool
    /// The most tokens of a text; nil for no limit.
    package let maxLength: Int?
    package let reading: TokenBag.Reading
    package let weights: SafetensorsFile
    private let table: String
    /// Shape: [rows, D].
    private let shape: (rows: Int, width: Int)

    /// The `model_type` of a configuration of model2vec.
    package static let modelType = "model2vec"
    private static let className = "StaticModel"
    /// Model2vec's where `max_length` is not stated.
    private static let defaultMaxLength = 512
    private static let tokenizerName = "tokenizer.json"

    /// Nil for a folder of another kind.
    /// - Throws: `EncoderError` for one that says it is of static embeddings and cannot be read as such.
    package init?(_ folder: URL) throws { try self.init(folder, SentenceModules(folder)) }

    package init?(_ folder: URL, _ modules: SentenceModules) throws {
        let place = modules.transformerFolder(in: folder)
        guard let kind = try Kind(place, modules) else { return nil }
        self.place = place
        weights = try SafetensorsFile(StaticFolder.weights(in: place))
        (table, shape) = try StaticFolder.table(in: weights)
        switch kind {
        case .model2vec(let file, let keys):
            reading = try StaticFolder.reading(keys, file)
            normalizes =
                try StaticFolder.value("normalize", keys, file, "true or false") { $0 as? Bool } ?? false
            maxLength =
                keys["max_length"] == nil
                ? StaticFolder.defaultMaxLength
                : try StaticFolder.value("max_length", keys, file, "a whole number above 0, or null") {
                    ($0 as? Int).flatMap { $0 > 0 ? $0 : nil }
                }
        case .sentenceTransformers:
            (reading, normalizes) = (.allTokens, modules.normalizes)
            maxLength = try StaticFolder.truncation(in: place)
        case .matrix:
            (reading, normalizes, maxLength) = (.allTokens, false, nil)
        }
    }

    // MARK: Layouts

    /// Whether the `config.json` of a folder names a model of model2vec.
    package static func isNamed(in folder: URL) -> Bool {
        (try? SentenceModules.object(folder.appendingPathComponent("config.json"))).map(isNamed) ?? false
    }

    private static func isNamed(_ keys: [String: Any]) -> Bool {
        keys["model_type"] as? String == modelType
            || (keys["architectures"] as? [Any])?.first as? String == className
    }

    private enum Kind {
        /// With the keys of its `config.json`.
        case model2vec(file: URL, keys: [String: Any])
        case sentenceTransformers
        case matrix

        init?(_ place: URL, _ modules: SentenceModules) throws {
            let configuration = place.appendingPathComponent("config.json")
            let exists = { (file: URL) in FileManager.default.fileExists(atPath: file.path) }
            if exists(configuration) {
                let keys = try SentenceModules.object(configuration)
                if modules.isStatic || StaticFolder.isNamed(keys) {
                    self = .model2vec(file: configuration, keys: keys)
                    return
                }
                // Model2vec names no type in the file of a model that it did not distill.
                guard keys["model_type"] == nil, keys["architectures"] == nil,
                    let file = try? StaticFolder.weights(in: place),
                    let weights = try? SafetensorsFile(file),
                    weights.shape(of: StaticEmbedding.tableName)?.count == 2
                else { return nil }
                self = .model2vec(file: configuration, keys: keys)
                return
            }
            if modules.isStatic {
                self = .sentenceTransformers
            } else if exists(place.appendingPathComponent(StaticFolder.tokenizerName)),
                let file = try? StaticFolder.weights(in: place), let weights = try? SafetensorsFile(file),
                (try? StaticFolder.table(in: weights)) != nil
            {
                self = .matrix
            } else {
                return nil
            }
        }
    }

    /// `model.safetensors`, or the only file of that kind.
    private static func weights(in place: URL) throws -> URL {
        let usual = place.appendingPathComponent(SafetensorsFolder.weightsName)
        if FileManager.default.fileExists(atPath: usual.path) { return usual }
        let names = fileNames(in: place).filter { $0.hasSuffix(".safetensors") }
        guard names.count == 1 else { throw EncoderError.weights(.noWeights(folder: place.path)) }
        return place.appendingPathComponent(names[0])
    }

    /// The names of the table in the two programs' files; in any other, the only matrix is it.
    private static func table(
        in weights: SafetensorsFile
    ) throws -> (name: String, shape: (rows: Int, width: Int)) {
        let matrices = weights.names.filter { weights.shape(of: $0)?.count == 2 }
        let known = [StaticEmbedding.tableName, "embedding.weight"].first(where: matrices.contains)
        guard let name = known ?? (matrices.count == 1 ? matrices[0] : nil),
            let shape = weights.shape(of: name), shape.allSatisfy({ $0 > 0 })
        else {
            throw EncoderError.badFolder(
                path: weights.path,
                reason: "it holds \(listed(weights.names)), expected one table of token vectors, such as "
                    + "'\(StaticEmbedding.tableName)' of two dimensions")
        }
        return (name, (shape[0], shape[1]))
    }

    /// The most tokens of a text by `tokenizer.json`, which sentence-transformers obeys; nil for no limit.
    private static func truncation(in place: URL) throws -> Int? {
        let file = place.appendingPathComponent(tokenizerName)
        let keys = try ConfigurationFile(Data(InputFile(file).readToEnd()), path: file.path)
        guard let length = try keys.integer("truncation.max_length") else { return nil }
        let direction = try keys.string("truncation.direction") ?? "Right"
        guard direction == "Right", length > 0 else {
            throw EncoderError.badFolder(
                path: file.path,
                reason:
                    "truncation is to \(length) tokens from the \(direction.prefix(60)), expected at least 1 from the Right"
            )
        }
        return length
    }

    private static func reading(_ keys: [String: Any], _ file: URL) throws -> TokenBag.Reading {
        guard let own = (keys["bakeoff"] as? [String: Any])?["tokens"] else { return .model2vec }
        guard let reading = (own as? String).flatMap(TokenBag.Reading.init(rawValue:)) else {
            throw EncoderError.badFolder(
                path: file.path, reason: "bakeoff.tokens is \(own), expected model2vec or all-tokens")
        }
        return reading
    }

    /// The value of a key; nil where it is null or not there.
    private static func value<Value>(
        _ key: String, _ keys: [String: Any], _ file: URL, _ expected: String, _ read: (Any) -> Value?
    ) throws -> Value? {
        guard let value = keys[key], !(value is NSNull) else { return nil }
        guard let read = read(value) else {
            throw EncoderError.badFolder(path: file.path, reason: "\(key) is \(value), expected \(expected)")
        }
        return read
    }
}

// MARK: Reading

extension StaticFolder {
    private static let weightsPerToken = "weights"
    private static let mapping = "mapping"

    /// The tokens of a text. Of the tokenizer's files `tokenizer.json` alone counts.
    package func bag() throws -> TokenBag {
        let file = place.appendingPathComponent(StaticFolder.tokenizerName)
        let bytes = try InputFile(file).readToEnd()
        let tokenizer = try TextTokenizer(
            stated: TokenizerFiles(folder: place.path, contents: [.tokenizer: bytes]))
        try check(tokenizer)
        let keys = try ConfigurationFile(Data(bytes), path: file.path)
        return TokenBag(tokenizer, file: bytes, reading, unknown: try StaticFolder.unknown(keys, tokenizer))
    }

    /// The token that a tokenizer's model has for what its vocabulary cannot make.
    private static func unknown(_ keys: ConfigurationFile, _ tokenizer: TextTokenizer) throws -> String? {
        if let id = try keys.integer("model.unk_id") {
            return Int32(exactly: id).flatMap { tokenizer.tokens(of: [$0]).first }
        }
        return try keys.string("model.unk_token")
    }

    /// Throws for token ids that have no row.
    private func check(_ tokenizer: TextTokenizer) throws {
        let mapped = weights.shape(of: StaticFolder.mapping)
        if let mapped, mapped.count != 1 {
            throw EncoderError.badFolder(
                path: weights.path, reason: "tensor 'mapping' has shape \(mapped), expected one dimension")
        }
        let rows = mapped?[0] ?? shape.rows
        try tokenizer.check(modelVocabularySize: rows)
        if let weighted = weights.shape(of: StaticFolder.weightsPerToken), weighted != [rows] {
            throw EncoderError.badFolder(
                path: weights.path, reason: "tensor 'weights' has shape \(weighted), expected [\(rows)]")
        }
    }

    /// The table, with model2vec's mapping and weights applied.
    package func embedding() throws -> StaticEmbedding {
        let (rows, D) = shape
        var values = [Float](repeating: 0, count: rows * D)
        let (weights, table) = (weights, table)
        try values.withUnsafeMutableBufferPointer {
            try weights.copyFloats(table, shape: [rows, D], into: $0, finite: true)
        }
        var vocabulary = rows
        if let mapped = weights.shape(of: StaticFolder.mapping) {
            let places = try weights.integers(StaticFolder.mapping, shape: mapped)
            if let bad = places.firstIndex(where: { !(0..<rows).contains($0) }) {
                throw EncoderError.badFolder(
                    path: weights.path,
                    reason:
                        "tensor 'mapping' has row \(places[bad]) for token \(bad), expected 0 to \(rows - 1)")
            }
            values = places.flatMap { values[$0 * D..<($0 + 1) * D] }
            vocabulary = places.count
        }
        if weights.shape(of: StaticFolder.weightsPerToken) != nil {
            let factors = try weights.doubles(StaticFolder.weightsPerToken, shape: [vocabulary])
            for token in 0..<vocabulary {
                for i in token * D..<(token + 1) * D { values[i] *= Float(factors[token]) }
            }
        }
        return StaticEmbedding(vocabulary: vocabulary, width: D, values: values)
    }
}
