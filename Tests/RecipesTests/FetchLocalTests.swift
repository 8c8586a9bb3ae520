import Foundation
import Recipes
import SafeFiles
import Testing

/// `--from PATH`: a folder or an archive that has the files already.
@Suite struct FetchLocalTests {
    static let a = Array("one\n".utf8)
    static let b = Array("two\n".utf8)
    /// Nothing listens there: whoever asks it fails.
    static let fetch = """
        {urls: [{url: "http://127.0.0.1:9/data/raw.txt", file: a.txt}, {url: "http://127.0.0.1:9/b.txt", file: b.txt}]}
        """

    let fixture: FetchFixture
    let recipe: Recipe

    init() throws {
        fixture = try FetchFixture()
        recipe = try fixture.recipe(fetch: Self.fetch, files: [("a.txt", Self.a), ("b.txt", Self.b)])
    }

    private func fetch(from path: String) async throws {
        let source = fixture.folder.appendingPathComponent(path)
        _ = try await Fetcher().fetch(recipe, from: source, cache: fixture.cache)
        #expect(recipe.presence(cache: fixture.cache) == .verified)
        #expect(fixture.cached == ["datasets/sample/a.txt", "datasets/sample/b.txt"])
    }

    private func problem(from path: String) async throws -> FetchProblem? {
        let source = fixture.folder.appendingPathComponent(path)
        let error = await #expect(throws: FetchError.self) {
            try await Fetcher().fetch(recipe, from: source, cache: fixture.cache)
        }
        #expect(fixture.fetched.isEmpty)
        return error?.problem
    }

    @Test func aFolder() async throws {
        try fixture.write(Self.a, to: "here/a.txt")
        try fixture.write(Self.b, to: "here/b.txt")
        try await fetch(from: "here")
    }

    @Test func aFolderWithTheNameOfTheDownload() async throws {
        try fixture.write(Self.a, to: "here/raw.txt")
        try fixture.write(Self.b, to: "here/b.txt")
        try await fetch(from: "here")
    }

    @Test func anArchiveThatHoldsTheFilesSomewhere() async throws {
        try fixture.write(tarBytes([("x/data/a.txt", Self.a, nil), ("x/b.txt", Self.b, nil)]), to: "any.tar")
        try await fetch(from: "any.tar")
    }

    @Test func aWrongFileIsNamedWithBothHashes() async throws {
        try fixture.write(Self.a, to: "here/a.txt")
        let wrong = try fixture.write(Self.a, to: "here/b.txt")
        let problem = try await problem(from: "here")
        #expect(
            problem
                == .wrongChecksum(
                    what: wrong.path, expected: Fingerprint.sha256(of: Self.b),
                    found: Fingerprint.sha256(of: Self.a)))
    }

    @Test func aWrongFileInAnArchive() async throws {
        try fixture.write(tarBytes([("a.txt", Self.a, nil), ("b.txt", Self.a, nil)]), to: "any.tar")
        #expect(
            try await problem(from: "any.tar")
                == .wrongChecksum(
                    what: "b.txt", expected: Fingerprint.sha256(of: Self.b),
                    found: Fingerprint.sha256(of: Self.a)))
    }

    @Test func aMissingFile() async throws {
        try fixture.write(Self.a, to: "here/a.txt")
        let here = fixture.folder.appendingPathComponent("here").path
        #expect(try await problem(from: "here") == .missingInSource(path: here, file: "b.txt"))
        let archive = try fixture.write(tarBytes([("a.txt", Self.a, nil)]), to: "any.tar")
        #expect(try await problem(from: "any.tar") == .missingInSource(path: archive.path, file: "b.txt"))
    }

    @Test func nothingThere() async throws {
        let path = fixture.folder.appendingPathComponent("none").path
        #expect(try await problem(from: "none") == .file(.notFound(path: path)))
        try fixture.write(Self.a, to: "text")
        guard case .file(.badArchive) = try await problem(from: "text") else {
            Issue.record("a text passed for an archive")
            return
        }
    }
}
