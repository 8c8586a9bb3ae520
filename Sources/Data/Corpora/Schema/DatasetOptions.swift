import Foundation
import SettingKeys
import Tables

/// What a command line says of a data file: options that mean what the keys of a dataset mean.
///
/// They become a `Setting`, so that one reader gives both their meaning and their errors.
public struct DatasetOptions: Equatable, Sendable {
    // How the file is written.
    public var format: String?
    public var delimiter: String?
    public var quoting: String?
    public var encoding: String?
    public var hasHeader = true

    // Its columns.
    public var text: [String] = []
    public var textSeparator: String?
    public var id: String?
    public var group: String?

    // Its labels.
    public var label: String?
    public var labelColumns: [String] = []
    public var labelNames: [String] = []
    public var separator: String?
    public var kind: String?

    public init() {}

    /// The options that were given, as they are typed.
    public var given: [String] { (formEntries + columnEntries + labelEntries).map(\.value.key) }

    /// What joins the labels of a cell that holds several, if it was said.
    package var labelSeparator: String? { separator.map(DatasetOptions.unescaped) }

    /// What they say of how the file is written, and nothing of its columns.
    var form: DatasetOptions {
        var form = DatasetOptions()
        (form.format, form.delimiter, form.quoting) = (format, delimiter, quoting)
        (form.encoding, form.hasHeader) = (encoding, hasHeader)
        return form
    }

    /// The dataset that a file is by these options.
    /// - Parameter hasLabels: False where only texts are wanted.
    public func setting(file: String, hasLabels: Bool) -> Setting {
        let keys = DatasetKeys.keys
        var entries: Entries = [(keys.name(of: \.files.file), Setting(option: "file", file))] + formEntries
        // Without a header columns have numbers, and the first two are the text and the label.
        var columns = columnEntries
        if text.isEmpty, !hasHeader {
            columns.append((ColumnKeys.keys.name(of: \.text), Setting(option: "--text", "0")))
        }
        entries.append((keys.name(of: \.columns), Setting(options: columns)))
        if hasLabels {
            var labels = labelEntries
            if label == nil, labelColumns.isEmpty {
                let column = Setting(option: "--label", hasHeader ? "label" : "1")
                labels.append((LabelKeys.keys.name(of: \.column), column))
            }
            entries.append((keys.name(of: \.labels), Setting(options: labels)))
        }
        return Setting(options: entries)
    }

    /// The options as keys of a dataset, beside those that say where its rows are; what was not said is left open.
    public func setting(beside place: [(key: String, value: Setting)]) -> Setting {
        let keys = DatasetKeys.keys
        var entries = place + formEntries
        if !columnEntries.isEmpty {
            entries.append((keys.name(of: \.columns), Setting(options: columnEntries)))
        }
        if !labelEntries.isEmpty { entries.append((keys.name(of: \.labels), Setting(options: labelEntries))) }
        return Setting(options: entries)
    }

    /// How a file is to be read whose texts alone are wanted.
    ///
    /// A file whose name does not tell its form is one text a line, unless some option speaks of a table.
    public func texts(in path: String, folder: URL) throws(SettingsError) -> DatasetSchema {
        var options = self
        if format == nil, DataFormat(endingOf: path) == nil, delimiter == nil {
            let isTable = !text.isEmpty || quoting != nil || !hasHeader
            options.format = isTable ? "csv" : "lines"
        }
        let setting = options.setting(file: path, hasLabels: false)
        return try DatasetSchema(setting: setting, folder: folder, requiringLabels: false)
    }

    private typealias Entries = [(key: String, value: Setting)]

    /// The entries of those options that were given, by the keys of a table that they mean.
    private static func entries<Root>(
        _ table: KeyTable<Root>, _ options: [(path: PartialKeyPath<Root>, value: Setting?)]
    ) -> Entries {
        options.compactMap { path, value in value.map { (table.name(of: path), $0) } }
    }

    private var formEntries: Entries {
        DatasetOptions.entries(
            DatasetKeys.keys,
            [
                (\.format, format.map { Setting(option: "--input-format", $0) }),
                (\.delimiter, delimiter.map { Setting(option: "--delimiter", DatasetOptions.unescaped($0)) }),
                (\.quoting, quoting.map { Setting(option: "--quoting", $0) }),
                (\.encoding, encoding.map { Setting(option: "--encoding", $0) }),
                (\.header, hasHeader ? nil : Setting(flag: "--no-header", false)),
                (
                    \.textSeparator,
                    textSeparator.map { Setting(option: "--text-separator", DatasetOptions.unescaped($0)) }
                ),
            ])
    }

    private var columnEntries: Entries {
        DatasetOptions.entries(
            ColumnKeys.keys,
            [
                (\.text, text.isEmpty ? nil : Setting(option: "--text", text)),
                (\.id, id.map { Setting(option: "--id", $0) }),
                (\.group, group.map { Setting(option: "--group", $0) }),
            ])
    }

    private var labelEntries: Entries {
        DatasetOptions.entries(
            LabelKeys.keys,
            [
                (\.column, label.map { Setting(option: "--label", $0) }),
                (
                    \.columns,
                    labelColumns.isEmpty ? nil : Setting(option: "--label-columns", labelColumns)
                ),
                (\.names, labelNames.isEmpty ? nil : Setting(option: "--label-names", labelNames)),
                (\.separator, labelSeparator.map { Setting(option: "--separator", $0) }),
                (\.kind, kind.map { Setting(option: "--kind", $0) }),
            ])
    }

    /// What a shell makes hard to type: `\t` (or `tab`) is a tab, `\n` a line feed.
    private static func unescaped(_ text: String) -> String {
        if text == "tab" { return "\t" }
        return text.replacing("\\t", with: "\t").replacing("\\n", with: "\n")
    }
}
