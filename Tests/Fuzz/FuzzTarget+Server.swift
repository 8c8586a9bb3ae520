import Bakeoff
import Foundation

#if canImport(Glibc)
    import Glibc
#endif

extension FuzzTarget {
    /// Answers of a web server, as bytes on a socket: the first of them, then the second for whatever is asked next.
    static let server = FuzzTarget(
        name: "server",
        prepare: { folder, _ in
            let head = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 20\r\nETag: \"1\"\r\n\r\n"
            try write(head + "text,label\na", to: folder, "first")
            try write(
                "HTTP/1.1 206 Partial\r\nConnection: close\r\nContent-Length: 8\r\nETag: \"1\"\r\n"
                    + "Content-Range: bytes 12-19/20\r\n\r\n,b\nc,d\ne", to: folder, "second")
        },
        run: { folder, _ in
            let answers = try ["first", "second"].map { name in
                try Data(contentsOf: folder.appendingPathComponent(name))
            }
            let socket = try ListeningSocket()
            defer { socket.stop() }
            socket.answer(with: answers)
            try write(
                """
                name: f
                title: t
                licence: x
                source: y
                kind: dataset
                fetch: {urls: [{url: "http://127.0.0.1:\(socket.port)/d.csv", file: d.csv}]}
                files: {d.csv: unpinned}
                dataset: {file: d.csv, labels: {column: label}}

                """, to: folder, "recipes/f.yaml")
            let recipe = try Recipe(contentsOf: folder.appendingPathComponent("recipes/f.yaml"))
            let cache = folder.appendingPathComponent("cache")
            defer { try? FileManager.default.removeItem(at: cache) }
            // The first may be cut short, and the second goes on where it stopped.
            _ = try? await Fetcher(timeout: 1).fetch(recipe, cache: cache)
            _ = try await Fetcher(timeout: 1).fetch(recipe, cache: cache)
        })
}

/// A socket on loopback that gives every connection one of a few answers, in turn, and hangs up.
private final class ListeningSocket: Sendable {
    let port: Int
    private let descriptor: Int32

    init() throws {
        let listening = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(listening, address, size) == 0 && listen(listening, 8) == 0
                    && getsockname(listening, address, &size) == 0
            }
        }
        descriptor = listening
        port = Int(UInt16(bigEndian: address.sin_port))
        if !isBound { throw POSIXError(.EADDRINUSE) }
    }

    func answer(with answers: [Data]) {
        Thread.detachNewThread { [descriptor] in
            var count = 0
            while true {
                let connection = accept(descriptor, nil, nil)
                if connection < 0 { return }
                var request = [UInt8](repeating: 0, count: 4096)
                _ = read(connection, &request, request.count)
                let bytes = Array(answers[min(count, answers.count - 1)])
                _ = send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL))
                close(connection)
                count += 1
            }
        }
    }

    func stop() {
        shutdown(descriptor, Int32(SHUT_RDWR))
        close(descriptor)
    }
}
