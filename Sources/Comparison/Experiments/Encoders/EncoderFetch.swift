import Encoders
import Foundation
import Recipes
import SafeFiles

/// Gets the encoders that are named and are not here, before anything is fitted.
public struct EncoderFetch: Sendable {
    private let folder: URL
    private let cache: URL
    private let recipes: RecipeBook
    private let hub: HubFetcher

    /// - Parameter folder: What relative paths start from.
    public init(
        relativeTo folder: URL, cache: URL = CacheFolder.url, recipes: RecipeBook = RecipeBook(),
        hub: HubFetcher = HubFetcher()
    ) {
        self.folder = folder
        self.cache = cache
        self.recipes = recipes
        self.hub = hub
    }

    /// Gets one encoder, by its recipe or from the hub, unless it is here. A hub that is offline keeps recipes from being
    /// fetched too.
    /// - Throws: `ExperimentError.noEncoder` for a name that nobody knows, `EncoderError` for an architecture that is not
    ///   known, before its weights are asked for; `HubError`, `FetchError`.
    public func callAsFunction(
        _ text: String, progress: @escaping @Sendable (FetchProgress) -> Void = { _ in }
    ) async throws {
        let place = EncoderName(text, relativeTo: folder)
        let name: HubName
        switch try place.find(cache: cache, recipes: recipes, hub: hub) {
        case .found, .unknown: return
        case .notFetched(let recipe):
            return try await recipe.fetchIfMissing(
                cache: cache, isOffline: hub.isOffline, progress: progress)
        case .onHub(let hubName): name = hubName
        }
        do {
            _ = try await hub.fetch(name, progress: progress, check: EncoderFetch.check)
        } catch let error as HubError where error.problem.isUnknownName {
            throw ExperimentError.noEncoder(UnknownEncoder(place, recipes: recipes, hub: error.problem))
        }
    }

    /// Throws for a folder whose configuration is not that of an encoder that can be read.
    public static func check(_ folder: URL) throws {
        let modules = try SentenceModules(folder)
        if modules.isStatic { return }
        let transformer = modules.transformerFolder(in: folder)
        if StaticFolder.isNamed(in: transformer) { return }
        _ = try EncoderConfiguration(ConfigurationFile(folder: transformer))
    }
}

extension ExperimentFile {
    /// Gets the encoders of the contestants that are not here.
    /// - Parameter only: Of these contestants alone; of all if empty.
    public func fetchEncoders(
        only: [String] = [], hub: HubFetcher = HubFetcher(),
        progress: @escaping @Sendable (FetchProgress) -> Void
    ) async throws {
        let fetch = EncoderFetch(relativeTo: url.deletingLastPathComponent(), hub: hub)
        for contestant in contestants where only.isEmpty || only.contains(contestant.id) {
            for encoder in contestant.encoders {
                try await ContestantError.naming(contestant.id) {
                    try await fetch(encoder, progress: progress)
                }
            }
        }
    }
}
