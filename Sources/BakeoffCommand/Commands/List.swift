import ArgumentParser
import Bakeoff

struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the datasets and encoders that are known, and whether they are here.")

    func run() throws {
        let recipes = try RecipeBook().all()
        let width = recipes.map(\.name.count).max() ?? 0
        for recipe in recipes {
            let space = String(repeating: " ", count: width - recipe.name.count)
            let presence = recipe.presence(cache: CacheFolder.url).rawValue
            let unpinned = recipe.unpinned.map(\.path).joined(separator: ", ")
            let note = unpinned.isEmpty ? "" : " (unpinned: \(unpinned))"
            try Terminal.print(
                "\(recipe.name)\(space)  \(recipe.kind.rawValue)  \(presence.padding(toLength: 10, withPad: " ", startingAt: 0))  \(recipe.title)\(note)"
            )
        }
    }
}
