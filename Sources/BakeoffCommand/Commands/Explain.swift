import ArgumentParser
import Bakeoff
import Foundation

struct Explain: CheckedCommand, AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract:
            "Say what drove a prediction: terms and their weights, a lexicon's rules, or what each word adds to an encoder.",
        discussion: """
            With a text: what each of its terms adds to the score of a label, signed, beside the label's bias; \
            for VADER the trace of every token; for an encoder with a linear head, frozen or fine-tuned, what each word adds \
            to the log-odds of a label, by integrated gradients. Without: the terms that speak most for each label. \
            JSON has all labels, terms and words.
            """)

    /// How explanations are written.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case text, json
    }

    @Option(
        help:
            "The folder of a fitted model, such as runs/<name>/<contestant>, or a classifier's name on the Hugging Face hub.",
        completion: .directory)
    var model: String

    @Argument(help: "The text whose prediction to explain.")
    var text: String?

    @Option(help: "How many terms or words of a label to show.")
    var topTerms: Int = 10

    @Option(help: "How many labels to show of a text, the highest scores first.")
    var topK: Int = 3

    @Option(help: "text or json.")
    var format: Format = .text

    @OptionGroup var hub: HubArguments

    func check() throws {
        if topTerms < 1 { throw ValidationError("--top-terms must be at least 1, found \(topTerms)") }
        if topK < 1 { throw ValidationError("--top-k must be at least 1, found \(topK)") }
    }

    func run() async throws {
        let model = try SavedModel(folder: await hub.modelFolder(named: model))
        guard let text else {
            let terms = try model.topTerms(topTerms)
            return try write(
                format == .json ? try ExplanationWriter.json(terms) : ExplanationWriter.text(terms))
        }
        // To tell of a label takes an encoder its time.
        let explanation = try model.explanation(
            of: text, for: format == .json ? .all : .mostProbable(topK))
        try write(
            format == .json
                ? try ExplanationWriter.json(explanation)
                : ExplanationWriter.text(explanation, terms: topTerms, labels: topK))
    }

    private func write(_ text: String) throws {
        switch format {
        case .text: try Terminal.show(text)
        case .json: try Terminal.write(text)
        }
    }
}
