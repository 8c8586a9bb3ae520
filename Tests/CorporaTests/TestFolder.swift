import Corpora
import Foundation
import Labels
import SettingKeys
import Tables
import TestSupport

/// A folder of small files that is gone when the value is released.
struct TestFolder {
    private let folder: TemporaryFolder

    var url: URL { folder.url }

    init(_ files: [String: String]) throws {
        folder = try TemporaryFolder()
        for (name, text) in files { try folder.write(text, to: name) }
    }

    func write(_ bytes: [UInt8], to name: String) throws { try folder.write(bytes, to: name) }

    func schema(_ yaml: String, requiringLabels: Bool = true) throws -> DatasetSchema {
        try DatasetSchema(
            setting: Setting(yaml: yaml, file: "dataset.yaml"), folder: url, requiringLabels: requiringLabels)
    }

    /// What is said about the dataset; nil if it loads. Paths are relative to the folder.
    func complaint(_ yaml: String, labelers: [String: Labeler] = [:]) -> String? {
        do {
            _ = try loadCorpus(schema(yaml), labelers: labelers)
            return nil
        } catch {
            return "\(error)".replacingOccurrences(of: url.path + "/", with: "")
        }
    }
}

/// The texts and ids of a dataset, whose labels nobody asks about.
func corpusWithoutLabels(_ schema: DatasetSchema) throws -> Corpus {
    var schema = schema
    schema.labels = LabelSchema(source: .silver(labeler: "none"))
    let space = try LabelSpace(kind: .binary, names: ["no", "yes"])
    return try loadCorpus(schema, labelers: ["none": { (.classes($0.map { _ in 0 }), space) }])
}

/// A folder of committed golden files.
let oracles = oracle("Corpora")

/// All rows of a table in memory, read in pieces of a given size.
func rows(
    _ bytes: [UInt8], _ dialect: TableDialect, pieceSize: Int = ByteSource.pieceSize
) throws(TableError) -> [TableRow] {
    var reader = try TableReader(ByteSource(bytes, name: "data", pieceSize: pieceSize), dialect: dialect)
    var rows: [TableRow] = []
    while let row = try reader.next() { rows.append(row) }
    return rows
}

extension TableDialect {
    /// The same without a header.
    var headless: TableDialect {
        TableDialect(delimiter: delimiter, splitting: splitting, hasHeader: false)
    }
}

/// The folder of the package's recipes.
let datasets = checkout.appendingPathComponent("datasets")
