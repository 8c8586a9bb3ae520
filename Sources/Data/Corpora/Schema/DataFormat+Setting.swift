import Foundation
import SettingKeys
import Tables

extension DataFormat {
    /// The spellings of `quoting:`.
    fileprivate enum Quoting: String, CaseIterable {
        case none, rfc4180
    }

    /// The form of each file: by `format`, else by the file's own extension, and by the keys that say how a table is
    /// written.
    static func formats(
        _ mapping: SettingsMapping, files: DataFiles
    ) throws(SettingsError) -> [DataFile: DataFormat] {
        var formats: [DataFile: DataFormat] = [:]
        for (file, name) in try names(mapping, files: files) {
            formats[file] = try DataFormat(name, mapping)
        }
        return formats
    }

    /// - Throws: `SettingsError.badValue` for a key that files of this form do not have.
    private init(_ name: Name, _ mapping: SettingsMapping) throws(SettingsError) {
        switch name {
        case .csv: self = .table(try TableDialect.csv.changed(by: mapping))
        case .tsv:
            if try mapping["delimiter"]?.string() != "\t" {
                try mapping.forbid(
                    ["delimiter"], expected: "no delimiter for tsv, which is separated by tabs")
            }
            self = .table(try TableDialect.tsv.changed(by: mapping))
        case .jsonl, .parquet, .lines:
            try mapping.forbid(
                ["header", "quoting", "delimiter", "text-last-delimiter"],
                expected: "this key for csv and tsv only, not for \(name.rawValue)"
                    + (mapping["format"] == nil && name == .lines
                        ? ", as a .txt file is read unless \(mapping.name(of: "format")) says otherwise" : "")
            )
            self = name == .lines ? .table(.lines) : name == .parquet ? .parquet : .jsonLines
        }
    }

    private static func names(
        _ mapping: SettingsMapping, files: DataFiles
    ) throws(SettingsError) -> [(DataFile, Name)] {
        var said: Name?
        if let format = mapping["format"] {
            said = try format.string() == "json" ? .jsonl : format.oneOf()
        }
        var names: [(file: DataFile, name: Name)] = []
        for file in files.all {
            var name = said ?? Name(fileExtension: file.fileExtension)
            // What has a delimiter is a table, whatever it is called.
            if said == nil, mapping["delimiter"] != nil, name == nil || name == .lines { name = .csv }
            guard let name else { throw unknownForm(of: file, mapping) }
            names.append((file, name))
        }
        // Lines of text have no columns, which the others do.
        if let lines = names.first(where: { $0.name == .lines }), names.contains(where: { $0.name != .lines })
        {
            throw unknownForm(of: lines.file, mapping)
        }
        return names
    }

    private static func unknownForm(of file: DataFile, _ mapping: SettingsMapping) -> SettingsError {
        let key = mapping["file"] ?? mapping["files"] ?? mapping.setting
        let format = mapping.name(of: "format")
        if case .scalar = key.value {
            return key.badValue(
                expected: "a file that ends in \(DataFormat.endings), or \(format) beside it"
                    + (file.whatItIs.map { "; this is \($0)" } ?? ""))
        }
        return key.badValue(
            expected:
                "tables, which end in \(DataFormat.tableEndings), or \(format) to say what all files are; "
                + "\(file.wholeName) \(file.whatItIs.map { "is \($0)" } ?? "ends otherwise")")
    }
}

extension TableDialect {
    /// This dialect with what the keys `header`, `delimiter`, `quoting` and `text-last-delimiter` change.
    fileprivate func changed(by mapping: SettingsMapping) throws(SettingsError) -> TableDialect {
        var dialect = self
        if let header = mapping["header"] { dialect.hasHeader = try header.bool() }
        if let delimiter = mapping["delimiter"] { dialect.delimiter = try delimiter.delimiter() }
        if let quoting = mapping["quoting"] {
            dialect.splitting =
                try quoting.oneOf(DataFormat.Quoting.self) == .none ? .everyDelimiter : .quoted
        }
        if let last = mapping["text-last-delimiter"], try last.bool() {
            if let quoting = mapping["quoting"], dialect.splitting == .quoted {
                throw quoting.badValue(expected: "none, because of text-last-delimiter")
            }
            dialect.splitting = .lastDelimiter
        }
        return dialect
    }
}

extension Setting {
    /// One ASCII character that can stand between fields.
    fileprivate func delimiter() throws(SettingsError) -> UInt8 {
        let text = try string()
        let bytes = Array(text.utf8)
        guard bytes.count == 1, bytes[0] < 0x80, bytes[0] != ASCII.quote, !ASCII.isLineEnd(bytes[0]) else {
            throw badValue(expected: "one ASCII character, neither a quote nor a line ending")
        }
        return bytes[0]
    }
}

extension SettingsMapping {
    /// The whole path of keys to `key`.
    func path(to key: String) -> String {
        setting.key.isEmpty ? key : "\(setting.key).\(key)"
    }

    /// A key of this mapping as the user would write it: `'format:'` in a file, `--input-format` on a command line.
    func name(of key: String) -> String {
        guard setting.place == .commandLine else { return "'\(key):'" }
        return key == "format" ? "--input-format" : "--\(key)"
    }

    /// - Throws: `.badValue` for the first of `keys` that is there.
    func forbid(_ keys: [String], expected: String) throws(SettingsError) {
        for key in keys {
            if let value = self[key] { throw value.badValue(expected: expected) }
        }
    }
}
