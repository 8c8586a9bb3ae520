import FlyingFox
import FlyingSocks
import Foundation
import Recipes
import SafeFiles
import SettingKeys
import Synchronization
import TestServer
import Testing

@Suite struct FetchDownloadTests {
    typealias Answer = FetchServer.Answer

    static let bytes = sampleBytes(200_003)
    static let tag = "\"v1\""

    /// Fetches `bytes` from a server, once for each attempt, and returns the last problem, if any.
    private func fetch(
        attempts: Int = 1, path: String = "/a.txt", timeout: Int = 20,
        _ answer: @escaping @Sendable (FetchServer.Request, Int) -> Answer,
        then check: (FetchProblem?, FetchFixture, FetchServer) async throws -> Void
    ) async throws {
        let fixture = try FetchFixture()
        try await FetchServer.run(answer) { server in
            let recipe = try fixture.recipe(at: server.url(path), bytes: Self.bytes)
            var problem: FetchProblem?
            for _ in 0..<attempts {
                do {
                    let folder = try await Fetcher(timeout: timeout).fetch(recipe, cache: fixture.cache)
                    problem = nil
                    #expect(try Data(contentsOf: folder.appendingPathComponent("a.txt")) == Data(Self.bytes))
                } catch let error as FetchError {
                    problem = error.problem
                    #expect(fixture.fetched.isEmpty)
                    #expect(recipe.presence(cache: fixture.cache) == .missing)
                }
            }
            try await check(problem, fixture, server)
        }
    }

    /// The first half, under a header that promises all of it.
    private static let half = Answer.http(
        200, ["Content-Length": "\(bytes.count)", "ETag": tag], Array(bytes[..<100_003]))

    @Test func getsAFileOnceAndAsksNoMore() async throws {
        try await fetch(attempts: 2, { _, _ in .http(200, [:], Self.bytes) }) { problem, fixture, server in
            #expect(problem == nil)
            #expect(fixture.cached == ["datasets/sample/a.txt"])
            #expect(server.requests.count == 1)
        }
    }

