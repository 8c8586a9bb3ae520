import Foundation
import Recipes

extension DatasetReference {
    /// Gets the files on the hub that the dataset names and that are not in the hub's cache.
    /// - Parameter isRenewed: Whether the hub is asked for the newest commit, though all may be here.
    /// - Returns: The folder of the commit's files, or the files that it names by their addresses.
    /// - Throws: `HubError`, `SettingsError` for splits that are not there.
    @discardableResult
    public func fetch(
        from hub: HubFetcher = HubFetcher(), isRenewed: Bool = false,
        progress: @escaping @Sendable (FetchProgress) -> Void = { _ in }
    ) async throws -> [URL] {
        if let hubSource {
            return [
                try await hubSource.fetch(from: hub, isRenewed: isRenewed, progress: progress).snapshot.folder
            ]
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
    /// Gets the files on the hub that the datasets of the tasks name and that are not in the hub's cache.
    public func fetchDatasets(
        hub: HubFetcher = HubFetcher(), progress: @escaping @Sendable (FetchProgress) -> Void = { _ in }
    ) async throws {
        for task in tasks { try await task.dataset.fetch(from: hub, progress: progress) }
    }
}
