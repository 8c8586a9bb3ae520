import Foundation
import Settings

extension DatasetSchema {
    /// The keys of a dataset.
    public static let keys = [
        "file", "files", "format", "header", "quoting", "delimiter", "text-last-delimiter", "columns",
        "labels",
    ]

    /// Reads the keys of a dataset; touches no file.
    /// - Parameters:
    ///   - folder: What the paths of files start from.
    ///   - requiringLabels: False where only texts are wanted, so that `labels` may be absent.
    public init(setting: Setting, folder: URL, requiringLabels: Bool = true) throws(SettingsError) {
        let mapping = try setting.mapping(known: DatasetSchema.keys)
        files = try DataFiles(mapping, folder: folder)
        format = try DataFormat(mapping, files: files)

        let columns = try mapping["columns"]?.mapping(known: ["text", "id", "group"])
        idColumn = try columns?["id"]?.column(in: format)
        groupColumn = try columns?["group"]?.column(in: format)
        if let text = columns?["text"] {
            textColumn = try text.column(in: format)
        } else if case .table(let dialect) = format, !dialect.hasHeader {
            guard dialect.splitting == .wholeLine || dialect.splitting == .lastDelimiter else {
                throw .missingKey(setting.place, key: mapping.path(to: "columns.text"))
            }
            textColumn = "0"
        } else {
            textColumn = "text"
        }

        if requiringLabels || mapping["labels"] != nil {
            labels = try LabelSchema(
                mapping.required("labels"), format: format, folder: folder, dataFiles: files)
        }
    }
}

extension Setting {
    /// A column: a name, or a number where columns have no names.
    func column(in format: DataFormat) throws(SettingsError) -> String {
        let name = try string()
        guard format.hasNumberedColumns else { return name }
        guard let number = Int(name), number >= 0 else {
            throw badValue(expected: "the number of a column, from 0, because there is no header")
        }
        return String(number)
    }
}

extension DataFiles {
    init(_ mapping: SettingsMapping, folder: URL) throws(SettingsError) {
        guard let files = mapping["files"] else {
            let file = try mapping.required("file")
            let paths = try file.strings()
            guard let first = paths.first else { throw file.badValue(expected: "a file or several") }
            if case .list = file.value {
                self = .union(paths.map { DataFile(path: $0, folder: folder) })
            } else {
                self = .one(DataFile(path: first, folder: folder))
            }
            return
        }
        if let file = mapping["file"] { throw file.badValue(expected: "either 'file' or 'files'") }
        var parts: [Part: DataFile] = [:]
        let entries = try files.mapping(known: Part.allCases.map(\.rawValue))
        for part in Part.allCases {
            if let file = entries[part.rawValue] {
                parts[part] = DataFile(path: try file.string(), folder: folder)
            }
        }
        if parts.isEmpty { throw .missingKey(files.place, key: "\(files.key).train") }
        self = .parts(parts)
    }
}