    @Test func truncatedBodyIsAnError() async throws {
        try await fetch({ _, _ in Self.half }) { problem, _, server in
            #expect(
                problem
                    == .truncated(server.url("/a.txt"), expected: Self.bytes.count, found: 100_003))
        }
    }

    @Test func resumesATruncatedBody() async throws {
        try await fetch(
            attempts: 2,
            { _, number in
                number == 1
                    ? Self.half
                    : .http(
                        206,
                        ["Content-Range": "bytes 100003-200002/200003", "ETag": Self.tag],
                        Array(Self.bytes[100_003...]))
            }
        ) { problem, fixture, server in
            #expect(problem == nil)
            let requests = server.requests
            #expect(requests.count == 2)
            #expect(requests[0].headers["range"] == nil)
            #expect(requests[1].headers["range"] == "bytes=100003-")
            #expect(requests[1].headers["if-range"] == Self.tag)
            #expect(requests[1].headers["accept-encoding"] == "identity")
            #expect(fixture.cached == ["datasets/sample/a.txt"])
        }
    }

    /// A server that knows no ranges, or whose file has changed, sends the whole with status 200.
    @Test func startsAgainWhenTheServerSendsTheWhole() async throws {
        try await fetch(
            attempts: 2, { _, number in number == 1 ? Self.half : .http(200, ["ETag": "\"v2\""], Self.bytes) }
        ) { problem, _, server in
            #expect(problem == nil)
            #expect(server.requests[1].headers["range"] == "bytes=100003-")
        }
    }

    static let wrongRanges: [[String: String]] = [
        ["Content-Range": "bytes 5-199999/200003", "ETag": tag],
        ["Content-Range": "bytes 100003-200002/200003", "ETag": "\"v2\""],
        ["ETag": tag], ["Content-Range": "nonsense", "ETag": tag],
    ]

    /// A part that is not the part asked for must not be glued to the bytes so far.
    @Test(arguments: wrongRanges) func startsAgainAfterAWrongPart(headers: [String: String]) async throws {
        try await fetch(
            attempts: 2,
            { request, number in
                if number == 1 { return Self.half }
                return request.headers["range"] != nil
                    ? .http(206, headers, Array(Self.bytes[100_003...])) : .http(200, [:], Self.bytes)
            }
        ) { problem, _, server in
            #expect(problem == nil)
            #expect(server.requests.count == 3)
        }
    }

    @Test func startsAgainWhenTheRangeCannotBeServed() async throws {
        try await fetch(
            attempts: 2,
            { request, number in
                if number == 1 { return Self.half }
                return request.headers["range"] != nil ? .http(416) : .http(200, [:], Self.bytes)
            }
        ) { problem, _, _ in #expect(problem == nil) }
    }

    /// Without a mark of the version there is no telling what the rest would be the rest of.
    @Test func startsAgainWithoutAMark() async throws {
        let half = Answer.http(
            200, ["Content-Length": "\(Self.bytes.count)", "ETag": "W/\"weak\""],
            Array(Self.bytes[..<100_003]))
        try await fetch(attempts: 2, { _, number in number == 1 ? half : .http(200, [:], Self.bytes) }) {
            problem, _, server in
            #expect(problem == nil)
            #expect(server.requests[1].headers["range"] == nil)
        }
    }

    @Test func resumesFromAServerNotOfOurMaking() async throws {
        let fixture = try FetchFixture()
        let file = try fixture.write(Self.bytes, to: "served/a.txt")
        let server = HTTPServer(address: try .inet(ip4: "127.0.0.1", port: 0), logger: .disabled)
        await server.appendRoute("GET /a.txt", to: FileHTTPHandler(path: file, contentType: "text/plain"))
        let running = Task { try await server.run() }
        defer { running.cancel() }
        // The other tests may keep every thread busy for longer than the usual 5 seconds.
        try await server.waitUntilListening(timeout: 600)
        guard case .ip4(_, let port) = await server.listeningAddress else { throw URLError(.badURL) }
        let url = try #require(URL(string: "http://127.0.0.1:\(port)/a.txt"))
        let recipe = try fixture.recipe(at: url, bytes: Self.bytes)

        // What an interrupted fetch would have left.
        let pin = try #require(recipe.files[0].sha256)
        try fixture.write(Self.bytes[..<70_001], to: "cache/partial/\(pin)")
        try fixture.write(Array("\(url.absoluteString)\n\"any\"".utf8), to: "cache/partial/\(pin).version")
        let folder = try await Fetcher().fetch(recipe, cache: fixture.cache)
        #expect(try Data(contentsOf: folder.appendingPathComponent("a.txt")) == Data(Self.bytes))
    }

    @Test func wrongChecksumRemovesThePartialFile() async throws {
        var wrong = Self.bytes
        wrong[77] ^= 1
        let body = wrong
        try await fetch({ _, _ in .http(200, ["ETag": Self.tag], body) }) { problem, fixture, server in
            #expect(
                problem
                    == .wrongChecksum(
                        what: server.url("/a.txt").absoluteString,
                        expected: Fingerprint.sha256(of: Self.bytes),
                        found: Fingerprint.sha256(of: body)))
            #expect(fixture.cached == [])
        }
    }

    @Test(arguments: [404, 500, 503, 204]) func otherStatusesAreErrors(status: Int) async throws {
        try await fetch({ _, _ in .http(status, [:], status == 204 ? [] : Array("<html>".utf8)) }) {
            problem, _, server in
            #expect(problem == .httpStatus(server.url("/a.txt"), status: status))
        }
    }

    @Test(arguments: [301, 302, 303, 307, 308]) func followsRedirects(status: Int) async throws {
        try await fetch(
            path: "/old",
            { request, _ in
                request.path == "/old" ? .http(status, ["Location": "/new"]) : .http(200, [:], Self.bytes)
            }
        ) { problem, _, server in
            #expect(problem == nil)
            #expect(server.requests.map(\.path) == ["/old", "/new"])
        }
    }

    @Test func refusesARedirectToPlainHTTPElsewhere() async throws {
        try await fetch({ _, _ in .http(302, ["Location": "http://example.org/a.txt"]) }) {
            problem, _, server in
            let elsewhere = try #require(URL(string: "http://example.org/a.txt"))
            #expect(problem == .insecureRedirect(from: server.url("/a.txt"), to: elsewhere))
        }
    }

    @Test func endlessRedirectsEnd() async throws {
        try await fetch({ _, _ in .http(302, ["Location": "/a.txt"]) }) { problem, _, server in
            #expect(problem == .tooManyRedirects(server.url("/a.txt")))
        }
    }

    @Test func aSilentServerTimesOut() async throws {
        try await fetch(timeout: 1, { _, _ in Answer(bytes: [], isStalled: true) }) { problem, _, server in
            #expect(problem == .timedOut(server.url("/a.txt"), seconds: 1))
        }
    }

    @Test func nobodyThere() async throws {
        let fixture = try FetchFixture()
        let url = try await FetchServer.run({ _, _ in .http(200) }) { server in server.url("/a.txt") }
        let recipe = try fixture.recipe(at: url, bytes: Self.bytes)
        let error = await #expect(throws: FetchError.self) {
            try await Fetcher().fetch(recipe, cache: fixture.cache)
        }
        guard case .unreachable(url, _) = error?.problem else {
            Issue.record("found \(String(describing: error))")
            return
        }
    }

    @Test func cancellingLeavesNothingAtThePlace() async throws {
        let fixture = try FetchFixture()
        var stalled = Self.half
        stalled.isStalled = true
        let answer = stalled
        try await FetchServer.run({ _, number in number == 1 ? answer : .http(200, [:], Self.bytes) }) {
            server in
            let recipe = try fixture.recipe(at: server.url("/a.txt"), bytes: Self.bytes)
            let cache = fixture.cache
            let pin = Fingerprint.sha256(of: Self.bytes)
            let (halfway, signal) = AsyncStream.makeStream(of: Void.self)
            let fetching = Task {
                try await Fetcher().fetch(recipe, cache: cache) { progress in
                    if case .downloading(_, received: 100_003, _) = progress { signal.finish() }
                }
            }
            for await _ in halfway {}
            // Nobody else may write the same bytes meanwhile.
            let second = await #expect(throws: FetchError.self) {
                try await Fetcher().fetch(recipe, cache: cache)
            }
            #expect(second?.problem == .busy(path: cache.appendingPathComponent("partial/\(pin)").path))
            fetching.cancel()
            await #expect(throws: FetchError(recipe: "sample", problem: .cancelled)) {
                try await fetching.value
            }
            #expect(fixture.fetched.isEmpty)
            #expect(fixture.cached.allSatisfy { $0.hasPrefix("partial/") })

            let folder = try await Fetcher().fetch(recipe, cache: cache)
            #expect(try Data(contentsOf: folder.appendingPathComponent("a.txt")) == Data(Self.bytes))
            #expect(server.requests[1].headers["range"] == "bytes=100003-")
        }
    }

    @Test func aDamagedCacheIsFetchedAgain() async throws {
        let fixture = try FetchFixture()
        try await FetchServer.run({ _, _ in .http(200, [:], Self.bytes) }) { server in
            let recipe = try fixture.recipe(at: server.url("/a.txt"), bytes: Self.bytes)
            try fixture.write([1, 2, 3], to: "cache/datasets/sample/a.txt")
            try fixture.write([1, 2, 3], to: "cache/datasets/sample/stray.txt")
            #expect(recipe.presence(cache: fixture.cache) == .unverified)
            _ = try await Fetcher().fetch(recipe, cache: fixture.cache)
            #expect(recipe.presence(cache: fixture.cache) == .verified)
            #expect(fixture.cached == ["datasets/sample/a.txt"])
        }
    }

    /// A recipe as those of the encoders are: pinned weights, and a small file of which no SHA-256 is known.
    @Test func anUnpinnedFileIsTakenAndItsDigestIsTold() async throws {
        let fixture = try FetchFixture()
        let config = Array("{}\n".utf8)
        let log = Mutex<[FetchProgress]>([])
        try await FetchServer.run({ request, _ in
            switch request.path {
            case "/owner/name/resolve/abc/config.json": .http(200, [:], config)
            case "/owner/name/resolve/abc/model.safetensors": .http(200, [:], Self.bytes)
            default: .http(404)
            }
        }) { server in
            let files = ["config.json", "model.safetensors"]
            func recipe(pin: String) throws -> Recipe {
                let urls = files.map {
                    "{url: \"\(server.url("/owner/name/resolve/abc/" + $0))\", file: \($0)}"
                }
                let text = """
                    {name: sample, title: A, licence: MIT, source: Nobody, kind: encoder,
                    fetch: {urls: [\(urls.joined(separator: ", "))]},
                    files: {config.json: unpinned, model.safetensors: \(pin)}}
                    """
                return try Recipe(contentsOf: fixture.write(Array(text.utf8), to: "sample.yaml"))
            }
            let wrong = try recipe(pin: String(repeating: "0", count: 64))
            await #expect(throws: FetchError.self) { try await Fetcher().fetch(wrong, cache: fixture.cache) }
            #expect(wrong.presence(cache: fixture.cache) == .missing)

            let recipe = try recipe(pin: Fingerprint.sha256(of: Self.bytes))
            #expect(recipe.unpinned.map(\.path) == ["config.json"])
            let folder = try await Fetcher().fetch(recipe, cache: fixture.cache) { event in
                log.withLock { $0.append(event) }
            }
            #expect(try Data(contentsOf: folder.appendingPathComponent("config.json")) == Data(config))
            let told = FetchProgress.unpinned("config.json", sha256: Fingerprint.sha256(of: config))
            #expect(log.withLock { $0.filter { $0 == told }.count } == 1)
            #expect(told.description.contains("notice: config.json could not be checked"))
            #expect(recipe.presence(cache: fixture.cache) == .verified)
            try OutputFile.write([1], to: folder.appendingPathComponent("config.json"))
            #expect(recipe.presence(cache: fixture.cache) == .unverified, "pinned when it was fetched first")
            try OutputFile.write(config, to: folder.appendingPathComponent("config.json"))
            #expect(recipe.presence(cache: fixture.cache) == .verified)
            try OutputFile.write([1], to: folder.appendingPathComponent("model.safetensors"))
            #expect(recipe.presence(cache: fixture.cache) == .unverified)
        }
        #expect(throws: SettingsError.self) {
            let text = FetchRecipeTests.good.replacingOccurrences(of: FetchRecipeTests.pin, with: "unpind")
            _ = try Recipe(contentsOf: fixture.write(Array(text.utf8), to: "bad.yaml"))
        }
    }

    @Test func anArchiveIsUnpackedAndAnEvilOneLeavesNothing() async throws {
        let text = Array("one\n".utf8)
        let inner = tarBytes([("deep/a.txt", text, nil), ("other", [1], nil)])
        let good = tarBytes([("inner.tar", inner, nil)])
        let evil = tarBytes([("inner.tar", inner, nil), ("link", [], "/etc/passwd")])
        let fixture = try FetchFixture()
        try await FetchServer.run({ request, _ in .http(200, [:], request.path == "/good" ? good : evil) }) {
            server in
            func recipe(_ path: String, pin: String = "") throws -> Recipe {
                try fixture.recipe(
                    fetch: """
                        {urls: [{url: "\(server.url(path))", \(pin) unpack: [{member: inner.tar, unpack: \
                        [{member: deep/a.txt, file: a.txt}]}]}]}
                        """, files: [("a.txt", text)])
            }
            let cache = fixture.cache
            let unsafe = await #expect(throws: FetchError.self) {
                try await Fetcher().fetch(recipe("/evil"), cache: cache)
            }
            guard case .file(.unsafeArchiveEntry(_, entry: "link")) = unsafe?.problem else {
                Issue.record("found \(String(describing: unsafe))")
                return
            }
            #expect(fixture.cached == [])

            // A pinned archive is refused before it is opened.
            let pin = Fingerprint.sha256(of: good)
            let pinned = try recipe("/evil", pin: "sha256: \(pin),")
            let wrong = await #expect(throws: FetchError.self) {
                try await Fetcher().fetch(pinned, cache: cache)
            }
            #expect(
                wrong?.problem
                    == .wrongChecksum(
                        what: server.url("/evil").absoluteString, expected: pin,
                        found: Fingerprint.sha256(of: evil)))
            #expect(fixture.cached == [])

            let folder = try await Fetcher().fetch(recipe("/good"), cache: cache)
            #expect(try Data(contentsOf: folder.appendingPathComponent("a.txt")) == Data(text))
            #expect(fixture.cached == ["datasets/sample/a.txt"])
        }
    }

    @Test func addressesThatAreNotHTTPSAreRefused() throws {
        let fixture = try FetchFixture()
        for text in [
            "http://example.org/a", "ftp://127.0.0.1/a", "file:///etc/passwd",
            "http://127.0.0.1.example.org/",
        ] {
            let url = try #require(URL(string: text))
            #expect(throws: (any Error).self) { try fixture.recipe(at: url, bytes: [1]) }
        }
    }
}
