import Foundation
import Recipes

extension Recipe {
    /// The folder that holds this recipe's files, all as the recipe names them; nil if they are not here.
    /// - Throws: `ExperimentError.changedFiles`.
    func verifiedFolder(ifFetchedTo cache: URL) throws -> URL? {
        if isBundled { return try bundledFolder(cache: cache) }
        let folder = folder(cache: cache)
        switch presence(cache: cache) {
        case .missing: return nil
        case .unverified: throw ExperimentError.changedFiles(recipe: name, folder: folder.path)
        case .verified: return folder
        }
    }

    /// The folder that holds this recipe's files, all as the recipe names them.
    /// - Throws: `ExperimentError.notFetched`, `.changedFiles`.
    func verifiedFolder(cache: URL) throws -> URL {
        guard let folder = try verifiedFolder(ifFetchedTo: cache) else { throw notFetched(cache: cache) }
        return folder
    }

    func notFetched(cache: URL) -> ExperimentError {
        .notFetched(recipe: name, folder: folder(cache: cache).path)
    }

    /// Gets the files if not all of them are here, unless nothing may be asked of anyone.
    /// - Throws: `ExperimentError.changedFiles`, `FetchError`.
    func fetchIfMissing(
        cache: URL, isOffline: Bool, progress: @escaping @Sendable (FetchProgress) -> Void
    ) async throws {
        guard fetch != nil, !isOffline, try verifiedFolder(ifFetchedTo: cache) == nil else { return }
        progress(.needed(recipe: name, title: title))
        _ = try await Fetcher().fetch(self, cache: cache, progress: progress)
    }
}
