import Foundation
import Labels
import SettingKeys
import Tables

extension LabelSchema {
    /// Reads the keys of `labels:`; touches no file.
    init(
        _ setting: Setting, format: DataFormat, folder: URL, dataFiles: DataFiles
    ) throws(SettingsError) {
        if case .scalar(let column, _) = setting.value {
            throw setting.badValue(expected: "a mapping, such as {column: \(shown(column))}")
        }
        if case .list(let columns) = setting.value {
            let names = columns.compactMap { try? $0.string() }
            throw setting.badValue(
                expected: "a mapping, such as {columns: [\(listed(names))]} for a column of 0 and 1 each")
        }
        try self.init(LabelKeys.keys.read(setting), format: format, folder: folder, dataFiles: dataFiles)
    }

    private init(
        _ keys: ReadSettings<LabelKeys>, format: DataFormat, folder: URL, dataFiles: DataFiles
    ) throws(SettingsError) {
        kind = keys.kind.flatMap { LabelKind(rawValue: $0.rawValue) }
        isOrdinal = keys.kind == .ordinal
        names = try keys.names.map { (names) throws(SettingsError) in
            try Names(names, folder: folder)
        }
        reading = LabelReading(keys.values)

        if let from = keys.from {
            try keys.forbidOthers(
                than: [\.from, \.gold], expected: "nothing beside 'from', whose labeler decides it")
            let gold = try keys.gold.map { (gold) throws(SettingsError) in
                try LabelSchema(gold: gold, format: format, folder: folder, dataFiles: dataFiles)
            }
            if case .mapping = from.value {
                let model = try ModelKey.keys.read(from).required(\.model)
                source = .silver(labeler: model, isModel: true, gold: gold)
            } else {
                source = .silver(labeler: try from.string(), gold: gold)
            }
        } else if keys.files.file != nil || keys.files.files != nil {
            try keys.forbid(
                [\.column, \.columns, \.separator, \.bins], expected: "no such key beside 'file' or 'files'")
            let files = try DataFiles(keys.part(\.files, of: FileKeys.keys), folder: folder)
            guard files.isParallel(to: dataFiles) else {
                throw keys.mapping.setting.badValue(expected: "a file of labels for each file of the dataset")
            }
            source = .files(files)
        } else if let columns = keys.columns {
            try keys.forbid([\.column, \.separator, \.bins], expected: "no such key beside 'columns'")
            source = .indicators(try columns.columnRanges(in: format))
            try keys.requireMultilabel(because: "'columns'")
            kind = .multilabel
        } else if let bins = keys.bins {
            try keys.forbid([\.separator, \.names], expected: "no such key beside 'bins'")
            source = .bins(column: try keys.required(\.column).column(in: format), bins)
            if kind == .multilabel {
                try keys.forbid([\.kind], expected: "binary or multiclass, because of 'bins'")
            }
        } else {
            source = .column(try keys.required(\.column).column(in: format), separator: keys.separator)
            if keys.separator != nil {
                try keys.requireMultilabel(because: "'separator'")
                kind = .multilabel
            }
        }
        if keys.from == nil, let raters = keys.raters {
            try readRaters(raters, bins: keys.bins, format: format, folder: folder)
        }
    }

    /// Reads the keys of `labels.gold`.
    private init(
        gold: Setting, format: DataFormat, folder: URL, dataFiles: DataFiles
    ) throws(SettingsError) {
        let keys = try LabelKeys.keys.read(gold)
        try keys.forbid(
            [\.from, \.gold, \.raters, \.files.file, \.files.files], expected: "columns of the data files")
        try self.init(keys, format: format, folder: folder, dataFiles: dataFiles)
    }
}

extension LabelReading {
    /// `missing`, `rename`, `ignore-case` and `unseen`.
    fileprivate init(_ keys: LabelKeys) {
        self.init()
        missing = Set(keys.missing.map(LabelSpelling.canonical))
        renamed = keys.renamed
        ignoresCase = keys.ignoresCase
        allowsUnseen = keys.unseen == .allow
    }
}

extension ReadSettings<LabelKeys> {
    /// - Throws: `.badValue` if there is a kind that is another one.
    fileprivate func requireMultilabel(because key: String) throws(SettingsError) {
        if values.kind == .multilabel { return }
        try forbid([\.kind], expected: "multilabel, because of \(key)")
    }
}

extension LabelSchema.Names {
    /// A list of names, or the path of a file.
    fileprivate init(_ setting: Setting, folder: URL) throws(SettingsError) {
        if case .list = setting.value {
            self = .list(try setting.strings())
        } else {
            guard case .file(let url) = DataFile(path: try setting.string(), folder: folder) else {
                throw setting.badValue(expected: "a list of names or a file")
            }
            self = .file(url)
        }
    }
}

extension Setting {
    /// Columns, or ranges `first..last` of columns.
    fileprivate func columnRanges(in format: DataFormat) throws(SettingsError) -> [String] {
        let items: [Setting]
        if case .list(let list) = value { items = list } else { items = [self] }
        if items.isEmpty { throw badValue(expected: "at least one column") }
        var columns: [String] = []
        for item in items {
            let text = try item.string()
            columns.append(text.contains("..") ? text : try item.column(in: format))
        }
        return columns
    }
}
