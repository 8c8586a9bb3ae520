import FlyingFox
import Foundation
import LivePages
import Testing

/// Who is answered, and that others are not.
@Suite struct PageHandlerTests {
    private let run: ServedRun

    init() throws { run = try ServedRun() }

    private func status(_ request: HTTPRequest) async -> Int {
        await run.handler.handleRequest(request).statusCode.code
    }

    @Test func thePageComesWithAllThatItLoads() async throws {
        let page = await run.handler.handleRequest(ServedRun.request("/t0k3n/"))
        #expect(page.statusCode.code == 200 && page.headers[.contentType] == "text/html; charset=utf-8")
        let html = String(decoding: try await page.bodyData, as: UTF8.self)
        let names = html.matches(of: /(?:src|href)="([^#"]+)"/).map { String($0.1) }
        #expect(names.sorted() == ["icon.svg", "page.css", "page.js"])
        // Nothing that a strict policy refuses.
        #expect(
            !html.contains("style=") && !html.contains("<style") && html.matches(of: /\son[a-z]+=/).isEmpty)
        var (waiting, seen) = (names, Set<String>())
        while let name = waiting.popLast() {
            guard seen.insert(name).inserted else { continue }
            let file = await run.handler.handleRequest(ServedRun.request(name))
            #expect(file.statusCode.code == 200, "\(name)")
            let text = String(decoding: try await file.bodyData, as: UTF8.self)
            waiting += text.matches(of: /from '\.\/([\w.]+)'/).map { String($0.1) }
            // No address but the name of a format.
            #expect(!text.replacing("http://www.w3.org/2000/svg", with: "").contains("://"), "\(name)")
            #expect(!text.contains("innerHTML"), "\(name)")
        }
        #expect(seen.count > 6)
    }

    @Test func everyAnswerIsProtected() async {
        for request in [
            ServedRun.request(""), ServedRun.request("site.json"), ServedRun.request("none"),
            ServedRun.request("/"),
            ServedRun.request("", headers: [.host: "evil.example"]),
        ] {
            let headers = await run.handler.handleRequest(request).headers
            let policy = headers[HTTPHeader("Content-Security-Policy")] ?? ""
            #expect(policy.hasPrefix("default-src 'none'; script-src 'self'; style-src 'self';"))
            #expect(!policy.contains("unsafe") && policy.contains("frame-ancestors 'none'"))
            #expect(headers[.cacheControl] == "no-store")
            #expect(headers[HTTPHeader("X-Content-Type-Options")] == "nosniff")
            #expect(headers[HTTPHeader("Access-Control-Allow-Origin")] == nil)
        }
    }

    @Test(
        arguments: [
            (HTTPHeader.host, "localhost:8123", 200), (.host, "127.0.0.1", 403),
            (.host, "127.0.0.1:8124", 403),
            (.host, "rebound.example:8123", 403), (.host, "127.0.0.1:8123.evil.example", 403),
            (.host, nil, 403),
            (HTTPHeader("Origin"), "http://127.0.0.1:8123", 200),
            (HTTPHeader("Origin"), "http://localhost:8123", 200),
            (HTTPHeader("Origin"), "https://127.0.0.1:8123", 403), (HTTPHeader("Origin"), "null", 403),
            (HTTPHeader("Origin"), "http://evil.example", 403),
            (HTTPHeader("Sec-Fetch-Site"), "same-origin", 200), (HTTPHeader("Sec-Fetch-Site"), "none", 200),
            (HTTPHeader("Sec-Fetch-Site"), "cross-site", 403),
            (HTTPHeader("Sec-Fetch-Site"), "same-site", 403),
        ] as [(HTTPHeader, String?, Int)])
    func foreignersAreRefused(_ header: HTTPHeader, _ value: String?, _ expected: Int) async throws {
        #expect(await status(ServedRun.request("site.json", headers: [header: value])) == expected)
        let question = try ServedRun.question("a nice room")
        let ask = ServedRun.request("answers", .POST, headers: [header: value], body: question)
        #expect(await status(ask) == expected)
    }

    @Test(arguments: ["/", "/t0k3/", "/t0k3n", "/T0K3N/", "/site.json", "/answers", "/x/../t0k3/", ""])
    func nothingIsAnsweredWithoutTheToken(_ path: String) async throws {
        let request = HTTPRequest(
            method: .GET, version: .http11, path: path, query: [], headers: [.host: "127.0.0.1:8123"],
            body: Data())
        #expect(await status(request) == 403)
    }

    @Test func otherMethodsAndNamesAreRefused() async throws {
        #expect(await status(ServedRun.request("answers", .GET)) == 405)
        #expect(await status(ServedRun.request("", .POST)) == 405)
        for method in [HTTPMethod.PUT, .DELETE, .OPTIONS, .HEAD] {
            #expect(await status(ServedRun.request("site.json", method)) == 405)
        }
        for name in ["nothing.js", "../Package.swift", "%2e%2e/page.js", "page.js/", "answers/"] {
            #expect(await status(ServedRun.request(name)) == 404, "\(name)")
        }
    }

    @Test(arguments: [
        ("{}", "task: missing"), ("", "not of the expected form"), ("[1]", "not of the expected form"),
        (#"{"task":"0"}"#, "task: not of the expected form"),
        (#"{"task":1e99}"#, "not of the expected form"),
        (#"{"task":9,"text":"x","dropped":[],"edits":[],"page":"p","number":1}"#, "there is no task 9"),
        (#"{"task":-1,"text":"x","dropped":[],"edits":[],"page":"p","number":1}"#, "there is no task -1"),
        (#"{"task":0,"text":"x","dropped":[1],"edits":[],"page":"p","number":1}"#, "there is no word 1 of 1"),
        (#"{"task":0,"text":"x","dropped":[],"edits":["rhyme"],"page":"p","number":1}"#, "edits"),
    ])
    func whatIsNoQuestionIsSaidSo(_ body: String, _ words: String) async throws {
        let answer = try await run.ask("answers", Data(body.utf8), status: 400)
        let error = try #require(answer["error"] as? String)
        #expect(error.hasPrefix("This is no question of the page: ") && error.contains(words), "\(error)")
    }

    @Test func longSentencesAreRefused() async throws {
        let longest = String(repeating: "room ", count: 4000)
        _ = try await run.ask("answers", try ServedRun.question(longest))
        _ = try await run.ask("answers", try ServedRun.question(longest + "x"), status: 413)
        // Neither is more read than a sentence can take.
        _ = try await run.ask("answers", Data(repeating: 32, count: 200_000), status: 413)
        let form = ServedRun.request(
            "answers", .POST, headers: [.contentType: "text/plain"], body: try ServedRun.question("x"))
        #expect(await status(form) == 415)
    }

    @Test func anOvertakenQuestionIsGivenUp() async throws {
        _ = try await run.ask("answers", try ServedRun.question("a", number: 5))
        _ = try await run.ask("answers", try ServedRun.question("b", number: 4), status: 409)
        _ = try await run.ask("explanations", try ServedRun.question("b", number: 4), status: 409)
        _ = try await run.ask("explanations", try ServedRun.question("a", number: 5))
        // Each page counts for itself.
        _ = try await run.ask("answers", try ServedRun.question("b", page: "q", number: 4))
    }
}
