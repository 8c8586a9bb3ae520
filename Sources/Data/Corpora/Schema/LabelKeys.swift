import Labels
import SettingKeys

/// The values of the keys of `labels:`; those that hang on the files' form are read later.
struct LabelKeys: Sendable {
    var kind: Kind?
    var column: Setting?
    var separator: String?
    var columns: Setting?
    var names: Setting?
    var bins: Bins?
    var raters: Setting?
    var from: Setting?
    var gold: Setting?
    var files = FileKeys()
    var missing: [String] = []
    var renamed: [String: String] = [:]
    var ignoresCase: Bool?
    var unseen = UnseenLabels.refuse

    /// Ordinal labels are binary or multiclass ones in an order.
    enum Kind: String, CaseIterable {
        case binary, multiclass, ordinal, multilabel
    }

    enum UnseenLabels: String, CaseIterable {
        case refuse, allow
    }

    static let keys = KeyTable(LabelKeys()) {
        SettingKey(
            "kind", \.kind, .choice, absent: "as the labels are",
            "Two classes, several, several in an order, or any number of labels a row.")
        SettingKey(
            "column", \.column, .later("a column"), absent: nil,
            "The column of the label, by name or by 0-based number.")
        SettingKey(
            "separator", \.separator, .separator,
            absent: "a cell is one label, unless it is a list of Python or JSON",
            "What separates the labels of a cell.")
        SettingKey(
            "columns", \.columns, .later("a list of columns, or a range first..last"), absent: nil,
            "Instead of `column`: one column a label, each 0 or 1, 0.0 or 1.0, false or true.")
        SettingKey(
            "names", \.names, .later("a list of names, or the path of a file with one a line"),
            absent: "the labels that occur",
            "The label names in their order; a number in the data is then that of a name, from 0.")
        SettingKey(
            "bins", \.bins, .bins, absent: nil, "Bins that make classes of a column of numbers.")
        SettingKey(
            "raters", \.raters, .later("a mapping", keys: { RaterKeys.keys.reference }), absent: nil,
            "What several raters said of each text, in rows of their own or, beside `bins`, in another file: by it the report tells how far they agree and how well one of them does."
        )
        SettingKey(
            "from", \.from, .later("vader, or a mapping", keys: { ModelKey.keys.reference }), absent: nil,
            "Instead of a column: silver labels, made by a program from the texts; results say so everywhere."
        )
        SettingKey(
            "gold", \.gold, .later("a mapping with the keys of `labels`"), absent: nil,
            "Beside `from`: labels by people, of some rows or of all, by which the silver ones are judged.")
        FileKeys.keys.lifted(to: \.files)
        SettingKey(
            "missing", \.missing, .texts("a value, or a list of values"),
            "Values that mean \"no label\", besides empty cells.")
        SettingKey(
            "rename", \.renamed, .renaming, "New names of labels, by the value in the data.")
        SettingKey(
            "ignore-case", \.ignoresCase, .flag, absent: "they are told apart, with a notice",
            "Whether labels that differ only in case, spacing or hyphens are one.")
        SettingKey(
            "unseen", \.unseen, .choice,
            "What happens to a label that validation or test has and train does not: an error, or it is allowed."
        )
    }
}

/// `from: {model: FOLDER}`.
struct ModelKey: Sendable {
    var model: String?

    static let keys = KeyTable(ModelKey()) {
        SettingKey(
            required: "model", \.model, .text("a path"),
            "The folder of a saved model that makes the labels, relative to the experiment file.")
    }
}

private struct BinKeys: Sendable {
    var edges: Setting?
    var names: Setting?

    static let keys = KeyTable(BinKeys()) {
        SettingKey(
            required: "edges", \.edges, .later("a list of numbers, ascending"),
            "The boundaries of the classes; an edge belongs to the class farther from the middle.")
        SettingKey(
            required: "names", \.names, .later("a list of names, one more than edges"),
            "The classes from low to high.")
    }
}

extension ValueForm<Bins> {
    fileprivate static var bins: ValueForm {
        ValueForm("a mapping", keys: { BinKeys.keys.reference }) { (setting) throws(SettingsError) in
            let keys = try BinKeys.keys.read(setting)
            let edgeList = try keys.required(\.edges)
            var edges: [Double] = []
            for edge in try edgeList.list() { edges.append(try edge.double()) }
            guard !edges.isEmpty, zip(edges, edges.dropFirst()).allSatisfy(<) else {
                throw edgeList.badValue(expected: "one number or more, ascending")
            }
            let names = try keys.required(\.names)
            guard try names.strings().count == edges.count + 1 else {
                throw names.badValue(expected: "\(edges.count + 1) names, one more than edges")
            }
            return Bins(edges: edges, names: try names.strings())
        }
    }
}

extension ValueForm<[String: String]> {
    /// Names of labels by canonical spelling of what stands in the data.
    fileprivate static var renaming: ValueForm {
        ValueForm("a mapping {OLD: NEW, ...}") { (setting) throws(SettingsError) in
            var renamed: [String: String] = [:]
            for (value, name) in try setting.mappingWithAnyKeys().entries {
                let new = LabelSpelling.trimmed(try name.string())
                if new.isEmpty { throw name.badValue(expected: "the name of a label") }
                renamed[LabelSpelling.canonical(value)] = new
            }
            return renamed
        }
    }
}

extension ValueForm<String> {
    fileprivate static var separator: ValueForm {
        ValueForm("a character or more") { (setting) throws(SettingsError) in
            let text = try setting.string()
            if text.isEmpty { throw setting.badValue(expected: "a character or more") }
            return text
        }
    }
}
