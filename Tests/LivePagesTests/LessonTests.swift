import FlyingFox
import Foundation
import LivePages
import TestSupport
import Testing

/// A lab beside a run: what its page becomes, and who may have its check run.
@Suite struct LessonTests {
    private let run: ServedRun

    init() throws { run = try ServedRun() }

    private static let page = """
        # Lab 0: a *test*

        First line
        and second, with `code *x*`, **strong `too`**, *soft* and 2 * 3 * 4.
        <b onclick="x()">raw</b> \\*no\\* [lab 1](../1-averages/README.md) [far](https://example.org/x)

        ## To know

        - one
          more
        - [bad](javascript:alert(1))
        1. first
        2. second

        | a | b |
        |---|--:|
        | x \\| y | `2` |

        > said
        > so

        ```sh
        labs/0-test/check.sh | cat
        ```

        """

    private func lesson(
        _ script: String, page: String = LessonTests.page, limit: Double = 60, name: String = "0-test"
    ) throws -> Lesson {
        try run.folder.write(page, to: "labs/0-test/README.md")
        try run.folder.write(script, to: "labs/0-test/check.sh")
        return try Lesson(name, program: "/opt/the program", in: run.folder.url, limit: limit)
    }

    private func handler(_ lesson: Lesson?) -> PageHandler {
        PageHandler(address: ServedRun.address, site: PageSite(run.contents, lesson: lesson))
    }

    private func answer(_ handler: PageHandler, status: Int = 200) async throws -> [String: String] {
        let response = await handler.handleRequest(
            ServedRun.request("check", .POST, body: Data("{}".utf8)))
        let body = try await response.bodyData
        #expect(response.statusCode.code == status, "\(String(decoding: body, as: UTF8.self))")
        return try #require(JSONSerialization.jsonObject(with: body) as? [String: String])
    }

    // MARK: The page

