import Foundation
import SafeFiles
import Testing

/// Digests with a key.
@Suite struct KeyedDigestTests {
    /// Test cases 2 and 6 of RFC 4231.
    @Test func areThoseOfTheStandard() {
        func hex(_ bytes: [UInt8]) -> String { bytes.map { String(format: "%02x", $0) }.joined() }
        #expect(
            hex(KeyedDigest(key: Array("Jefe".utf8))("what do ya want for nothing?"))
                == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
        #expect(
            hex(
                KeyedDigest(key: Array(repeating: 0xAA, count: 131))(
                    "Test Using Larger Than Block-Size Key - Hash Key First"))
                == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54")
    }

    @Test func keysAreDrawnAnew() {
        let keys = (0..<8).map { _ in KeyedDigest.withRandomKey().key }
        #expect(Set(keys).count == 8 && keys.allSatisfy { $0.count == KeyedDigest.byteCount })
    }
}
