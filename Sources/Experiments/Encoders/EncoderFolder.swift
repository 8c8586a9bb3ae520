import Corpora
import Files
import Foundation

/// The folder of an encoder that a user names: by recipe, or by path.
public struct EncoderFolder: Sendable {
    /// As it was named.
    public let name: String
    public let url: URL
    /// Whether the name is a recipe's.
    public let isRecipe: Bool

    /// - Parameter folder: What a relative path starts from.
    /// - Throws: `ExperimentError.notFetched` or `.changedFiles` for a recipe, `RecipeError.unknown` for a name that
    ///   is neither a folder nor a recipe.
    public init(
        named name: String, relativeTo folder: URL, cache: URL = CacheFolder.url,
        recipes: RecipeBook = RecipeBook()
    ) throws {
        self.name = name
        let path = name.hasPrefix("/") ? URL(fileURLWithPath: name) : folder.appendingPathComponent(name)
        if FileManager.default.fileExists(atPath: path.appendingPathComponent("config.json").path) {
            url = path
            isRecipe = false
            return
        }
        isRecipe = true
        url = try recipes.recipe(named: name).verifiedFolder(cache: cache)
    }
}

extension Recipe {
    /// The folder that holds this recipe's files, all as the recipe names them.
    func verifiedFolder(cache: URL) throws(ExperimentError) -> URL {
        let folder = folder(cache: cache)
        switch presence(cache: cache) {
        case .missing: throw .notFetched(recipe: name, folder: folder.path)
        case .unverified: throw .changedFiles(recipe: name, folder: folder.path)
        case .verified: return folder
        }
    }
}
