import ArgumentParser
import Experiments
import Foundation

struct Predict: CheckedCommand {
    static let configuration = CommandConfiguration(
        abstract: "Label texts with a fitted model.",
        discussion: """
            Texts come from the command line, else from --input, else from standard input, one a line. \
            A CSV, TSV, JSON Lines or Parquet file is read as a table by its ending; so is any other by --text or \
            --input-format.
            """)

    /// How predictions are written.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case text, jsonl, csv
    }

    @Option(help: "The folder of a fitted model, such as runs/<name>/<contestant>.", completion: .directory)
    var model: String

    @Argument(help: "Texts to label.")
    var texts: [String] = []

    @Option(name: .long, help: "Show only the K most probable labels.")
    var topK: Int?

    @Option(help: "text, jsonl or csv.")
    var format: Format = .text

    @Option(help: "A file of texts: one a line, or a table; '-' for standard input.", completion: .file())
    var input: String?

    @OptionGroup var reading: TextArguments

    func check() throws {
        if let topK, topK < 1 { throw ValidationError("--top-k must be at least 1, found \(topK)") }
        if input != nil && !texts.isEmpty { throw ValidationError("give either texts or --input, not both") }
    }

    func run() throws {
        let model = try SavedModel(folder: URL(fileURLWithPath: model))
        model.notices.forEach { Terminal.notice($0) }
        let writer = PredictionWriter(format: .init(format), labels: model.labelSpace.names, topK: topK)
        try Terminal.write(writer.header)
        let source: TextSource =
            texts.isEmpty ? try .file(input ?? "-", options: reading.options) : .texts(texts)
        try source.forEachBatch { batch in
            let predictions = try model.predict(batch)
            let lines = zip(batch, predictions).map { writer.line(text: $0, $1) }.joined()
            switch format {
            case .text: try Terminal.show(lines)
            case .jsonl, .csv: try Terminal.write(lines)
            }
        }
    }
}

extension PredictionWriter.Format {
    init(_ format: Predict.Format) {
        switch format {
        case .text: self = .text
        case .jsonl: self = .jsonLines
        case .csv: self = .csv
        }
    }
}
