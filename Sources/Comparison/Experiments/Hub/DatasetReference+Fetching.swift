import Foundation
import Recipes
import SafeFiles

extension DatasetReference {
    /// Gets the files of the dataset that are not here: its recipe's, and those on the hub that it names. A hub that is
    /// offline keeps recipes from being fetched too.
    /// - Parameter isRenewed: Whether the hub is asked for the newest commit, though all may be here.
    /// - Returns: The folder of the commit's files, or the files that it names by their addresses on the hub.
    /// - Throws: `HubError`, `FetchError`, `SettingsError` for splits that are not there.
    @discardableResult
    public func fetch(
        from hub: HubFetcher = HubFetcher(), isRenewed: Bool = false, cache: URL = CacheFolder.url,
        progress: @escaping @Sendable (FetchProgress) -> Void = { _ in }
    ) async throws -> [URL] {
        if let hubSource {
            return [
                try await hubSource.fetch(from: hub, isRenewed: isRenewed, progress: progress).snapshot.folder
            ]
        }
        if folder == nil {
            try await recipe?.fetchIfMissing(cache: cache, isOffline: hub.isOffline, progress: progress)
        }
        var places: [URL] = []
        for address in try mapping.hubAddresses {
            let files = try await hub.fetch(address, isRenewed: isRenewed, progress: progress)
            places += files.paths.map { files.snapshot.folder.appendingPathComponent($0) }
        }
        return places
    }
}

extension ExperimentFile {
    /// Gets the files of the tasks' datasets that are not here.
    public func fetchDatasets(
        hub: HubFetcher = HubFetcher(), cache: URL = CacheFolder.url,
        progress: @escaping @Sendable (FetchProgress) -> Void = { _ in }
    ) async throws {
        for task in tasks { try await task.dataset.fetch(from: hub, cache: cache, progress: progress) }
    }
}
