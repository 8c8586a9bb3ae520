import Corpora
import Foundation
import Recipes
import SettingKeys
import Tables

/// Where the texts and labels of a dataset on the hub are, as far as its keys do not say: told by its files and its README.
///
/// The texts are column `text`, else the only one that holds texts. The labels are the only column of class labels, or of
/// lists of these, else `label` or `labels`. Where that leaves a choice, nobody but the user can say.
struct HubColumns {
    /// The keys, with what was found.
    private(set) var mapping: SettingsMapping
    /// What was found, a sentence each.
    private(set) var notices: [String] = []
    private let columns: [Column]
    private let setting: Setting

    private struct Column {
        let name: String
        let isText: Bool
        /// Of class labels, by the file itself or else by the README.
        let classNames: [String]?
        let isToldByFile: Bool
    }

    /// - Parameters:
    ///   - mapping: The dataset's keys, with its files.
    ///   - setting: Where the dataset is named, for errors.
    init(_ dataset: HubDataset, _ mapping: SettingsMapping, folder: URL, at setting: Setting) throws {
        self.mapping = mapping
        self.setting = setting
        let form = mapping.removing(["labels"])
        let schema = try DatasetSchema(setting: form.setting, folder: folder, requiringLabels: false)
        guard let first = schema.files.all.first else {
            columns = []
            return
        }
        let reader = try schema.reader(of: first, source: first.source())
        columns = reader.columns.enumerated().map { index, name in
            let feature = dataset.features.first { $0.name == name }
            let own = reader.classNames(ofColumn: index)
            return Column(
                name: name, isText: (reader.isText(index) ?? feature?.isText) == true,
                classNames: own ?? feature?.classNames, isToldByFile: own != nil)
        }
        try findText()
        try findLabels()
        nameClasses()
    }

    private var names: [String] { columns.map(\.name) }

    private mutating func findText() throws {
        let given = try mapping["columns"]?.mappingWithAnyKeys()
        if given?["text"] != nil || names.contains("text") || mapping["header"] != nil { return }
        let texts = columns.filter { $0.isText && $0.classNames == nil }
        guard texts.count == 1 else {
            throw setting.badValue(
                expected: "'columns: {text: ...}' beside it, since no column is called text and "
                    + (texts.isEmpty ? "none is known to hold texts" : "\(texts.count) hold texts")
                    + "; columns: \(listed(names))")
        }
        let found = texts[0].name
        mapping = mapping.replacing("columns", with: try entry("columns", adding: "text", found, to: given))
        notices.append("the texts are column '\(found)', the only one of texts")
    }

    private mutating func findLabels() throws {
        let given = try mapping["labels"]?.mappingWithAnyKeys()
        let sources = ["column", "columns", "from", "file", "files"]
        if let given, sources.contains(where: { given[$0] != nil }) { return }
        let classes = columns.filter { $0.classNames != nil }.map(\.name)
        let found = classes.count == 1 ? classes : ["label", "labels"].filter(names.contains)
        guard found.count == 1 else {
            throw setting.badValue(
                expected: "'labels: {column: ...}' beside it, since "
                    + (classes.count > 1
                        ? "\(classes.count) columns hold class labels (\(listed(classes)))"
                        : "no column holds class labels or is called label")
                    + "; columns: \(listed(names))")
        }
        mapping = mapping.replacing(
            "labels", with: try entry("labels", adding: "column", found[0], to: given))
        notices.append(
            "the labels are column '\(found[0])'\(classes.count == 1 ? ", the only one of class labels" : "")"
        )
    }

    /// The names of classes that the README tells and the files do not; of these, -1 means that there is no label.
    private mutating func nameClasses() {
        guard let labels = try? mapping["labels"]?.mappingWithAnyKeys(), labels["names"] == nil,
            labels["bins"] == nil, let name = try? labels["column"]?.string(),
            let column = columns.first(where: { $0.name == name }), !column.isToldByFile,
            let classes = column.classNames
        else { return }
        let place = labels.setting.place
        let list = Setting(
            key: "labels.names", place: place,
            value: .list(classes.map { Setting.text($0, key: "labels.names", at: place) }))
        var named = labels.replacing("names", with: list)
        if labels["missing"] == nil { named = named.adding("missing", LabelSchema.missingClass) }
        mapping = mapping.replacing("labels", with: named.setting)
    }

    private func entry(
        _ key: String, adding inner: String, _ text: String, to given: SettingsMapping?
    ) throws(SettingsError) -> Setting {
        let empty = Setting(key: key, place: setting.place, value: .mapping([]))
        let base = if let given { given } else { try empty.mappingWithAnyKeys() }
        return base.adding(inner, text).setting
    }
}
