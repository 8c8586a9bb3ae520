import Foundation
import SettingKeys
import Tables

extension DatasetSchema {
    /// The keys of a dataset.
    package static var reference: KeyReference { DatasetKeys.keys.reference }

    /// Reads the keys of a dataset; touches no file.
    /// - Parameters:
    ///   - folder: What the paths of files start from.
    ///   - requiringLabels: False where only texts are wanted, so that `labels` may be absent.
    public init(setting: Setting, folder: URL, requiringLabels: Bool = true) throws(SettingsError) {
        let keys = try DatasetKeys.keys.read(setting)
        files = try DataFiles(keys.part(\.files, of: FileKeys.keys), folder: folder)
        let formats = try DataFormat.formats(keys, files: files)
        format = files.all.first.flatMap { formats[$0] } ?? .table(.csv)
        otherFormats = formats.filter { [format] in $0.value != format }
        hasDefaultQuoting = keys.quoting == nil
        encoding = keys.encoding
        if formats.values.contains(.parquet) {
            try keys.forbid([\.encoding], expected: "no encoding for parquet, which tells it itself")
        }

        let columns = try keys.columns?.columnRoles()
        idColumn = try columns?.id?.column(in: format)
        groupColumn = try columns?.group?.column(in: format)
        if let names = columns?.text {
            text = TextColumns(try names.columns(in: format))
        } else if case .table(let dialect) = format, !dialect.hasHeader {
            guard dialect.splitting == .wholeLine || dialect.splitting == .lastDelimiter else {
                throw keys.mapping.missing("\(keys.keyName(\.columns)).text")
            }
            text = TextColumns("0")
        } else {
            text = TextColumns("text")
        }
        if let separator = keys.textSeparator {
            if text.names.count < 2 {
                try keys.forbid([\.textSeparator], expected: "several columns of text, which it would join")
            }
            text.separator = separator
        }

        if requiringLabels || keys.labels != nil {
            try DatasetSchema.requireTable(keys, format)
            labels = try LabelSchema(
                keys.required(\.labels), format: format, folder: folder, dataFiles: files)
            try requireIDsOfRaters(keys)
        }
    }

    /// Ratings are found by the ids of rows, which files that are read as one do not keep.
    private func requireIDsOfRaters(_ keys: ReadSettings<DatasetKeys>) throws(SettingsError) {
        guard let setting = keys.labels else { return }
        if labels?.raterColumn != nil, groupColumn == nil {
            throw setting.badValue(
                expected:
                    "'\(keys.keyName(\.columns)): {group: ...}' beside 'raters', whose rows of one group are one text's ratings"
            )
        }
        if labels?.raters == nil { return }
        if idColumn == nil {
            throw setting.badValue(
                expected:
                    "'\(keys.keyName(\.columns)): {id: ...}' beside 'raters', whose rows are found by their ids"
            )
        }
        if case .union = files {
            throw setting.badValue(expected: "no 'raters' for several files that are read as one")
        }
    }

    /// Lines of text have no columns of labels; where only a file's name says that it is lines, that is the mistake.
    private static func requireTable(
        _ keys: ReadSettings<DatasetKeys>, _ format: DataFormat
    ) throws(SettingsError) {
        guard format == .table(.lines), keys.format == nil,
            let labels = try? keys.labels.map({ try LabelKeys.keys.read($0) }),
            let column = labels.setting(\.column) ?? labels.setting(\.columns)
        else { return }
        throw column.badValue(
            expected:
                "no column of labels: a .txt file is read as texts alone, one a line; if it is a table, say how "
                + "it is written with \(keys.spelling(\.format)) or \(keys.spelling(\.delimiter))")
    }
}

extension Setting {
    /// The entries of `columns:`.
    fileprivate func columnRoles() throws(SettingsError) -> ColumnKeys {
        if case .scalar(let name, _) = value {
            throw badValue(expected: "a mapping, such as {text: \(shown(name))}")
        }
        for (key, column) in try mappingWithAnyKeys().entries where ["label", "labels"].contains(key) {
            var spelled = "..."
            if case .scalar(let name, _) = column.value { spelled = shown(name) }
            throw column.badValue(
                expected:
                    "no '\(key)' among columns of texts and ids: write 'labels: {column: \(spelled)}' beside 'columns'"
            )
        }
        return try ColumnKeys.keys.read(self).values
    }

    /// The columns of a list, or the one of a text.
    fileprivate func columns(in format: DataFormat) throws(SettingsError) -> [String] {
        guard case .list(let items) = value else { return [try column(in: format)] }
        if items.isEmpty { throw badValue(expected: "at least one column") }
        var columns: [String] = []
        for item in items { columns.append(try item.column(in: format)) }
        for (index, column) in columns.enumerated() where columns[..<index].contains(column) {
            throw items[index].badValue(expected: "each column once")
        }
        return columns
    }

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
    init(_ keys: ReadSettings<FileKeys>, folder: URL) throws(SettingsError) {
        guard let files = keys.files else {
            let file = try keys.required(\.file)
            let paths = try file.strings()
            guard let first = paths.first else { throw file.badValue(expected: "a file or several") }
            let named = try file.files(in: folder)
            if case .list = file.value {
                self = .union(named)
            } else if named == [DataFile(path: first, folder: folder)] {
                self = .one(named[0])
            } else {
                self = .union(named)
            }
            return
        }
        try keys.forbid([\.file], expected: "either 'file' or 'files'")
        var parts: [Part: [DataFile]] = [:]
        let given = try FileKeys.parts.read(files)
        for part in Part.allCases {
            if let file = given.values[part] { parts[part] = try file.files(in: folder) }
        }
        if parts.isEmpty { throw given.mapping.missing(Part.train.rawValue) }
        self = .parts(parts)
    }
}

extension Setting {
    /// The files of a path, a pattern, or a list of these.
    fileprivate func files(in folder: URL) throws(SettingsError) -> [DataFile] {
        var files: [DataFile] = []
        for path in try strings() {
            let found = FilePattern.files(path, folder: folder)
            if found.isEmpty { throw badValue(expected: "a pattern that some file matches") }
            files += found
        }
        if files.isEmpty { throw badValue(expected: "a file or several") }
        var seen = Set<DataFile>()
        for file in files where !seen.insert(file).inserted {
            throw badValue(expected: "each file once, and \(file.path) is named twice")
        }
        return files
    }
}
