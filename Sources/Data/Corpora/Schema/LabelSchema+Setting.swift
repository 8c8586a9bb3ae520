import Foundation
import Labels
import SettingKeys
import Tables

extension LabelSchema {
    /// The spellings of `kind:`. Ordinal labels are binary or multiclass ones in an order.
    private enum Kind: String, CaseIterable {
        case binary, multiclass, ordinal, multilabel
    }

    static let keys = [
        "kind", "column", "separator", "columns", "names", "bins", "from", "gold", "file", "files",
        "missing", "rename", "ignore-case", "unseen",
    ]

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
        let mapping = try setting.mapping(known: LabelSchema.keys)
        let spelling: Kind? = try mapping["kind"]?.oneOf()
        kind = spelling.flatMap { LabelKind(rawValue: $0.rawValue) }
        isOrdinal = spelling == .ordinal
        names = try mapping["names"].map { (names) throws(SettingsError) in
            try Names(names, folder: folder)
        }

        reading = try LabelReading(mapping)

        if let from = mapping["from"] {
            try mapping.forbid(
                LabelSchema.keys.filter { $0 != "from" && $0 != "gold" },
                expected: "nothing beside 'from', whose labeler decides it")
            let gold = try mapping["gold"].map { (gold) throws(SettingsError) in
                try LabelSchema(gold: gold, format: format, folder: folder, dataFiles: dataFiles)
            }
            if case .mapping = from.value {
                let model = try from.mapping(known: ["model"]).required("model")
                source = .silver(labeler: try model.string(), isModel: true, gold: gold)
            } else {
                source = .silver(labeler: try from.string(), gold: gold)
            }
        } else if mapping["file"] != nil || mapping["files"] != nil {
            try mapping.forbid(
                ["column", "columns", "separator", "bins"], expected: "no such key beside 'file' or 'files'")
            let files = try DataFiles(mapping, folder: folder)
            guard files.isParallel(to: dataFiles) else {
                throw setting.badValue(expected: "a file of labels for each file of the dataset")
            }
            source = .files(files)
        } else if let columns = mapping["columns"] {
            try mapping.forbid(["column", "separator", "bins"], expected: "no such key beside 'columns'")
            source = .indicators(try columns.columnRanges(in: format))
            try mapping.require(.multilabel, because: "'columns'")
            kind = .multilabel
        } else if let bins = mapping["bins"] {
            try mapping.forbid(["separator", "names"], expected: "no such key beside 'bins'")
            source = .bins(column: try mapping.required("column").column(in: format), try Bins(bins))
            if kind == .multilabel, let kind = mapping["kind"] {
                throw kind.badValue(expected: "binary or multiclass, because of 'bins'")
            }
        } else {
            let separator = try mapping["separator"]?.separator()
            source = .column(try mapping.required("column").column(in: format), separator: separator)
            if separator != nil {
                try mapping.require(.multilabel, because: "'separator'")
                kind = .multilabel
            }
        }
    }
}

extension LabelSchema {
    /// Reads the keys of `labels.gold`.
    private init(
        gold: Setting, format: DataFormat, folder: URL, dataFiles: DataFiles
    ) throws(SettingsError) {
        try gold.mapping(known: LabelSchema.keys).forbid(
            ["from", "gold", "file", "files"], expected: "columns of the data files")
        try self.init(gold, format: format, folder: folder, dataFiles: dataFiles)
    }
}

extension LabelReading {
    /// Reads `missing`, `rename`, `ignore-case` and `unseen`.
    fileprivate init(_ mapping: SettingsMapping) throws(SettingsError) {
        self.init()
        missing = Set(try mapping["missing"]?.strings().map(LabelSpelling.canonical) ?? [])
        for (value, name) in try mapping["rename"]?.mappingWithAnyKeys().entries ?? [] {
            let new = LabelSpelling.trimmed(try name.string())
            if new.isEmpty { throw name.badValue(expected: "the name of a label") }
            renamed[LabelSpelling.canonical(value)] = new
        }
        ignoresCase = try mapping["ignore-case"]?.bool()
        if let unseen = mapping["unseen"] { allowsUnseen = try unseen.oneOf(UnseenLabels.self) == .allow }
    }

    /// The spellings of `unseen:`.
    private enum UnseenLabels: String, CaseIterable {
        case refuse, allow
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

extension Bins {
    fileprivate init(_ setting: Setting) throws(SettingsError) {
        let mapping = try setting.mapping(known: ["edges", "names"])
        let edgeList = try mapping.required("edges")
        var edges: [Double] = []
        for edge in try edgeList.list() { edges.append(try edge.double()) }
        guard !edges.isEmpty, zip(edges, edges.dropFirst()).allSatisfy(<) else {
            throw edgeList.badValue(expected: "one number or more, ascending")
        }
        let names = try mapping.required("names")
        guard try names.strings().count == edges.count + 1 else {
            throw names.badValue(expected: "\(edges.count + 1) names, one more than edges")
        }
        self.init(edges: edges, names: try names.strings())
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

    fileprivate func separator() throws(SettingsError) -> String {
        let text = try string()
        if text.isEmpty { throw badValue(expected: "a character or more") }
        return text
    }
}

extension SettingsMapping {
    /// - Throws: `.badValue` if there is a kind that is another one.
    fileprivate func require(_ kind: LabelKind, because key: String) throws(SettingsError) {
        guard let found = self["kind"], try found.string() != kind.rawValue else { return }
        throw found.badValue(expected: "\(kind.rawValue), because of \(key)")
    }
}
