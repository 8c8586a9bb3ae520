import ArgumentParser
import Bakeoff
import Foundation

struct Predict: CheckedCommand, AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "predict",
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

    @Option(
        help:
            "The folder of a fitted model, such as runs/<name>/<contestant>, or a classifier's name on the Hugging Face hub.",
        completion: .directory)
    var model: String

    @Argument(help: "Texts to label.")
    var texts: [String] = []

    @Option(name: .long, help: "Show only the K most probable labels.")
    var topK: Int?

    @Option(help: "text, jsonl or csv. (default: by the ending of --output, else text)")
    var format: Format?

    @Option(help: "A file of texts: one a line, or a table; '-' for standard input.", completion: .file())
    var input: String?

    @Flag(
        help:
            "Write all columns of the input too, in front of the predictions; JSON objects stay as they are.")
    var keep = false

    @Option(name: .long, help: "Write this column of the input too, such as its ids; may be repeated.")
    var keepColumn: [String] = []

    @Option(help: "The file to write, whole or not at all. (default: standard output)", completion: .file())
    var output: String?

    @Option(
        help:
            "How the weights of the model's encoder are stored and multiplied: f32, bf16 or int8. (default: as the run had it; f32 if it is fine-tuned)"
    )
    var precision: Precision?

    @OptionGroup var reading: TextArguments
    @OptionGroup var hub: HubArguments

    private var written: Format {
        if let format { return format }
        switch outputEnding {
        case "csv": return .csv
        case "jsonl", "ndjson": return .jsonl
        default: return .text
        }
    }

    private var outputEnding: String? { output.map { ($0 as NSString).pathExtension.lowercased() } }

    /// Endings that promise another form than any that is written.
    private static let otherEndings: Set = [
        "json", "parquet", "xlsx", "html", "md", "npy", "gz", "zst", "bz2", "xz", "zip",
    ]

    private var kept: KeptColumns {
        if keep { return .all }
        return keepColumn.isEmpty ? .none : .named(keepColumn)
    }

    func check() throws {
        if let topK, topK < 1 { throw ValidationError("--top-k must be at least 1, found \(topK)") }
        if input != nil && !texts.isEmpty { throw ValidationError("give either texts or --input, not both") }
        if !keep { try refuseToReplace(input: input, by: output) }
        if format == nil, let ending = outputEnding, Predict.otherEndings.contains(ending) {
            throw ValidationError(
                "--output: found a name that ends in .\(ending), expected .csv, .jsonl or .txt, or --format beside it"
            )
        }
        if kept == .none { return }
        let option = keep ? "--keep" : "--keep-column"
        if keep && !keepColumn.isEmpty {
            throw ValidationError("give either --keep or --keep-column, not both")
        }
        if !texts.isEmpty {
            throw ValidationError("\(option) goes with --input: texts alone have no columns")
        }
        if written == .text {
            throw ValidationError("\(option) goes with --format csv or jsonl, or an --output that ends so")
        }
    }

    func run() async throws {
        let model = try SavedModel(folder: await hub.modelFolder(named: model), precision: precision)
        Terminal.notices(model.notices)
        let writer = PredictionWriter(format: .init(written), labels: model.labelSpace.names, topK: topK)
        let source: TextSource =
            texts.isEmpty ? try .file(input ?? "-", options: reading.options) : .texts(texts)
        if keep, written == .csv, case .files(let schema) = source, schema.format == .jsonLines {
            throw ValidationError(
                "JSON objects have no columns in common: use --format jsonl, or name some with --keep-column")
        }
        let file = try output.map { try OutputFile(URL(fileURLWithPath: $0)) }
        func write(_ text: String) throws {
            if let file { return try file.write(Array(text.utf8)) }
            switch written {
            case .text: try Terminal.show(text)
            case .jsonl, .csv: try Terminal.write(text)
            }
        }
        let progress = ProgressBar(label: "predicting", unit: "texts")
        var (columns, done) = ([String](), 0)
        try source.forEachBatch(keeping: kept) { names in
            columns = names
            try write(writer.header(keeping: names))
        } _: { batch in
            let predictions = try model.predict(batch.texts) { part, _ in
                progress.show(done: done + part, of: texts.isEmpty ? nil : texts.count)
            }
            done += batch.texts.count
            try write(
                batch.texts.indices.map { row in
                    writer.line(
                        text: batch.texts[row], predictions[row], columns: columns,
                        kept: batch.kept.isEmpty ? nil : batch.kept[row])
                }.joined())
        }
        progress.finish()
        try file?.commit()
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
