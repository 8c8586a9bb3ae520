import ArgumentParser
import Bakeoff
import Foundation

/// How a data file is written: the options of every command that reads one, which stand for dataset keys of an experiment
/// file.
struct FormArguments: ParsableArguments {
    @Option(help: "csv, tsv, jsonl, json, parquet or lines. (default: by the file's ending)")
    var inputFormat: String?

    @Option(help: "What separates the fields of a table: one character, such as ';' or '\\t'.")
    var delimiter: String?

    @Option(help: "rfc4180 (fields may be quoted) or none. (default: rfc4180; for tsv: none)")
    var quoting: String?

    @Option(help: "utf-8, latin-1, windows-1252, utf-16, utf-16-le or utf-16-be. (default: utf-8)")
    var encoding: String?

    @Flag(help: "The first row of a table is data; columns have numbers, from 0.")
    var noHeader = false

    var options: DatasetOptions {
        var options = DatasetOptions()
        options.format = inputFormat
        options.delimiter = delimiter
        options.quoting = quoting
        options.encoding = encoding
        options.hasHeader = !noHeader
        return options
    }
}

/// How a data file is written, and where its texts are.
struct TextArguments: ParsableArguments {
    @OptionGroup(title: "Reading a data file")
    var form: FormArguments

    @Option(
        name: [.customLong("text"), .customLong("column"), .customLong("text-column")],
        help:
            "The text column, by name or 0-based number; several are joined. (default: text; init looks for it)"
    )
    var text: [String] = []

    @Option(help: "What joins several text columns. (default: a space)")
    var textSeparator: String?

    var options: DatasetOptions {
        var options = form.options
        options.text = text
        options.textSeparator = textSeparator
        return options
    }
}

/// Which columns of a data file are labels, ids and groups.
struct LabelArguments: ParsableArguments {
    @Option(
        name: .customLong("label"),
        help: "The label column, by name or 0-based number. (default: label; init looks for it)")
    var labelColumn: String?

    @Option(
        parsing: .upToNextOption,
        help: "Instead: a column a label, each 0 or 1; 'first..last' is a range.")
    var labelColumns: [String] = []

    @Option(parsing: .upToNextOption, help: "The label names in their order; a number means one of them.")
    var labelNames: [String] = []

    @Option(help: "What separates the labels of a cell that holds several.")
    var separator: String?

    @Option(name: .customLong("id"), help: "The id column.")
    var idColumn: String?

    @Option(name: .customLong("group"), help: "The column that tells what belongs together in a split.")
    var groupColumn: String?

    /// What is known of a file besides these.
    func options(_ texts: DatasetOptions) -> DatasetOptions {
        var options = texts
        options.label = labelColumn
        options.labelColumns = labelColumns
        options.labelNames = labelNames
        options.separator = separator
        options.id = idColumn
        options.group = groupColumn
        return options
    }
}

/// What of a dataset of the hub is meant.
struct HubDatasetArguments: ParsableArguments {
    @Option(help: "Of hub:ORG/NAME: the configuration. (default: its default one)")
    var config: String?

    @Option(
        help: "Of hub:ORG/NAME: read this split alone; may be repeated. (default: train, validation and test)"
    )
    var split: [String] = []
}

/// Names a dataset: a recipe, an experiment file, a dataset of the hub, or a data file with how it is read.
struct DatasetArguments: ParsableArguments {
    @Argument(
        help: """
            A recipe's name, an experiment file (.yaml), a data file (.csv, .tsv, .jsonl, .parquet; '-' for \
            standard input; hf://datasets/ORG/NAME/PATH for one of the Hugging Face hub), or hub:ORG/NAME for a dataset \
            of the hub.
            """,
        completion: .file())
    var dataset: String

    @OptionGroup var onHub: HubDatasetArguments

    @OptionGroup var texts: TextArguments

    @OptionGroup var labels: LabelArguments

    @Flag(help: "Leave out rows without text or label, and count them.")
    var dropMissing = false

    var options: DatasetOptions { labels.options(texts.options) }

    /// What is named, fetched if it is on the hub and not here.
    func reference(_ hub: HubArguments) async throws -> DatasetReference {
        let reference = try DatasetReference(
            naming: dataset, options: options, configuration: onHub.config, splits: onHub.split,
            dropMissing: dropMissing)
        try await hub.fetch(reference)
        return reference
    }
}
