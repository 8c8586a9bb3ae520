import ArgumentParser
import Corpora
import Experiments
import Foundation

/// Names a dataset: a recipe, an experiment file, or a data file with its columns.
struct DatasetArguments: ParsableArguments {
    @Argument(
        help: "A recipe's name, an experiment file (.yaml), or a data file (.csv, .tsv, .jsonl).",
        completion: .file())
    var dataset: String

    @Option(name: .customLong("text"), help: "Data file: the text column, by name or 0-based number.")
    var textColumn: String?

    @Option(name: .customLong("label"), help: "Data file: the label column.")
    var labelColumn: String?

    @Option(name: .customLong("id"), help: "Data file: the id column.")
    var idColumn: String?

    @Option(help: "Data file: what separates the labels of a cell that holds several.")
    var separator: String?

    @Flag(help: "Data file: the first row is data, columns are numbered.")
    var noHeader = false

    /// What is named.
    func reference() throws -> DatasetReference {
        try DatasetReference(
            naming: dataset,
            columns: .init(
                text: textColumn, label: labelColumn, id: idColumn, separator: separator, hasHeader: !noHeader
            ))
    }
}
