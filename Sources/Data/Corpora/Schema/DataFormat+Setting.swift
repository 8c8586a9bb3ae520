import Foundation
import SettingKeys
import Tables

extension DataFormat {
    /// The form of each file: by `format`, else by the file's own extension, and by the keys that say how a table is
    /// written.
    static func formats(
        _ keys: ReadSettings<DatasetKeys>, files: DataFiles
    ) throws(SettingsError) -> [DataFile: DataFormat] {
        var formats: [DataFile: DataFormat] = [:]
        for (file, name) in try names(keys, files: files) {
            formats[file] = try DataFormat(name, keys)
        }
        return formats
    }

    /// - Throws: `SettingsError.badValue` for a key that files of this form do not have.
    private init(_ name: Name, _ keys: ReadSettings<DatasetKeys>) throws(SettingsError) {
        switch name {
        case .csv: self = .table(try TableDialect.csv.changed(by: keys))
        case .tsv:
            if keys.delimiter != ASCII.tab {
                try keys.forbid(
                    [\.delimiter], expected: "no delimiter for tsv, which is separated by tabs")
            }
            self = .table(try TableDialect.tsv.changed(by: keys))
        case .jsonl, .parquet, .lines:
            try keys.forbid(
                [\.header, \.quoting, \.delimiter, \.textHasLastField],
                expected: "this key for csv and tsv only, not for \(name.rawValue)"
                    + (keys.format == nil && name == .lines
                        ? ", as a .txt file is read unless \(keys.spelling(\.format)) says otherwise" : ""))
            self = name == .lines ? .table(.lines) : name == .parquet ? .parquet : .jsonLines
        }
    }

    private static func names(
        _ keys: ReadSettings<DatasetKeys>, files: DataFiles
    ) throws(SettingsError) -> [(DataFile, Name)] {
        var names: [(file: DataFile, name: Name)] = []
        for file in files.all {
            var name = keys.format ?? Name(fileExtension: file.fileExtension)
            // What has a delimiter is a table, whatever it is called.
            if keys.format == nil, keys.delimiter != nil, name == nil || name == .lines { name = .csv }
            guard let name else { throw unknownForm(of: file, keys) }
            names.append((file, name))
        }
        // Lines of text have no columns, which the others do.
        if let lines = names.first(where: { $0.name == .lines }), names.contains(where: { $0.name != .lines })
        {
            throw unknownForm(of: lines.file, keys)
        }
        return names
    }

    private static func unknownForm(of file: DataFile, _ keys: ReadSettings<DatasetKeys>) -> SettingsError {
        let key = keys.files.file ?? keys.files.files ?? keys.mapping.setting
        let format = keys.spelling(\.format)
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
    fileprivate func changed(by keys: ReadSettings<DatasetKeys>) throws(SettingsError) -> TableDialect {
        var dialect = self
        if let header = keys.header { dialect.hasHeader = header }
        if let delimiter = keys.delimiter { dialect.delimiter = delimiter }
        if let quoting = keys.quoting { dialect.splitting = quoting == .none ? .everyDelimiter : .quoted }
        if keys.textHasLastField {
            if dialect.splitting == .quoted {
                try keys.forbid([\.quoting], expected: "none, because of text-last-delimiter")
            }
            dialect.splitting = .lastDelimiter
        }
        return dialect
    }
}

extension ReadSettings<DatasetKeys> {
    /// A key as the user would write it: `'format:'` in a file, `--input-format` on a command line.
    func spelling(_ path: PartialKeyPath<DatasetKeys>) -> String {
        guard mapping.setting.place == .commandLine else { return "'\(keyName(path)):'" }
        return path == \DatasetKeys.format ? "--input-format" : "--\(keyName(path))"
    }
}
