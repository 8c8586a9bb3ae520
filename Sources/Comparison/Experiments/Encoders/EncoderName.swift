import Encoders
import Foundation
import Recipes

/// What a user calls an encoder: the path of its folder, a recipe's name, or a repository of the Hugging Face hub.
struct EncoderName {
    let text: String
    /// The name as a path.
    let path: URL

    /// - Parameter folder: What a relative path starts from.
    init(_ text: String, relativeTo folder: URL) {
        self.text = text
        path = text.hasPrefix("/") ? URL(fileURLWithPath: text) : folder.appendingPathComponent(text)
    }

    enum Outcome {
        case found(FoundEncoder)
        /// A recipe's files, which have not been fetched.
        case notFetched(Recipe)
        /// What may be on the hub and is not in its cache.
        case onHub(HubName)
        case unknown
    }

    /// Looks for a folder first, then for a recipe, then into the hub's cache; nobody is asked. A folder that has some of a
    /// model's files and lacks others is what is meant, and not to be got from the hub.
    /// - Throws: `ExperimentError.changedFiles` for a recipe; `RecipeError`.
    func find(cache: URL, recipes: RecipeBook, hub: HubFetcher) throws -> Outcome {
        if EncoderName.isModel(path) {
            return .found(FoundEncoder(root: path, lastingName: path.standardizedFileURL.path))
        }
        if let recipe = try recipes.recipe(ifNamed: text) {
            guard recipe.kind == .encoder else { return .unknown }
            guard let folder = try recipe.verifiedFolder(ifFetchedTo: cache) else {
                return .notFetched(recipe)
            }
            return .found(FoundEncoder(root: folder, lastingName: text))
        }
        guard let name = HubName(text) else { return .unknown }
        guard let snapshot = hub.stored(name) else {
            return UnknownEncoder.isPartOfModel(path) ? .unknown : .onHub(name)
        }
        return .found(FoundEncoder(name, snapshot))
    }

    static func isModel(_ folder: URL) -> Bool {
        ["config.json", SentenceModules.listName].contains {
            FileManager.default.fileExists(atPath: folder.appendingPathComponent($0).path)
        } || (try? StaticFolder(folder)) != nil
    }
}

/// Where an encoder is, and what is to be known of it.
struct FoundEncoder {
    let root: URL
    let lastingName: String
    var notices: [String] = []
}

extension FoundEncoder {
    /// An encoder in the cache of the hub.
    init(_ name: HubName, _ snapshot: HubFetcher.Snapshot) {
        root = snapshot.folder
        lastingName = snapshot.name.description
        notices = ["encoder \(name.repository) of the Hugging Face hub is that of commit \(snapshot.commit)"]
    }
}
