import Foundation
import Recipes
import SafeFiles
import Testing

/// Answers that are no file, files that change, and recipes that pass for others.
@Suite struct FetchAttackTests {
    private static let text = Array("text,label\na,b\nc,d\n".utf8)

    private func recipe(_ fixture: FetchFixture, _ url: URL, folder: String = "r", file: String = "d.csv")
        throws -> Recipe
    {
        let text = """
            name: u
            title: t
            licence: x
            source: y
            kind: dataset
            fetch: {urls: [{url: "\(url)", file: \(file)}]}
            files: {\(file): unpinned}
            dataset: {file: \(file), labels: {column: label}}
            """
        return try Recipe(contentsOf: fixture.write(Array(text.utf8), to: "\(folder)/u.yaml"))
    }

    private func problem(_ recipe: Recipe, _ fixture: FetchFixture) async -> FetchProblem? {
        do {
            _ = try await Fetcher(timeout: 5).fetch(recipe, cache: fixture.cache)
            return nil
        } catch { return error.problem }
    }

    /// What a server sends instead of a file.
    static let noFiles: [FetchServer.Answer] = [
        .http(301), .http(302, ["Location": ""]), .http(303), .http(307), .http(308), .http(300), .http(304),
        .http(204),
        .http(205), .http(206, ["Content-Range": "bytes 0-3/4"], text), .http(200), .http(404, [:], text),
        .http(500, [:], text),
        .http(200, ["Content-Type": "text/html; charset=utf-8"], Array("<html>log in</html>".utf8)),
        .http(200, ["Content-Type": "TEXT/HTML"], text), .http(302, ["Location": "ftp://example.com/d.csv"]),
        .http(302, ["Location": "file:///etc/passwd"]), .http(200, ["Content-Length": "400"], text),
        .http(200, ["Content-Length": "-5"], text), FetchServer.Answer(bytes: []),
        .http(206, ["Content-Range": "bytes 0-9223372036854775807/9223372036854775807"], text),
    ]

    @Test(arguments: noFiles) func whatIsNoFileIsAnError(answer: FetchServer.Answer) async throws {
        try await FetchServer.run({ _, _ in answer }) { server in
            let fixture = try FetchFixture()
            let recipe = try recipe(fixture, server.url("/d.csv"))
            #expect(await problem(recipe, fixture) != nil)
            #expect(recipe.presence(cache: fixture.cache) == .missing)
            #expect(fixture.fetched == [])
        }
    }

    /// A first half is there, and then the server says something else than the rest of it.
    @Test(
        arguments: noFiles + [
            .http(206, ["Content-Range": "bytes 11-17/18", "Content-Length": "7"], Array("x,y\nz,w".utf8)),
            .http(206, ["Content-Range": "bytes 11-17/18", "ETag": "W/\"1\""], Array("x,y\nz,w".utf8)),
            .http(416),
        ]) func nothingIsJoinedToAHalf(answer: FetchServer.Answer) async throws
    {
        let half = FetchServer.Answer.http(
            200, ["ETag": "\"1\"", "Content-Length": "18"], Array("text,label\n".utf8))
        try await FetchServer.run({ _, number in number == 1 ? half : answer }) { server in
            let fixture = try FetchFixture()
            let recipe = try recipe(fixture, server.url("/d.csv"))
            guard case .truncated = await problem(recipe, fixture) else {
                Issue.record("the half was taken for the whole")
                return
            }
            #expect(await problem(recipe, fixture) != nil)
            #expect(recipe.presence(cache: fixture.cache) == .missing)
        }
    }

    @Test func aWebPageMayBeWhatIsWanted() async throws {
        let page = FetchServer.Answer.http(200, ["Content-Type": "text/html"], Array("<p>".utf8))
        try await FetchServer.run({ _, _ in page }) { server in
            let fixture = try FetchFixture()
            #expect(await problem(try recipe(fixture, server.url("/d.html"), file: "d.html"), fixture) == nil)
        }
    }

    @Test func aFileThatChangesIsTold() async throws {
        let other = Array("text,label\nx,y\nz,w\n".utf8)
        try await FetchServer.run({ _, number in .http(200, [:], number == 2 ? other : Self.text) }) {
            server in
            let fixture = try FetchFixture()
            let recipe = try recipe(fixture, server.url("/d.csv"))
            let folder = try await Fetcher().fetch(recipe, cache: fixture.cache)
            try FileManager.default.removeItem(at: folder)
            guard case .changed(let file, let expected, let found, let note) = await problem(recipe, fixture)
            else {
                Issue.record("the change was not told")
                return
            }
            #expect(
                file == "d.csv" && expected == Fingerprint.sha256(of: Self.text)
                    && found == Fingerprint.sha256(of: other))
            #expect(recipe.presence(cache: fixture.cache) == .missing)
            // The file that it was is taken again; another one only once the note is gone.
            #expect(await problem(recipe, fixture) == nil)
            try OutputFile.write(other, to: folder.appendingPathComponent("d.csv"))
            #expect(recipe.presence(cache: fixture.cache) == .unverified)
            let source = try fixture.write(other, to: "mine/d.csv").deletingLastPathComponent()
            await #expect(throws: FetchError.self) {
                try await Fetcher().fetch(recipe, from: source, cache: fixture.cache)
            }
            try FileManager.default.removeItem(atPath: note)
            _ = try await Fetcher().fetch(recipe, from: source, cache: fixture.cache)
            #expect(recipe.presence(cache: fixture.cache) == .verified)
        }
    }

    /// A recipe of somebody's working folder brings nothing into the place of another one of its name.
    @Test func theNameIsNotTheKey() async throws {
        try await FetchServer.run({ request, _ in
            .http(200, [:], request.path == "/evil" ? Array("text,label\nevil,x\n".utf8) : Self.text)
        }) { server in
            let fixture = try FetchFixture()
            let evil = try recipe(fixture, server.url("/evil"), folder: "a")
            let good = try recipe(fixture, server.url("/good"), folder: "b")
            _ = try await Fetcher().fetch(evil, cache: fixture.cache)
            #expect(good.presence(cache: fixture.cache) == .missing)
            let folder = try await Fetcher().fetch(good, cache: fixture.cache)
            #expect(try Data(contentsOf: folder.appendingPathComponent("d.csv")) == Data(Self.text))
            #expect(evil.presence(cache: fixture.cache) == .verified)
        }
    }
}
