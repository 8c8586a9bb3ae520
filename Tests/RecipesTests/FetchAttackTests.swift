import Foundation
import Recipes
import SafeFiles
import TestServer
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

    private func problem(
        _ recipe: Recipe, _ fixture: FetchFixture, timeout: Int = 5, maxBytes: Int = 1 << 20
    ) async -> FetchProblem? {
        do {
            _ = try await Fetcher(timeout: timeout, maxBytes: maxBytes).fetch(recipe, cache: fixture.cache)
            return nil
        } catch { return error.problem }
    }

    /// What a server sends instead of a file.
    static let noFiles: [FetchServer.Answer] =
        [
            .http(301), .http(302, ["Location": ""]), .http(303), .http(307), .http(308), .http(300),
            .http(304),
            .http(204),
            .http(205), .http(206, ["Content-Range": "bytes 0-3/4"], text), .http(200), .http(404, [:], text),
            .http(500, [:], text),
            .http(200, ["Content-Type": "text/html; charset=utf-8"], Array("<html>log in</html>".utf8)),
            .http(200, ["Content-Type": "TEXT/HTML"], text),
            .http(302, ["Location": "ftp://example.com/d.csv"]),
            .http(302, ["Location": "file:///etc/passwd"]), .http(200, ["Content-Length": "400"], text),
            .http(200, ["Content-Length": "-5"], text), FetchServer.Answer(bytes: []),
            .http(206, ["Content-Range": "bytes 0-9223372036854775807/9223372036854775807"], text),
            .http(200, ["Content-Encoding": "gzip"], text), .http(200, ["Content-Encoding": "br"], text),
            .http(200, ["Content-Length": "9223372036854775807"], text),
            .http(200, ["Content-Length": "99999999999999999999"], text),
            .http(200, ["Content-Length": "x"], text),
            .http(200, ["Content-Length": "18\r\nContent-Length: 5"], text),
            .http(200, ["Content-Length": "5\r\nContent-Length: 18"], text),
            .http(200, ["X-Any": "a\0b"], text), .http(200, ["ETag": "\"1\0\""], text), .http(99, [:], text),
            .http(1000, [:], text), .http(100, [:], text), .http(101, ["Upgrade": "x"], text),
            .http(302, ["Location": "http://"]), .http(302, ["Location": "//"]),
            .http(302, ["Location": "ftp:"]),
        ]
        + [
            "text,label\na,b\n", "HTTP/1.1\r\n\r\ntext", "HTTP/1.1 abc X\r\n\r\ntext",
            "HTTP/7.1 200 X\r\n\r\ntext", "\r\n\r\ntext,label\na,b\n", "\0\0\0\0", "SSH-2.0-x\r\n",
            "HTTP/1.1 2\u{0}00 X\r\n\r\ntext",
            "HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\n12\r\ntext,label",
            "HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\ntext,label\r\n0\r\n\r\n",
            "HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\ntext,label",
            "HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\n4\r\ntext\r\n",
        ].map { FetchServer.Answer(bytes: Array($0.utf8)) }

    @Test(arguments: noFiles) func whatIsNoFileIsAnError(answer: FetchServer.Answer) async throws {
        try await FetchServer.run({ _, _ in answer }) { server in
            let fixture = try FetchFixture()
            let recipe = try recipe(fixture, server.url("/d.csv"))
            #expect(await problem(recipe, fixture) != nil)
            #expect(recipe.presence(cache: fixture.cache) == .missing)
            #expect(fixture.fetched == [])
        }
    }

    /// Cut off at any byte, within the head or the body.
    @Test func anAnswerThatIsCutOffIsAnError() async throws {
        let whole = FetchServer.Answer.http(200, ["ETag": "\"1\""], Self.text).bytes
        for count in whole.indices {
            let answer = FetchServer.Answer(bytes: Array(whole[..<count]))
            try await FetchServer.run({ _, _ in answer }) { server in
                let fixture = try FetchFixture()
                let recipe = try recipe(fixture, server.url("/d.csv"))
                #expect(await problem(recipe, fixture) != nil, "\(count) bytes")
                #expect(recipe.presence(cache: fixture.cache) == .missing && fixture.fetched == [])
            }
        }
    }

    /// What never ends is ended, each by its own bound.
    @Test func whatIsEndlessEnds() async throws {
        typealias Answer = FetchServer.Answer
        func head(_ text: String) -> [UInt8] { Array(text.utf8) }
        let field = head("X-Any: \(String(repeating: "a", count: 1000))\r\n")
        let long = head(String(repeating: "a", count: 1000))
        let answers: [(Answer, (FetchProblem) -> Bool)] = [
            (
                Answer(bytes: head("HTTP/1.1 200 X\r\n"), repeated: field),
                { if case .badAnswer = $0 { true } else { false } }
            ),
            (
                Answer(bytes: [], repeated: head("HTTP/1.1 100 Continue\r\n\r\n")),
                { if case .badAnswer = $0 { true } else { false } }
            ),
            (Answer(bytes: head("HTTP/1.1 200 X\r\nX-Any: "), repeated: long), { _ in true }),
            (Answer(bytes: head("HTTP/1.1 "), repeated: long), { _ in true }),
            (Answer(bytes: [], repeated: long), { _ in true }),
            (
                Answer(bytes: head("HTTP/1.1 200 X\r\n\r\n"), repeated: long),
                { if case .tooLarge(_, limit: 1 << 20) = $0 { true } else { false } }
            ),
            (
                Answer(bytes: head("HTTP/1.1 200 X\r\nContent-Length: 9000000000\r\n\r\n"), repeated: long),
                { if case .tooLarge(_, limit: 1 << 20) = $0 { true } else { false } }
            ),
            // A byte now and then, of a body and of a head.
            (
                Answer(
                    bytes: head("HTTP/1.1 200 X\r\nContent-Length: 1000\r\n\r\n"), repeated: [97],
                    pause: 0.05), { if case .timedOut(_, seconds: 1) = $0 { true } else { false } }
            ),
            (
                Answer(bytes: head("HTTP/1.1 200 X\r\nX-Any: "), repeated: [97], pause: 0.05),
                { if case .timedOut(_, seconds: 1) = $0 { true } else { false } }
            ),
        ]
        for (place, (answer, isExpected)) in answers.enumerated() {
            try await FetchServer.run({ _, _ in answer }) { server in
                let fixture = try FetchFixture()
                let recipe = try recipe(fixture, server.url("/d.csv"))
                let found = await problem(recipe, fixture, timeout: 1)
                #expect(found.map(isExpected) == true, "answer \(place): \(String(describing: found))")
                #expect(fixture.fetched == [])
            }
        }
    }

    @Test func aHundredRedirectsAreTooMany() async throws {
        try await FetchServer.run({ request, _ in
            let number = Int(request.path.dropFirst(3)) ?? 0
            return number < 100 ? .http(302, ["Location": "/d/\(number + 1)"]) : .http(200, [:], Self.text)
        }) { server in
            let fixture = try FetchFixture()
            let recipe = try recipe(fixture, server.url("/d/0"))
            #expect(await problem(recipe, fixture) == .tooManyRedirects(server.url("/d/0")))
            #expect(server.requests.count == 20)
        }
    }

    /// Of a pinned file the checksum tells; some servers call a file that is itself compressed by this field.
    @Test func aPinnedFileMayBeCalledCompressed() async throws {
        try await FetchServer.run({ _, _ in .http(200, ["Content-Encoding": "gzip"], Self.text) }) { server in
            let fixture = try FetchFixture()
            let recipe = try fixture.recipe(at: server.url("/a.txt"), bytes: Self.text)
            let folder = try await Fetcher(timeout: 5).fetch(recipe, cache: fixture.cache)
            #expect(try Data(contentsOf: folder.appendingPathComponent("a.txt")) == Data(Self.text))
        }
    }

    /// The note of a half is a file that anything may have happened to.
    @Test func aDamagedNoteSendsNoFieldsOfItsOwn() async throws {
        try await FetchServer.run({ _, _ in .http(200, [:], Self.text) }) { server in
            for mark in ["\"1\"\rX-Evil: 1", "\"1\"\0", "\u{7}"] {
                let fixture = try FetchFixture()
                let url = server.url("/a.txt")
                let recipe = try fixture.recipe(at: url, bytes: Self.text)
                let pin = Fingerprint.sha256(of: Self.text)
                try fixture.write(Self.text[..<5], to: "cache/partial/\(pin)")
                try fixture.write(
                    Array("\(url.absoluteString)\n\(mark)".utf8), to: "cache/partial/\(pin).version")
                _ = try await Fetcher(timeout: 5).fetch(recipe, cache: fixture.cache)
            }
            #expect(server.requests.count == 3)
            #expect(
                server.requests.allSatisfy { $0.headers["if-range"] == nil && $0.headers["x-evil"] == nil })
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
