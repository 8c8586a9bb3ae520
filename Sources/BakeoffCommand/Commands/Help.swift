import ArgumentParser
import Bakeoff
import SettingKeys

struct Help: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "help",
        abstract:
            "Explain a subcommand, the metrics, or every key of an experiment file, a dataset, a recipe or a rubric.",
        discussion: "For example: bakeoff help run; bakeoff help experiment")

    @Argument(
        help: "A subcommand, or experiment, dataset, recipe, rubric or metrics. (default: all subcommands)")
    var topic: String?

    @Flag(help: "Print the keys or metrics as Markdown.")
    var markdown = false

    func run() throws {
        let pages = Page.allCases.map(\.rawValue)
        if let topic, let page = Page(rawValue: topic) {
            return try Terminal.show(markdown ? page.markdown : page.text)
        }
        if markdown {
            throw ValidationError("--markdown goes with one of \(pages.joined(separator: ", "))")
        }
        guard let topic else { throw CleanExit.helpRequest(RootCommand.self) }
        let commands = RootCommand.configuration.subcommands
        guard let command = commands.first(where: { $0._commandName == topic }) else {
            let known = pages + commands.map { $0._commandName }
            throw ValidationError(
                "there is no help on '\(shown(topic))'\(meantHint(nearest(to: topic, in: known))); known are \(known.joined(separator: ", "))."
            )
        }
        throw CleanExit.helpRequest(command)
    }

    /// What is explained besides subcommands: the keys of a file, or the metrics.
    private enum Page: String, CaseIterable {
        case experiment, dataset, recipe, rubric, metrics

        /// Of a file: what it is, and its keys.
        private var file: (title: String, keys: KeyReference)? {
            switch self {
            case .experiment: ("an experiment file", ExperimentFile.reference())
            case .dataset: ("a dataset", DatasetReference.reference)
            case .recipe: ("a recipe", Recipe.reference)
            case .rubric: ("a rubric", Rubric.reference)
            case .metrics: nil
            }
        }

        var text: String {
            file.map { "The keys of \($0.title).\n\n\($0.keys.text(width: 100))" } ?? MetricReference.text
        }

        var markdown: String { file.map { $0.keys.markdown(title: $0.title) } ?? MetricReference.markdown }
    }
}
