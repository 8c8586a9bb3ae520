import ArgumentParser
import Bakeoff
import Foundation

struct Fetch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fetch",
        abstract: "Get a dataset or an encoder, checked by SHA-256.",
        discussion: """
            By recipe (see `bakeoff list`), it is kept below $XDG_CACHE_HOME/bakeoff (by default ~/.cache/bakeoff). An \
            encoder of the Hugging Face hub, ORG/NAME or ORG/NAME@REVISION, is asked for at HF_ENDPOINT with HF_TOKEN and \
            kept where Python keeps it: in HF_HUB_CACHE, by default ~/.cache/huggingface/hub. So is a dataset of the hub, \
            hub:ORG/NAME, or a file of one, hf://datasets/ORG/NAME/PATH.
            """)

    @Argument(
        help:
            "The recipe's name, an encoder's on the Hugging Face hub, or hub:ORG/NAME for a dataset of the hub."
    )
    var name: String

    @Option(
        help: "Take the files from this folder or archive instead of the network.", completion: .directory)
    var from: String?

    @OptionGroup var onHub: HubDatasetArguments

    func run() async throws {
        if DatasetReference.isOnHub(name) { return try await fetchDataset() }
        let recipes = RecipeBook()
        let known = try recipes.recipe(ifNamed: name)
        if known == nil, let hubName = HubName(name) { return try await fetch(hubName, recipes) }
        let recipe = try known ?? recipes.recipe(named: name)
        if case .file(let file) = recipe.origin, recipes.hidesOwn(recipe) {
            Terminal.notice("notice: the recipe is \(file.path), which hides the program's own of this name")
        }
        let display = FetchDisplay()
        defer { display.clear() }
        let folder = try await Fetcher().fetch(recipe, from: from.map { URL(fileURLWithPath: $0) }) {
            display.show($0)
        }
        try Terminal.print(folder.path)
    }

    private func fetchDataset() async throws {
        let dataset = try DatasetReference(
            naming: name, configuration: onHub.config, splits: onHub.split)
        let display = FetchDisplay()
        defer { display.clear() }
        for place in try await dataset.fetch(isRenewed: true, progress: { display.show($0) }) {
            try Terminal.print(place.path)
        }
    }

    /// A name that is no recipe's: an encoder of the hub, or a recipe's with an error in it.
    private func fetch(_ hubName: HubName, _ recipes: RecipeBook) async throws {
        if from != nil { _ = try recipes.recipe(named: name) }
        let display = FetchDisplay()
        defer { display.clear() }
        do {
            let snapshot = try await HubFetcher().fetch(
                hubName, progress: { display.show($0) }, check: EncoderFetch.check)
            Terminal.notice("\(snapshot.name)")
            try Terminal.print(snapshot.folder.path)
        } catch let error as HubError where error.problem.isUnknownName && !name.contains("/") {
            Terminal.notice("\(error)")
            _ = try recipes.recipe(named: name)
        }
    }
}
