import Encoders
import Foundation
import Recipes
import SafeFiles

/// The folder of an encoder that a user names: by recipe, or by path.
public struct EncoderFolder: Sendable {
    /// As it was named.
    public let name: String
    /// The folder that was named.
    public let root: URL
    /// The folder of the transformer: `root`, or a folder in it that its `modules.json` names.
    public let url: URL
    /// What the folder says of pooling, length and what follows.
    let modules: SentenceModules
    /// Whether the name is a recipe's.
    public let isRecipe: Bool

    /// - Parameter folder: What a relative path starts from.
    /// - Throws: `ExperimentError.notFetched` or `.changedFiles` for a recipe, `.noEncoder` for a name that is neither a
    ///   model's folder nor a recipe's, `EncoderError.badFolder` for a folder of sentence-transformers that cannot be followed.
    public init(
        named name: String, relativeTo folder: URL, cache: URL = CacheFolder.url,
        recipes: RecipeBook = RecipeBook()
    ) throws {
        self.name = name
        let path = name.hasPrefix("/") ? URL(fileURLWithPath: name) : folder.appendingPathComponent(name)
        if EncoderFolder.holdsModel(path) {
            root = path
            isRecipe = false
        } else {
            let recipe = try EncoderFolder.recipe(named: name, path: path, recipes)
            root = try recipe.verifiedFolder(cache: cache)
            isRecipe = true
        }
        modules = try SentenceModules(root)
        url = modules.transformerFolder(in: root)
    }

    private static func recipe(named name: String, path: URL, _ recipes: RecipeBook) throws -> Recipe {
        let found = Result { () throws(RecipeError) in try recipes.recipe(named: name) }
        if case .success(let recipe) = found, recipe.kind == .encoder { return recipe }
        if case .failure(let error) = found {
            guard case .unknown = error else { throw error }
        }
        let known = (try? recipes.all()) ?? []
        throw ExperimentError.noEncoder(UnknownEncoder(name: name, path: path, recipes: known))
    }

    private static func holdsModel(_ folder: URL) -> Bool {
        ["config.json", SentenceModules.listName].contains {
            FileManager.default.fileExists(atPath: folder.appendingPathComponent($0).path)
        }
    }

    /// SHA-256 over the files that decide what comes out.
    func fingerprint(cache: URL = CacheFolder.url) throws -> String {
        try EncoderFiles.sha256(of: root, cache: cache)
    }
}

extension Recipe {
    /// The folder that holds this recipe's files, all as the recipe names them.
    func verifiedFolder(cache: URL) throws -> URL {
        if isBundled { return try bundledFolder(cache: cache) }
        let folder = folder(cache: cache)
        switch presence(cache: cache) {
        case .missing: throw ExperimentError.notFetched(recipe: name, folder: folder.path)
        case .unverified: throw ExperimentError.changedFiles(recipe: name, folder: folder.path)
        case .verified: return folder
        }
    }
}
