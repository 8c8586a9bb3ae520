import Encoders
import Foundation
import Recipes
import SafeFiles

/// The folder of an encoder that a user names: by path, by recipe, or by its name on the Hugging Face hub.
public struct EncoderFolder: Sendable {
    /// As it was named.
    public let name: String
    /// The folder that was named.
    public let root: URL
    /// The folder of the transformer: `root`, or a folder in it that its `modules.json` names.
    public let url: URL
    /// What the folder says of pooling, length and what follows.
    let modules: SentenceModules
    /// A name by which the same encoder is found from everywhere: a recipe's, a hub's with its commit, or a whole path.
    public let lastingName: String
    /// Such as the commit that a name of the hub stands for.
    public let notices: [String]

    /// - Parameter folder: What a relative path starts from.
    /// - Throws: `ExperimentError.notFetched` or `.changedFiles` for a recipe, `.noEncoder` for a name that is neither a
    ///   model's folder nor a recipe's nor in the hub's cache, `EncoderError.badFolder` for a folder of sentence-transformers
    ///   that cannot be followed.
    public init(
        named name: String, relativeTo folder: URL, cache: URL = CacheFolder.url,
        recipes: RecipeBook = RecipeBook(), hub: HubFetcher = HubFetcher()
    ) throws {
        let place = EncoderName(name, relativeTo: folder)
        let found: FoundEncoder
        switch try place.find(cache: cache, recipes: recipes, hub: hub) {
        case .found(let encoder): found = encoder
        case .notFetched(let recipe): throw recipe.notFetched(cache: cache)
        case .onHub, .unknown: throw ExperimentError.noEncoder(UnknownEncoder(place, recipes: recipes))
        }
        self.name = name
        root = found.root
        lastingName = found.lastingName
        notices = found.notices
        modules = try SentenceModules(root)
        url = modules.transformerFolder(in: root)
    }

    /// SHA-256 over the files that decide what comes out.
    func fingerprint(cache: URL = CacheFolder.url) throws -> String {
        try EncoderFiles.sha256(of: root, cache: cache)
    }
}
