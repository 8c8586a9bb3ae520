import Foundation

/// Where a page is to be had: a port on loopback, and below it a token that only knows who was told the address.
public struct PageAddress: Sendable {
    public let port: UInt16
    private let token: String

    /// - Parameter token: Letters and digits.
    package init(port: UInt16, token: String) {
        (self.port, self.token) = (port, token)
    }

    /// What is typed into a browser.
    public var url: String { "http://\(hosts[0])\(root)" }

    /// The path below which everything is.
    package var root: String { "/\(token)/" }

    /// What a browser that was told the address may call this server, the first as in `url`.
    ///
    /// A page from elsewhere, whose own name was made to lead to this machine, calls it by that name.
    var hosts: [String] {
        let names = ["127.0.0.1", "localhost"]
        return names.map { "\($0):\(port)" } + (port == 80 ? names : [])
    }

    /// 128 bits of the system's randomness, in hexadecimal digits.
    public static func randomToken() -> String {
        var system = SystemRandomNumberGenerator()
        return (0..<2).map { _ in String(format: "%016llx", UInt64.random(in: 0...UInt64.max, using: &system))
        }
        .joined()
    }
}
