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
        var entries = [("file", Setting(option: "file", file))] + formEntries
        // Without a header columns have numbers, and the first two are the text and the label.
        var columns = columnEntries
        if text.isEmpty, !hasHeader { columns.append(("text", Setting(option: "--text", "0"))) }
        entries.append(("columns", Setting(options: columns)))
        if hasLabels {
            var labels = labelEntries
            if label == nil, labelColumns.isEmpty {
                labels.append(("column", Setting(option: "--label", hasHeader ? "label" : "1")))
            }
            entries.append(("labels", Setting(options: labels)))
        }
        return Setting(options: entries.map { (key: $0.0, value: $0.1) })
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

    private var formEntries: Entries {
        var entries: Entries = []
        if let format { entries.append(("format", Setting(option: "--input-format", format))) }
        if let delimiter {
            entries.append(("delimiter", Setting(option: "--delimiter", DatasetOptions.unescaped(delimiter))))
        }
        if let quoting { entries.append(("quoting", Setting(option: "--quoting", quoting))) }
        if let encoding { entries.append(("encoding", Setting(option: "--encoding", encoding))) }
        if !hasHeader { entries.append(("header", Setting(flag: "--no-header", false))) }
        if let textSeparator {
            let separator = DatasetOptions.unescaped(textSeparator)
            entries.append(("text-separator", Setting(option: "--text-separator", separator)))
        }
        return entries
    }

    private var columnEntries: Entries {
        var entries: Entries = []
        if !text.isEmpty { entries.append(("text", Setting(option: "--text", text))) }
        if let id { entries.append(("id", Setting(option: "--id", id))) }
        if let group { entries.append(("group", Setting(option: "--group", group))) }
        return entries
    }

    private var labelEntries: Entries {
        var entries: Entries = []
        if let label { entries.append(("column", Setting(option: "--label", label))) }
        if !labelColumns.isEmpty {
            entries.append(("columns", Setting(option: "--label-columns", labelColumns)))
        }
        if !labelNames.isEmpty { entries.append(("names", Setting(option: "--label-names", labelNames))) }
        if let labelSeparator {
            entries.append(("separator", Setting(option: "--separator", labelSeparator)))
        }
        if let kind { entries.append(("kind", Setting(option: "--kind", kind))) }
        return entries
    }

    /// What a shell makes hard to type: `\t` (or `tab`) is a tab, `\n` a line feed.
    private static func unescaped(_ text: String) -> String {
        if text == "tab" { return "\t" }
        return text.replacing("\\t", with: "\t").replacing("\\n", with: "\n")
    }
}
