import FlyingSocks
import Foundation
import LivePages
import TestSupport
import Testing

/// The server on a real socket.
@Suite struct PageServerTests {
    /// The same on a thread that may wait, which none of those that serve may.
    private func exchange(_ request: String, port: UInt16) async throws -> String {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Result { try exchanged(request, port: port) })
            }
        }
    }

    /// Sends bytes to a port of loopback, and returns all that comes back until it is closed.
    private func exchanged(_ request: String, port: UInt16) throws -> String {
        let socket = try Socket(domain: AF_INET)
        defer { try? socket.close() }
        try socket.connect(to: .inet(ip4: "127.0.0.1", port: port))
        let bytes = Data(request.utf8)
        var sent = 0
        while sent < bytes.count { sent = try socket.write(bytes, from: sent) }
        var answer: [UInt8] = []
        while let byte = try? socket.read() { answer.append(byte) }
        return String(decoding: answer, as: UTF8.self)
    }

    private func serving(
        _ run: ServedRun, port: UInt16? = nil, _ body: (PageAddress) async throws -> Void
    ) async throws {
        let (addresses, teller) = AsyncStream.makeStream(of: PageAddress.self)
        let server = PageServer(PageSite(run.contents), port: port, token: "abc")
        let task = Task {
            defer { teller.finish() }
            try await server.run { teller.yield($0) }
        }
        for await address in addresses {
            try await body(address)
            break
        }
        task.cancel()
        try await task.value
    }

    @Test func answersOnLoopback() async throws {
        let run = try ServedRun()
        try await serving(run) { address in
            #expect(address.url == "http://127.0.0.1:\(address.port)/abc/" && address.port > 0)
            func get(_ path: String, host: String) async throws -> String {
                try await exchange(
                    "GET \(path) HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n\r\n", port: address.port)
            }
            let own = "127.0.0.1:\(address.port)"
            #expect(try await get("/abc/", host: own).hasPrefix("HTTP/1.1 200"))
            #expect(try await get("/abc/site.json", host: own).contains("\"title\":\"served\""))
            #expect(try await get("/abc/", host: "rebound.example").hasPrefix("HTTP/1.1 403"))
            #expect(try await get("/", host: own).contains("lacks the token"))
            let body = String(decoding: try ServedRun.question("a lovely room"), as: UTF8.self)
            let head =
                "POST /abc/answers HTTP/1.1\r\nHost: \(own)\r\nConnection: close\r\nContent-Type: application/json\r\n"
            let answer = try await exchange(
                "\(head)Content-Length: \(body.utf8.count)\r\n\r\n\(body)", port: address.port)
            #expect(
                answer.hasPrefix("HTTP/1.1 200") && answer.contains("\"labels\":[\"positive\"]"), "\(answer)")
            // Bytes that are no HTTP end their own connection alone.
            _ = try await exchange("\u{0}\u{1}nonsense\r\n\r\n", port: address.port)
            #expect(try await get("/abc/", host: own).hasPrefix("HTTP/1.1 200"))
        }
    }

    @Test func aTakenPortIsAnError() async throws {
        let run = try ServedRun()
        let listener = try Socket(domain: AF_INET)
        defer { try? listener.close() }
        try listener.bind(to: .inet(ip4: "127.0.0.1", port: 0))
        try listener.listen()
        guard case .ip4(_, let port) = try listener.sockname() else {
            Issue.record("no port")
            return
        }
        let error = await #expect(throws: PageServerError.self) {
            try await serving(run, port: port) { _ in Issue.record("serves") }
        }
        #expect(
            error?.description
                == "port \(port): another program has it; name another with --port, or leave it out for a free one"
        )
    }
}
