import Crypto
import Foundation

/// SHA-256 digests as 64 lowercase hexadecimal digits.
public enum Fingerprint {
    /// The digest of `data`.
    public static func sha256(of data: some DataProtocol) -> String {
        hex(SHA256.hash(data: data))
    }

    /// The digest of a file, read in pieces of 1 MiB.
    public static func sha256(ofFile file: URL) throws(FileError) -> String {
        var hasher = SHA256()
        let handle = try InputFile(file)
        while true {
            let piece = try handle.read(upTo: 1 << 20)
            if piece.isEmpty { return hex(hasher.finalize()) }
            hasher.update(data: piece)
        }
    }

    /// Git's digest of a file's content as 40 hexadecimal digits: SHA-1 of `blob COUNT`, a zero byte and the bytes. It names
    /// content and protects from nothing.
    public static func gitBlob(ofFile file: URL) throws(FileError) -> String {
        var hasher = Insecure.SHA1()
        let handle = try InputFile(file)
        guard let count = FileStamp(file)?.size else { throw .notFound(path: file.path) }
        hasher.update(data: Array("blob \(count)\0".utf8))
        while true {
            let piece = try handle.read(upTo: 1 << 20)
            if piece.isEmpty { return hex(hasher.finalize()) }
            hasher.update(data: piece)
        }
    }

    private static func hex(_ digest: some Sequence<UInt8>) -> String {
        digest.map { byte in
            let digits = String(byte, radix: 16)
            return byte < 16 ? "0" + digits : digits
        }.joined()
    }
}

extension Fingerprint {
    /// The SHA-256 of bytes that come in pieces.
    public struct Running {
        private var hasher = SHA256()

        public init() {}

        public mutating func update(_ piece: [UInt8]) {
            hasher.update(data: piece)
        }

        public mutating func update(_ piece: UnsafeRawBufferPointer) {
            hasher.update(bufferPointer: piece)
        }

        /// The digest of all bytes so far.
        public func hexadecimal() -> String {
            Fingerprint.hex(hasher.finalize())
        }
    }
}
