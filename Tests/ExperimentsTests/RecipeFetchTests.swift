import Experiments
import Foundation
import Recipes
import SafeFiles
import TestServer
import TestSupport
import Testing

/// What an experiment names by recipe and is not here is fetched before anything is fitted.
@Suite struct RecipeFetchTests {
    private static let table = Array("text,label\na,b\nc,d\n".utf8)

    /// A recipe book with the dataset `far`, or the encoder, of one file.
    private func book(_ kind: String, file: String, at url: URL, in folder: TemporaryFolder) throws
        -> RecipeBook
    {
        let dataset = kind == "dataset" ? "dataset: {file: \(file), labels: {column: label}}" : ""
        try folder.write(
            """
            name: far
            title: two rows
            licence: x
            source: y
            kind: \(kind)
            fetch: {urls: [{url: "\(url)", file: \(file)}]}
            files: {\(file): \(Fingerprint.sha256(of: Self.table))}
            \(dataset)
            """, to: "recipes/far.yaml")
        return RecipeBook(folders: [folder.file("recipes")])
    }

    private func hub(offline: Bool) -> HubFetcher {
        HubFetcher(HubEnvironment(offline ? ["HF_HUB_OFFLINE": "1"] : [:]))
    }

    @Test func aDatasetIsFetchedOnceAndNotOffline() async throws {
        try await FetchServer.run({ _, _ in .http(200, [:], Self.table) }) { server in
            let folder = try TemporaryFolder()
            let recipes = try book("dataset", file: "far.csv", at: server.url("far.csv"), in: folder)
            let dataset = try DatasetReference(recipe: recipes.recipe(named: "far"))
            let cache = folder.file("cache")
            try await dataset.fetch(from: hub(offline: true), cache: cache)
            #expect(
                errorText { try dataset.load(cache: cache) }.contains(
                    "`bakeoff run` gets it, or `bakeoff fetch far`"))
            #expect(server.requests.isEmpty)
            for _ in 0..<2 { try await dataset.fetch(from: hub(offline: false), cache: cache) }
            #expect(server.requests.count == 1)
            #expect(try dataset.load(cache: cache).corpus.texts == ["a", "c"])
            // What was changed is not taken for missing.
            try OutputFile.write("x", to: cache.appendingPathComponent("datasets/far/far.csv"))
            await #expect(throws: ExperimentError.self) {
                try await dataset.fetch(from: hub(offline: false), cache: cache)
            }
            #expect(server.requests.count == 1)
        }
    }

    @Test func anEncoderIsFetchedByItsRecipe() async throws {
        try await FetchServer.run({ _, _ in .http(200, [:], Self.table) }) { server in
            let folder = try TemporaryFolder()
            let recipes = try book("encoder", file: "config.json", at: server.url("config.json"), in: folder)
            let cache = folder.file("cache")
            func fetch(offline: Bool) async throws {
                try await EncoderFetch(
                    relativeTo: folder.url, cache: cache, recipes: recipes, hub: hub(offline: offline))("far")
            }
            try await fetch(offline: true)
            #expect(server.requests.isEmpty)
            for _ in 0..<2 { try await fetch(offline: false) }
            #expect(server.requests.count == 1)
            #expect(
                FileManager.default.fileExists(
                    atPath: cache.appendingPathComponent("encoders/far/config.json").path))
        }
    }
}
