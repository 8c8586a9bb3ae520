import ArgumentParser
import Bakeoff
import Foundation
import LinearAlgebra

struct Evaluate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Score a saved model, or all models of a run, on new labelled rows.",
        discussion: """
            Every row is labelled as `predict` labels it and scored against its label, with 95% intervals from a \
            bootstrap; models of a run are compared in pairs on the same rows. A label that the model does not know is \
            an error. Rows that the model was trained on make its scores too good.
            """)

    /// How scores are written.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case text, json
    }

    @Option(
        help:
            "The folder of a fitted model, runs/<name>/<contestant>, or of all models of a run, runs/<name>; or a classifier's name on the Hugging Face hub.",
        completion: .directory)
    var model: String

    @Option(
        help: """
            The labelled rows: a data file (.csv, .tsv, .jsonl, .parquet), an experiment file (.yaml) whose dataset \
            they are, a recipe's name, or hub:ORG/NAME for a dataset of the Hugging Face hub.
            """,
        completion: .file())
    var input: String

    @OptionGroup var onHub: HubDatasetArguments
    @OptionGroup var hub: HubArguments
    @OptionGroup var texts: TextArguments
    @OptionGroup var labels: LabelArguments

    @Flag(help: "Leave out rows without text or label, and count them.")
    var dropMissing = false

    @Option(help: "Of a run with several tasks: the one to score.")
    var task: String?

    @Option(
        help: "The metric that orders the models, such as accuracy. (default: f1-macro)",
        transform: MetricName.init(argument:))
    var rankBy = MetricName.f1Macro

    @Option(help: "Seed of the resamples.")
    var seed: UInt64 = 42

    @Option(help: "text or json (every metric, per label, intervals, pairs).")
    var format: Format = .text

    @Option(help: "The file to write, whole or not at all. (default: standard output)", completion: .file())
    var output: String?

    func run() async throws {
        try refuseToReplace(input: input, by: output)
        let models = try SavedModels(in: await hub.modelFolder(named: model), task: task)
        Terminal.notices(models.notices)
        let reference = try DatasetReference(
            naming: input, options: labels.options(texts.options), configuration: onHub.config,
            splits: onHub.split, dropMissing: dropMissing)
        try await hub.fetch(reference)
        let rows = try ProgressBar.during("reading \(input)") {
            try models.rows(
                of: reference, metric: rankBy, cache: CacheFolder.url,
                notify: { Terminal.notice("notice: \($0)") })
        }
        let display = FitProgressDisplay()
        let candidates = try models.candidates(on: rows) { id, done, total in
            display.show(
                FitProgress(phase: "predicting", completed: done, total: total, unit: "texts"), of: id)
        }
        display.clear()
        let bar = ProgressBar(label: "resampling", unit: "resamples")
        let evaluation = ModelEvaluation(candidates, dataset: rows.summary, metric: rankBy, seed: seed) {
            bar.show(done: $0, of: $1)
        }
        bar.finish()
        let result =
            switch format {
            case .text: evaluation.text
            case .json: String(decoding: try StableJSON.encode(evaluation), as: UTF8.self)
            }
        try Terminal.deliver(result, to: output, isForPeople: format == .text)
    }
}
