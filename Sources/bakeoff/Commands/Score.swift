import ArgumentParser
import Foundation
import Labels
import Results

struct Score: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Score predictions made by anything against the truth; every metric as JSON.",
        discussion: """
            A file is a CSV or TSV table with a column 'gold' (truth) or 'predicted' (predictions), JSON Lines with \
            such a key, or one row's labels a line. Several labels of a row are joined by '|'; none is an empty cell. \
            If both are tables with a column 'id', rows are matched by it; otherwise by their order.
            """)

    @Option(help: "The truth; '-' for standard input.", completion: .file())
    var truth: String

    @Option(help: "The predictions; '-' for standard input.", completion: .file())
    var predictions: String

    @Option(
        help: """
            binary, multiclass or multilabel. (default: multilabel if a row has no label or several, \
            else by the number of labels)
            """)
    var kind: LabelKind?

    @Option(help: "All label names, joined by commas, in order. (default: those found, sorted)")
    var labels: String?

    func run() throws {
        let card = try scorePredictions(
            truth: truth, predictions: predictions, kind: kind,
            labels: labels?.split(separator: ",").map(String.init))
        try Terminal.write(String(decoding: try StableJSON.encode(card), as: UTF8.self))
    }
}

extension LabelKind: ExpressibleByArgument {}
