import Foundation

/// A file with its SHA-256 in another beside it, so that damage is noticed when it is read.
///
/// The digest is written first, under that of the file of before: whenever the program is killed, the file is one of
/// the two.
public struct DigestedFile: Sendable {
    public let file: URL

    /// One would do, were the program not killed before the rename again and again.
    private static let mostBefore = 7

    public init(_ file: URL) {
        self.file = file
    }

    /// Beside the file, with its name and `.sha256`: the digest of the file, and those of the last ones before it.
    private var digests: URL { file.appendingPathExtension("sha256") }

    /// Writes the bytes that `body` hands over.
    public func write(_ body: (_ sink: (UnsafeRawBufferPointer) throws -> Void) throws -> Void) throws {
        let output = try OutputFile(file)
        var running = Fingerprint.Running()
        try body { piece in
            running.update(piece)
            try output.write(piece)
        }
        let before = known.prefix(DigestedFile.mostBefore)
        try OutputFile.write(
            ([running.hexadecimal()] + before).joined(separator: "\n") + "\n", to: digests)
        try output.commit()
    }

    private var known: [String] {
        guard let bytes = try? InputFile(digests).readToEnd() else { return [] }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    /// The file's SHA-256, read anew.
    /// - Throws: `FileError.damaged` if it is not one that was written.
    @discardableResult
    public func verified() throws(FileError) -> String {
        let found = try Fingerprint.sha256(ofFile: file)
        guard known.contains(found) else { throw .damaged(path: file.path) }
        return found
    }
}
