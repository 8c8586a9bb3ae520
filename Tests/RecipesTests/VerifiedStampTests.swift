import Foundation
import Recipes
import Testing

/// What was verified once is not read again until it is touched.
@Suite struct VerifiedStampTests {
    private static let bytes = sampleBytes(5000)

    private func recipe(_ fixture: FetchFixture) throws -> Recipe {
        let url = try #require(URL(string: "https://example.org/a.txt"))
        let recipe = try fixture.recipe(at: url, bytes: Self.bytes)
        try fixture.write(Self.bytes, to: "cache/datasets/sample/a.txt")
        return recipe
    }

    /// Other bytes of the same number, with the old time of writing.
    private func tamper(_ fixture: FetchFixture) throws {
        let file = fixture.cache.appendingPathComponent("datasets/sample/a.txt")
        let before = try FileManager.default.attributesOfItem(atPath: file.path)
        let handle = try FileHandle(forWritingTo: file)
        try handle.write(contentsOf: Data(Self.bytes.reversed()))
        try handle.close()
        try FileManager.default.setAttributes(
            [.modificationDate: before[.modificationDate] as Any], ofItemAtPath: file.path)
    }

    @Test func isVoidOnceAFileIsTouched() throws {
        let fixture = try FetchFixture()
        let recipe = try recipe(fixture)
        func stamp() -> VerifiedStamp {
            VerifiedStamp(
                folder: recipe.folder(cache: fixture.cache), files: recipe.files, now: Date() + 60)
        }
        #expect(!stamp().isValid)
        stamp().write()
        #expect(stamp().isValid)
        try tamper(fixture)
        #expect(!stamp().isValid)
        try fixture.write(Self.bytes, to: "cache/datasets/sample/a.txt")
        #expect(!stamp().isValid)
        try FileManager.default.removeItem(at: fixture.cache.appendingPathComponent("datasets/sample/a.txt"))
        #expect(!stamp().isValid)
    }

    @Test func filesOfAMomentAgoAreNotStamped() throws {
        let fixture = try FetchFixture()
        let recipe = try recipe(fixture)
        #expect(recipe.presence(cache: fixture.cache) == .verified)
        #expect(fixture.cached == ["datasets/sample/a.txt"])
    }

    @Test func aValidStampIsTrustedExceptByFetch() async throws {
        let fixture = try FetchFixture()
        let recipe = try recipe(fixture)
        try await Task.sleep(for: .seconds(2.1))
        #expect(recipe.presence(cache: fixture.cache) == .verified)
        #expect(fixture.cached == ["datasets/sample/.verified", "datasets/sample/a.txt"])
        try tamper(fixture)
        #expect(recipe.presence(cache: fixture.cache) == .unverified)

        // A forged stamp is believed where time matters, and not where it is asked to look again.
        try await Task.sleep(for: .seconds(2.1))
        VerifiedStamp(folder: recipe.folder(cache: fixture.cache), files: recipe.files).write()
        #expect(recipe.presence(cache: fixture.cache) == .verified)
        #expect(recipe.presence(cache: fixture.cache, readingAgain: true) == .unverified)
    }
}
