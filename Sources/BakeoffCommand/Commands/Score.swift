import ArgumentParser
import Bakeoff
import Foundation

struct Score: CheckedCommand {
    static let configuration = CommandConfiguration(
        commandName: "score",
        abstract: "Score predictions made by anything against the truth; every metric as JSON.",
        discussion: """
            A file is a CSV or TSV table with a column 'gold' (truth) or 'predicted' (predictions), JSON Lines with \
            such a key, or one row's labels a line. Several labels of a row are joined by '|', or written as a list by \
            Python or JSON; none is an empty cell. Labels are values: 1 and 1.0, or True and true, are one label. \
            If both are tables with a column 'id', rows are matched by it; otherwise by their order. Where there are \
            columns p_LABEL, 'predicted' must be what they say, or absent.
            """)

    @Option(help: "The truth; '-' for standard input.", completion: .file())
    var truth: String

    @Option(help: "The predictions; '-' for standard input.", completion: .file())
    var predictions: String

    /// Ordinal labels are binary or multiclass ones in an order.
    enum Kind: String, CaseIterable, ExpressibleByArgument {
        case binary, multiclass, ordinal, multilabel

        var labels: LabelKind? { LabelKind(rawValue: rawValue) }
    }

    @Option(
        help: """
            binary, multiclass, ordinal (in the order of --labels) or multilabel. (default: multilabel if a row has several \
            labels, else by the number of labels)
            """)
    var kind: Kind?

    @Option(
        help:
            "All label names, joined by commas, in order. The last of two is the positive one. (default: those found, by number or by code point)"
    )
    var labels: String?

    @Option(help: "What joins the labels of a row that has several. (default: '|')")
    var separator: String?

    @OptionGroup(title: "Reading both files")
    var reading: FormArguments

    func check() throws {
        if separator == "" { throw ValidationError("--separator must be a character or more, found nothing") }
    }

    func run() throws {
        var options = reading.options
        options.separator = separator
        let scores = try ProgressBar.during("scoring \(predictions)") {
            try scorePredictions(
                truth: truth, predictions: predictions, kind: kind?.labels, isOrdinal: kind == .ordinal,
                labels: labels?.split(separator: ",").map { LabelSpelling.trimmed(String($0)) },
                options: options)
        }
        Terminal.notices(scores.notices)
        try Terminal.write(String(decoding: try StableJSON.encode(scores.scorecard), as: UTF8.self))
    }
}
