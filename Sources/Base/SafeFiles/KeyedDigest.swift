import Crypto
import Foundation

/// Digests that only who has the key can make or tell from random bytes (HMAC-SHA-256).
public struct KeyedDigest: Sendable {
    /// The key's bytes; as many as the digest has keep it as secret as it can be.
    public let key: [UInt8]

    /// The bytes of a digest, and of a key.
    public static let byteCount = 32

    public init(key: [UInt8]) {
        self.key = key
    }

    /// A new key of the system's randomness.
    public static func withRandomKey() -> KeyedDigest {
        var system = SystemRandomNumberGenerator()
        return KeyedDigest(key: (0..<byteCount).map { _ in UInt8.random(in: 0...255, using: &system) })
    }

    /// The digest of a text: `byteCount` bytes.
    public func callAsFunction(_ text: String) -> [UInt8] {
        Array(
            HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: SymmetricKey(data: Data(key))))
    }
}
