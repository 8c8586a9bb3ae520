import FlyingSocks
import Foundation
import Synchronization

/// A server on loopback that answers each request with the bytes it is told to, right or wrong, and then hangs up.
package final class FetchServer: Sendable {
    package struct Request: Sendable {
        /// Such as `GET /a.txt HTTP/1.1`.
        package let line: String
        /// By lowercase name.
        package let headers: [String: String]

        package var path: String { String(line.split(separator: " ").dropFirst().first ?? "") }
    }

    /// What is sent, and whether the line stays open and silent after it.
    package struct Answer: Sendable {
        package var bytes: [UInt8]
        package var isStalled = false
        /// What is sent after it again and again, until the client hangs up; with so many seconds between.
        package var repeated: [UInt8] = []
        package var pause = 0.0

        package init(bytes: [UInt8], isStalled: Bool = false, repeated: [UInt8] = [], pause: Double = 0) {
            (self.bytes, self.isStalled, self.repeated, self.pause) = (bytes, isStalled, repeated, pause)
        }

        /// An answer with a correct length unless `headers` says another.
        package static func http(_ status: Int, _ headers: [String: String] = [:], _ body: [UInt8] = [])
            -> Answer
        {
            var headers = headers
            if headers["Content-Length"] == nil { headers["Content-Length"] = "\(body.count)" }
            let lines = headers.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)\r\n" }.joined()
            return Answer(
                bytes: Array("HTTP/1.1 \(status) X\r\nConnection: close\r\n\(lines)\r\n".utf8) + body)
        }
    }

    private let log = Mutex<[Request]>([])
    private let base: URL

    package var requests: [Request] { log.withLock(\.self) }

    private init(base: URL) {
        self.base = base
    }

    package func url(_ path: String) -> URL {
        base.appendingPathComponent(path)
    }

    /// Serves while `body` runs, a thread to each connection. `answer` gets each request and its number, from 1.
    package static func run<T: Sendable>(
        _ answer: @escaping @Sendable (Request, Int) -> Answer, body: (FetchServer) async throws -> T
    ) async throws -> T {
        let listener = try Socket(domain: AF_INET)
        try listener.bind(to: .inet(ip4: "127.0.0.1", port: 0))
        try listener.listen()
        guard case .ip4(_, let port) = try listener.sockname(),
            let base = URL(string: "http://127.0.0.1:\(port)")
        else { throw URLError(.badURL) }
        let server = FetchServer(base: base)
        Thread.detachNewThread {
            while let connection = try? listener.accept() {
                Thread.detachNewThread { try? server.serve(Socket(file: connection.file), answer) }
            }
            try? listener.close()
        }
        // Ends the waiting for the next connection.
        defer { shutdown(listener.file.rawValue, Int32(SHUT_RDWR)) }
        return try await body(server)
    }

    private func serve(_ connection: Socket, _ answer: @Sendable (Request, Int) -> Answer) throws {
        defer { try? connection.close() }
        var head: [UInt8] = []
        while !head.ends(with: Array("\r\n\r\n".utf8)) { head.append(try connection.read()) }
        let lines = String(decoding: head, as: UTF8.self).components(separatedBy: "\r\n").filter {
            !$0.isEmpty
        }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            headers[line[..<colon].lowercased()] = value
        }
        let request = Request(line: lines.first ?? "", headers: headers)
        let number = log.withLock { requests in
            requests.append(request)
            return requests.count
        }
        let answer = answer(request, number)
        let bytes = Data(answer.bytes)
        var sent = 0
        while sent < bytes.count { sent = try connection.write(bytes, from: sent) }
        let piece = Data(answer.repeated)
        while !piece.isEmpty {
            var sent = 0
            while sent < piece.count { sent = try connection.write(piece, from: sent) }
            Thread.sleep(forTimeInterval: answer.pause)
        }
        // Until the client hangs up.
        if answer.isStalled { _ = try connection.read() }
    }
}

extension Array where Element == UInt8 {
    fileprivate func ends(with bytes: [UInt8]) -> Bool {
        suffix(bytes.count).elementsEqual(bytes)
    }
}
