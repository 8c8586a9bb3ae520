import SettingKeys
import Tables

/// The values of the keys of `dataset:`, which a recipe has too; those that hang on the files' form are read later.
struct DatasetKeys: Sendable {
    var files = FileKeys()
    var format: DataFormat.Name?
    var header: Bool?
    var quoting: Quoting?
    var delimiter: UInt8?
    /// Whether the last delimiter of a line alone is one, so that the text may hold others.
    var textHasLastField = false
    var encoding = TextEncoding.utf8
    var columns: Setting?
    var textSeparator: String?
    var labels: Setting?

    enum Quoting: String, CaseIterable {
        case none, rfc4180
    }

    static let keys = KeyTable(DatasetKeys()) {
        FileKeys.keys.lifted(to: \.files)
        SettingKey(
            "format", \.format, .formatName, absent: "by the file's ending",
            "The format of all files; `json` and `jsonl` each read both.")
        SettingKey(
            "header", \.header, .flag, absent: "true",
            "Whether the first row of a table names its columns; without names they have numbers, from 0.")
        SettingKey(
            "quoting", \.quoting, .choice, absent: "rfc4180; for tsv none",
            "How fields are quoted: RFC 4180, or not at all.")
        SettingKey(
            "delimiter", \.delimiter, .delimiter, absent: "a comma; for tsv a tab",
            "The field delimiter.")
        SettingKey(
            "text-last-delimiter", \.textHasLastField, .flag,
            "Whether a line is split at its last delimiter alone, so that the text before it may contain others."
        )
        SettingKey("encoding", \.encoding, .encoding, "The character encoding.")
        SettingKey(
            "columns", \.columns, .later("a mapping", keys: { ColumnKeys.keys.reference }), absent: nil,
            "Where texts, ids and groups are.")
        SettingKey(
            "text-separator", \.textSeparator, .text, absent: "a space",
            "What joins the texts of several columns.")
        SettingKey(
            "labels", \.labels, .later("a mapping", keys: { LabelKeys.keys.reference }), absent: nil,
            "Where the labels are, and what they mean. Every dataset of an experiment has them.")
    }
}

/// The files of a dataset, or of its labels, before their paths are looked up.
package struct FileKeys: Sendable {
    package var file: Setting?
    package var files: Setting?

    package static let keys = KeyTable(FileKeys()) {
        SettingKey(
            "file", \.file, .later("a path or a pattern, or a list of them"), absent: nil,
            "The file, or several that are read as one; `*` and `?` stand for any letters, `**` for any folders. A file may be compressed (gzip, bzip2, xz, Zstandard, or a zip of one file), and on the Hugging Face hub: `hf://datasets/ORG/NAME/PATH`, or with `@REVISION` after `NAME`."
        )
        SettingKey(
            "files", \.files, .later("a mapping", keys: { parts.reference }), absent: nil,
            "Instead of `file`: the files of the official parts.")
    }

    static let parts = KeyTable.ofParts(.later("a path or a pattern, or a list of them")) {
        "The files of the official \($0) part."
    }
}

/// The keys of `columns:`.
struct ColumnKeys: Sendable {
    var text: Setting?
    var id: Setting?
    var group: Setting?

    static let keys = KeyTable(ColumnKeys()) {
        SettingKey(
            "text", \.text, .later("a column, or a list of columns"), absent: "text",
            "The columns of the text, by name or by 0-based number; the non-empty cells of several are joined."
        )
        SettingKey(
            "id", \.id, .later("a column"), absent: "the row's 0-based number", "The column of the row's id.")
        SettingKey(
            "group", \.group, .later("a column"), absent: "none",
            "The column that tells what `split: {group-by: group}` keeps together, such as an author.")
    }
}

extension ValueForm<DataFormat.Name> {
    fileprivate static var formatName: ValueForm {
        let names = DataFormat.Name.allCases.map(\.rawValue).joined(separator: ", ")
        return ValueForm("one of \(names), json") { (setting) throws(SettingsError) in
            try setting.string() == "json" ? .jsonl : setting.oneOf()
        }
    }
}

extension ValueForm<UInt8> {
    /// One ASCII character that can stand between fields.
    fileprivate static var delimiter: ValueForm {
        let expected = "one ASCII character, neither a quote nor a line ending"
        return ValueForm("one ASCII character") { (setting) throws(SettingsError) in
            let bytes = Array(try setting.string().utf8)
            guard bytes.count == 1, bytes[0] < 0x80, bytes[0] != ASCII.quote, !ASCII.isLineEnd(bytes[0])
            else {
                throw setting.badValue(expected: expected)
            }
            return bytes[0]
        }
    }
}

extension ValueForm<TextEncoding> {
    fileprivate static var encoding: ValueForm {
        let known = "one of \(TextEncoding.allCases.map(\.rawValue).joined(separator: ", "))"
        return ValueForm(known, spell: { $0.rawValue }) { (setting) throws(SettingsError) in
            if let encoding = TextEncoding(named: try setting.string()) { return encoding }
            throw setting.badValue(
                expected: "\(known); convert others: iconv -f OTHER -t UTF-8 OLD > NEW")
        }
    }
}
