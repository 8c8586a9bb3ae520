import Files
import Foundation

/// Whether the files of a recipe are here.
public enum Presence: String, Sendable {
    /// All are here with the SHA-256 that the recipe names. (Files beside their recipe may go without one: they
    /// are kept together.)
    case verified
    /// All are here, but one has another SHA-256 or cannot be read.
    case unverified
    case missing
}

extension RecipeBook {
    /// Looks at the recipe's files in `cache`, reading them whole.
    public func isHere(_ recipe: Recipe, cache: URL = CacheFolder.url) -> Presence {
        recipe.presence(cache: cache)
    }
}

extension Recipe {
    /// Looks at the files in `cache` (or beside the recipe), reading them whole.
    public func presence(cache: URL = CacheFolder.url) -> Presence {
        let folder = folder(cache: cache)
        let places = files.map { (file: $0, url: folder.appendingPathComponent($0.path)) }
        guard places.allSatisfy({ FileManager.default.fileExists(atPath: $0.url.path) }) else {
            return .missing
        }
        let isPinned = places.allSatisfy { file, url in
            file.sha256 == nil || file.sha256 == (try? Fingerprint.sha256(ofFile: url))
        }
        return isPinned ? .verified : .unverified
    }
}
