import Foundation

/// SHA-256 digests of large files, kept in a folder until the file is touched: hashing an encoder's weights again for
/// every command would take longer than the command.
public struct DigestCache: Sendable {
    private let folder: URL

    /// - Parameter cache: The cache folder, in which the digests have one of their own.
    public init(cache: URL = CacheFolder.url) {
        folder = cache.appendingPathComponent("digests")
    }

    /// The digest of all bytes of a file. Where it cannot be kept, the file is read again next time.
    public func sha256(of file: URL) throws(FileError) -> String {
        let path = file.standardizedFileURL.resolvingSymlinksInPath().path
        let entry = folder.appendingPathComponent(Fingerprint.sha256(of: Array(path.utf8)))
        let before = FileStamp(file)
        if let before, before.isSettled(), let bytes = try? InputFile(entry).readToEnd() {
            let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
            if lines.count == 2, lines[0] == before.text, lines[1].count == 64 { return String(lines[1]) }
        }
        let digest = try Fingerprint.sha256(ofFile: file)
        if let before, before.isSettled(), FileStamp(file) == before {
            try? OutputFile.write("\(before.text)\n\(digest)\n", to: entry)
        }
        return digest
    }
}
