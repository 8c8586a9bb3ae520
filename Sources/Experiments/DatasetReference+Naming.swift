import Corpora
import Foundation
import Settings

extension DatasetReference {
    /// The columns of a data file named on a command line.
    public struct Columns: Sendable {
        var text: String?
        var label: String?
        var id: String?
        var separator: String?
        var hasHeader: Bool

        public init(text: String?, label: String?, id: String?, separator: String?, hasHeader: Bool) {
            self.text = text
            self.label = label
            self.id = id
            self.separator = separator
            self.hasHeader = hasHeader
        }
    }

    /// A dataset as a command line names it: an experiment or recipe file (`.yaml`), a data file, or a recipe's name.
    public init(naming argument: String, columns: Columns) throws {
        let file = URL(fileURLWithPath: argument)
        let unpacked = file.pathExtension.lowercased() == "gz" ? file.deletingPathExtension() : file
        switch unpacked.pathExtension.lowercased() {
        case "yaml", "yml":
            let root = try Setting(contentsOf: file).mappingWithAnyKeys()
            try self.init(
                setting: root.required("dataset"), clean: root["clean"],
                folder: file.deletingLastPathComponent())
        case "csv", "tsv", "jsonl", "ndjson", "json", "parquet", "txt":
            try self.init(setting: DatasetReference.setting(file: file, columns), clean: nil, folder: file)
        default:
            try self.init(recipe: RecipeBook().recipe(named: argument))
        }
    }

    /// The same keys that an experiment file would have, made from the command line.
    private static func setting(file: URL, _ columns: Columns) throws -> Setting {
        func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "''") + "'" }
        var yaml = "file: \(quoted(file.path))\n"
        if case .table = DataFormat(endingOf: file.path) ?? .table(.lines) {
            yaml += "header: \(columns.hasHeader)\n"
        }
        yaml += "columns: {text: \(quoted(columns.text ?? (columns.hasHeader ? "text" : "0")))"
        if let id = columns.id { yaml += ", id: \(quoted(id))" }
        yaml += "}\nlabels: {column: \(quoted(columns.label ?? (columns.hasHeader ? "label" : "1")))"
        if let separator = columns.separator { yaml += ", separator: \(quoted(separator))" }
        return try Setting(yaml: yaml + "}\n", file: "command line")
    }
}
