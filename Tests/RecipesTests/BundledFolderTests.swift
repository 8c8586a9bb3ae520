import Foundation
import Recipes
import SafeFiles
import TestSupport
import Testing

/// The program carries `datasets/`, `experiments/` and the page in the browser as they stand in the checkout.
@Suite struct BundledFolderTests {
    private let own: TemporaryFolder
    private var folder: URL { own.url }

    init() throws { own = try TemporaryFolder() }

    @Test(arguments: ["datasets", "experiments", "Sources/Comparison/LivePages/Page"])
    func everyFileIsCarriedAsItStands(_ name: String) throws {
        let carried = BundledFolder(name)
        let own = FetchRecipeTests.own.deletingLastPathComponent().appendingPathComponent(name)
        let files = try FileManager.default.subpathsOfDirectory(atPath: own.path).filter { path in
            let place = own.appendingPathComponent(path)
            let isFile = try place.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true
            return isFile && !path.hasSuffix("README.md")
        }
        #expect(Set(carried.paths) == Set(files))
        #expect(files.count > 5)
        for path in files {
            let bytes = [UInt8](try Data(contentsOf: own.appendingPathComponent(path)))
            #expect(
                carried.bytes(of: path) == bytes,
                "touch Sources/Data/CBundle/bundle.c: \(name)/\(path) has changed")
        }
        #expect(carried.bytes(of: "none.yaml") == nil)
    }

    /// Far from any checkout, what the program carries is written to the cache, once, and mended if it was changed.
    @Test func aCarriedDatasetIsWrittenToTheCache() async throws {
        let empty = folder.appendingPathComponent("empty")
        try FileManager.default.createDirectory(at: empty, withIntermediateDirectories: true)
        let book = RecipeBook(environment: [:], workingFolder: empty)
        let recipe = try book.recipe(named: "front-desk")
        #expect(recipe.isBundled && recipe.presence(cache: folder) == .verified)
        let place = try await Fetcher().fetch(recipe, cache: folder)
        let file = place.appendingPathComponent("front-desk/messages.csv")
        #expect(try Fingerprint.sha256(ofFile: file) == recipe.files[0].sha256)
        try Data("other".utf8).write(to: file)
        #expect(try recipe.bundledFolder(cache: folder).path == place.path)
        #expect(try Fingerprint.sha256(ofFile: file) == recipe.files[0].sha256)
        #expect(try book.all().count == BundledFolder.datasets.paths.count { $0.hasSuffix(".yaml") })
    }

    /// A recipe of the working folder hides the program's own of its name; one that says the same hides nothing.
    @Test func theWorkingFoldersRecipesComeFirst() throws {
        let datasets = folder.appendingPathComponent("datasets")
        try FileManager.default.createDirectory(at: datasets, withIntermediateDirectories: true)
        let text = try #require(BundledFolder.datasets.bytes(of: "emotion.yaml"))
        let book = RecipeBook(environment: [:], workingFolder: folder)
        try Data(text).write(to: datasets.appendingPathComponent("emotion.yaml"))
        var recipe = try book.recipe(named: "emotion")
        #expect(recipe.origin == .file(datasets.standardizedFileURL.appendingPathComponent("emotion.yaml")))
        #expect(!book.hidesOwn(recipe))
        try Data(text + Array("# mine\n".utf8)).write(to: datasets.appendingPathComponent("emotion.yaml"))
        recipe = try book.recipe(named: "emotion")
        #expect(book.hidesOwn(recipe))
        #expect(!book.hidesOwn(try book.recipe(named: "sms-spam")))
    }
}