    /// Words in short: `c` before code, `s` strong, `e` emphasized, `a` a link.
    private func short(_ words: Any?) throws -> String {
        try #require(words as? [[String: Any]]).map { run in
            let marks = [("code", "c"), ("strong", "s"), ("emphasis", "e")].filter {
                run[$0.0] as? Bool == true
            }
            .map(\.1).joined()
            let address = (run["address"] as? String).map { "a\($0) " } ?? ""
            return marks + address + "{\(run["text"] ?? "")}"
        }.joined()
    }

    @Test func theLabsPageIsReadAsWordsAndNeverAsMarkup() async throws {
        let response = await handler(try lesson("exit 0\n")).handleRequest(ServedRun.request("site.json"))
        let site = try #require(
            JSONSerialization.jsonObject(with: try await response.bodyData) as? [String: Any])
        let told = try #require(site["lesson"] as? [String: Any])
        #expect(told["title"] as? String == "Lab 0: a test")
        let blocks = try #require(told["blocks"] as? [[String: Any]])
        #expect(
            blocks.map { $0["kind"] as? String } == [
                "paragraph", "heading", "points", "numbers", "table", "quote", "code",
            ])
        #expect(
            try short(blocks[0]["words"])
                == "{First line and second, with }c{code *x*}{, }s{strong }cs{too}{, }e{soft}{ and 2 * 3 * 4. "
                + "<b onclick=\"x()\">raw</b> *no* }{lab 1}{ }ahttps://example.org/x {far}")
        #expect(blocks[1]["level"] as? Int == 2)
        let points = try #require(blocks[2]["items"] as? [Any])
        #expect(try points.map(short).first == "{one   more}")
        // No address that a press would run.
        #expect(try points.map(short).last == "{[bad](javascript:alert(1))}")
        #expect(try #require(blocks[3]["items"] as? [Any]).map(short) == ["{first}", "{second}"])
        let rows = try #require(blocks[4]["rows"] as? [[Any]])
        #expect(try rows.map { try $0.map(short) } == [["{a}", "{b}"], ["{x | y}", "c{2}"]])
        #expect(try short(blocks[5]["words"]) == "{said so}")
        #expect(blocks[6]["code"] as? String == "labs/0-test/check.sh | cat")
    }

    @Test func withoutALessonThereIsNone() async throws {
        let response = await handler(nil).handleRequest(ServedRun.request("site.json"))
        let site = try #require(
            JSONSerialization.jsonObject(with: try await response.bodyData) as? [String: Any])
        #expect(site["lesson"] == nil)
        #expect(try await answer(handler(nil), status: 404)["error"] == "There is no such page here.")
    }

    @Test func aFolderThatIsNoLabIsRefused() throws {
        _ = try lesson("exit 0\n", name: "labs/0-test")
        #expect(throws: LessonError.noLab("1-none", found: ["0-test"])) {
            try Lesson("1-none", program: nil, in: run.folder.url)
        }
        #expect(
            LessonError.noLab("1-none", found: ["0-test"]).description.hasSuffix("the folder labs has 0-test")
        )
        try FileManager.default.removeItem(at: run.folder.file("labs/0-test/check.sh"))
        let error = #expect(throws: LessonError.self) {
            try Lesson("0-test", program: nil, in: run.folder.url)
        }
        #expect(
            error?.description.hasSuffix(
                "check.sh: missing; a lab has a page README.md and a script check.sh") == true)
        try run.folder.write(String(repeating: "x", count: 1 << 20 | 1), to: "labs/0-test/README.md")
        try run.folder.write("", to: "labs/0-test/check.sh")
        #expect(throws: LessonError.self) { try Lesson("0-test", program: nil, in: run.folder.url) }
    }

    // MARK: The check

    @Test(arguments: [
        (0, "passed", "The check passes: the fault is gone."),
        (1, "failed", "The check does not pass yet: the fault is still there."),
        (2, "unknown", "The check could not tell (exit code 2)."),
    ])
    func whatTheCheckSaysIsShown(_ code: Int, _ verdict: String, _ words: String) async throws {
        let check = try lesson("echo \"$BAKEOFF in $(basename \"$PWD\")\"\necho '<b>' >&2\nexit \(code)\n")
        let said = try await answer(handler(check))
        #expect(said["verdict"] == verdict)
        #expect(said["words"] == words)
        // It works where the server was started, and calls the program that serves.
        #expect(said["output"] == "/opt/the program in \(run.folder.url.lastPathComponent)\n<b>\n")
    }

    @Test func aCheckThatDoesNotEndIsEnded() async throws {
        let said = try await answer(handler(try lesson("echo begun\nsleep 60 & wait\n", limit: 1)))
        #expect(said["verdict"] == "unknown" && said["output"] == "begun\n")
        #expect(said["words"] == "The check was ended at its time limit of 1 s.")
    }

    @Test func oneRunsAtATime() async throws {
        let handler = handler(
            try lesson("touch begun\nwhile [ ! -e go ]; do sleep 0.02; done\necho done\nexit 1\n"))
        async let first = answer(handler)
        while !run.folder.exists("begun") { try await Task.sleep(for: .milliseconds(5)) }
        #expect(
            try await answer(handler, status: 409)["error"]
                == "The check runs already; wait until it has ended.")
        try run.folder.write("", to: "go")
        #expect(try await first["output"] == "done\n")
        // And then the next.
        #expect(try await answer(handler)["verdict"] == "failed")
    }

    @Test func nobodyElseHasItRun() async throws {
        let handler = handler(try lesson("touch ran\n"))
        let body = Data("{}".utf8)
        for (request, status) in [
            (ServedRun.request("check", .GET), 405),
            (ServedRun.request("/check", .POST, body: body), 403),
            (ServedRun.request("check", .POST, headers: [.host: "rebound.example:8123"], body: body), 403),
            (
                ServedRun.request(
                    "check", .POST, headers: [HTTPHeader("Origin"): "http://evil.example"], body: body), 403
            ),
            (ServedRun.request("check", .POST, headers: [.contentType: "text/plain"], body: body), 415),
            (ServedRun.request("check/x.sh", .POST, body: body), 404),
        ] {
            #expect(await handler.handleRequest(request).statusCode.code == status)
        }
        #expect(!run.folder.exists("ran"))
        _ = try await answer(handler)
        #expect(run.folder.exists("ran"))
    }
}
