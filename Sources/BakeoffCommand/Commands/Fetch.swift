import ArgumentParser
import Bakeoff
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
        if case .file(let file) = recipe.origin, recipes.hidesOwn(recipe) {
            Terminal.notice("notice: the recipe is \(file.path), which hides the program's own of this name")
        }
        let display = FitProgressDisplay()
        defer { display.clear() }
        let folder = try await Fetcher().fetch(recipe, from: from.map { URL(fileURLWithPath: $0) }) { step in
            guard case .downloading(let what, let received, let total?) = step, Terminal.showsProgress else {
                return Terminal.notice("\(step)")
            }
            display.show(
                FitProgress(
                    phase: "downloading", completed: received >> 10, total: max(1, total >> 10), unit: "KiB"),
                of: what)
        }
        try Terminal.print(folder.path)
    }
}
