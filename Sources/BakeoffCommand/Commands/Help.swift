import ArgumentParser
import Bakeoff
import SettingKeys

struct Help: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Explain a subcommand, or every key of an experiment file, a dataset or a recipe.",
        discussion: "For example: bakeoff help run; bakeoff help experiment")

    @Argument(help: "A subcommand, or experiment, dataset or recipe. (default: all subcommands)")
    var topic: String?

    @Flag(help: "Print the keys as a page of Markdown.")
    var markdown = false

    func run() throws {
        let pages = Page.allCases.map(\.rawValue)
        if let topic, let page = Page(rawValue: topic) {
            let keys = page.keys
            return try Terminal.show(
                markdown
                    ? keys.markdown(title: page.title)
                    : "The keys of \(page.title).\n\n\(keys.text(width: 100))")
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

    /// What has keys that stand in a file.
    private enum Page: String, CaseIterable {
        case experiment, dataset, recipe

        var title: String {
            switch self {
            case .experiment: "an experiment file"
            case .dataset: "a dataset"
            case .recipe: "a recipe"
            }
        }

        var keys: KeyReference {
            switch self {
            case .experiment: ExperimentFile.reference()
            case .dataset: DatasetReference.reference
            case .recipe: Recipe.reference
            }
        }
    }
}
