import Foundation
import SettingKeys

extension DataFormat {
    /// The spellings of `format:`.
    private enum Name: String, CaseIterable {
        case csv, tsv, jsonl, parquet, lines

        init?(fileExtension: String) {
            switch fileExtension {
            case "csv": self = .csv
            case "tsv", "tab": self = .tsv
            case "jsonl", "ndjson", "json": self = .jsonl
            case "parquet", "pq": self = .parquet
            case "txt": self = .lines
            default: return nil
            }
        }
    }

    /// The spellings of `quoting:`.
    fileprivate enum Quoting: String, CaseIterable {
        case none, rfc4180
    }

    /// The form that a path's extension tells, with that form's defaults; nil for lines of text and for anything else.
    public init?(endingOf path: String) {
        let file = DataFile.file(URL(fileURLWithPath: path))
        switch Name(fileExtension: file.fileExtension) {
        case .csv: self = .table(.csv)
        case .tsv: self = .table(.tsv)
        case .jsonl: self = .jsonLines
        case .parquet: self = .parquet
        case .lines, nil: return nil
        }
    }

    /// Whether a path's extension is that of some data file, packed or not.
    public static func isNamed(by path: String) -> Bool {
        Name(fileExtension: DataFile(path: path, folder: URL(fileURLWithPath: "/")).fileExtension) != nil
    }

    /// Reads `format`, which the files' extension gives if it is absent, and the keys that say how a table is written.
    init(_ mapping: SettingsMapping, files: DataFiles) throws(SettingsError) {
        let name = try DataFormat.name(mapping, files: files)
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

    private static func name(_ mapping: SettingsMapping, files: DataFiles) throws(SettingsError) -> Name {
        if let format = mapping["format"] {
            return try format.string() == "json" ? .jsonl : format.oneOf()
        }
        // One name, and not nil, if all extensions agree.
        let names = Set(files.entries.map { Name(fileExtension: $0.file.fileExtension) })
        let name = names.count == 1 ? names.first ?? nil : nil
        // What has a delimiter is a table, whatever it is called.
        if mapping["delimiter"] != nil, name == nil || name == .lines { return .csv }
        if let name { return name }
        let key = mapping["file"] ?? mapping["files"] ?? mapping.setting
        if names.count > 1 {
            throw key.badValue(
                expected: "files of one form, or \(mapping.name(of: "format")) to say which")
        }
        let what = files.entries.lazy.compactMap { $0.file.whatItIs }.first
        throw key.badValue(
            expected: "a file that ends in \(DataFormat.endings), or \(mapping.name(of: "format")) beside it"
                + (what.map { "; this is \($0)" } ?? ""))
    }

    /// The endings that tell a form, for messages.
    public static let endings = ".csv, .tsv, .jsonl, .ndjson, .json, .parquet or .txt"
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
