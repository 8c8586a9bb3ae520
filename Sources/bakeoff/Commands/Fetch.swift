import ArgumentParser
import Corpora
import Files
import Foundation

struct Fetch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Get a dataset or an encoder by recipe, checked by SHA-256.",
        discussion:
            "It is kept below $XDG_CACHE_HOME/bakeoff (by default ~/.cache/bakeoff). See `bakeoff list`.")

    @Argument(help: "The recipe's name.")
    var name: String

    @Option(
        help: "Take the files from this folder or archive instead of the network.", completion: .directory)
    var from: String?

    func run() async throws {
        let recipes = RecipeBook()
        let recipe = try recipes.recipe(named: name)
        if let own = recipes.hidden(by: recipe) {
            Terminal.notice("notice: the recipe is \(recipe.location.path), which hides \(own.path)")
        }
        let folder = try await Fetcher().fetch(recipe, from: from.map { URL(fileURLWithPath: $0) }) {
            Terminal.notice("\($0)")
        }
        try Terminal.print(folder.path)
    }
}
