import FlyingFox
import FlyingSocks
import Foundation

/// Serves a page to the browsers of this machine alone.
public struct PageServer: Sendable {
    private let site: PageSite
    private let port: UInt16?
    private let token: String

    /// - Parameters:
    ///   - port: Of loopback; a free one if nil.
    ///   - token: Without which nobody is answered; letters and digits.
    public init(_ site: PageSite, port: UInt16? = nil, token: String = PageAddress.randomToken()) {
        (self.site, self.port, self.token) = (site, port, token)
    }

    /// Seconds that an answer may take, and the first moment of listening on a machine that is busy.
    private static let patience = 600.0

    /// Serves until the task is cancelled.
    /// - Parameter tell: Told the address, once it answers.
    /// - Throws: `PageServerError` where the port cannot be had.
    public func run(tell: @escaping @Sendable (PageAddress) throws -> Void) async throws {
        let server = HTTPServer(
            address: try sockaddr_in.inet(ip4: "127.0.0.1", port: port ?? 0), timeout: PageServer.patience,
            logger: .disabled)
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await server.run() }
                group.addTask {
                    try await server.waitUntilListening(timeout: PageServer.patience)
                    guard case .ip4(_, let port) = await server.listeningAddress else { return }
                    let address = PageAddress(port: port, token: token)
                    await server.appendRoute("*", to: PageHandler(address: address, site: site))
                    try tell(address)
                }
                while try await group.next() != nil {}
            }
        } catch {
            if Task.isCancelled { return }
            guard case SocketError.failed(_, let code, let reason) = error else { throw error }
            throw PageServerError(port: port, code: code, reason: reason)
        }
    }
}

/// A port that cannot be had.
public struct PageServerError: Error, Equatable, CustomStringConvertible {
    /// Nil where any would have done.
    let port: UInt16?
    /// The system's, such as `EADDRINUSE`.
    let code: Int32
    let reason: String

    public var description: String {
        let place = port.map { "port \($0)" } ?? "loopback"
        return switch code {
        case EADDRINUSE:
            "\(place): another program has it; name another with --port, or leave it out for a free one"
        case EACCES: "\(place): ports below 1024 are the administrator's; name another with --port"
        default: "\(place): cannot be served: \(reason)"
        }
    }
}
