import Foundation

/// A file that may stand packed by gzip instead, under its name with `.gz`.
public struct PackableFile: Sendable {
    /// Where it stands when it is not packed.
    public let file: URL

    public init(_ file: URL) {
        self.file = file
    }

    private var packedFile: URL { file.appendingPathExtension("gz") }

    private static func isThere(_ file: URL) -> Bool { FileManager.default.fileExists(atPath: file.path) }

    /// Whether it is there in either form.
    public var isThere: Bool { Self.isThere(file) || Self.isThere(packedFile) }

    /// Where its bytes are; where they would be unpacked if it is not there.
    /// - Throws: `FileError.bothForms` if both forms are there: nobody knows which one is meant.
    public func place() throws(FileError) -> URL {
        guard Self.isThere(packedFile) else { return file }
        if Self.isThere(file) { throw .bothForms(path: file.path, packed: packedFile.path) }
        return packedFile
    }

    /// Hands over its bytes in pieces, unpacked.
    /// - Throws: Besides what `place` throws, `FileError.badArchive` where the packed form is damaged.
    private func read(_ body: ([UInt8]) -> Void) throws(FileError) {
        let place = try place()
        let input = try InputFile(place)
        var nextPiece = { () throws(FileError) in try input.read(upTo: PackableFile.pieceSize) }
        if place != file {
            let stream = GzipStream(name: place.path, nextPacked: nextPiece)
            nextPiece = { () throws(FileError) in try stream.read(upTo: PackableFile.pieceSize) }
        }
        while true {
            let piece = try nextPiece()
            if piece.isEmpty { return }
            body(piece)
        }
    }

    private static let pieceSize = 1 << 20

    /// Its bytes, unpacked.
    public func bytes() throws(FileError) -> [UInt8] {
        var bytes: [UInt8] = []
        try read { bytes += $0 }
        return bytes
    }

    /// The SHA-256 of its bytes, unpacked.
    public func sha256() throws(FileError) -> String {
        var digest = Fingerprint.Running()
        try read { digest.update($0) }
        return digest.hexadecimal()
    }

    /// Replaces it by its packed form.
    public func pack() throws(FileError) {
        if try place() != file { return }
        try OutputFile.write(Gzip.packed(bytes()), to: packedFile)
        try Self.remove(file)
    }

    /// Replaces its packed form by what that holds.
    public func unpack() throws(FileError) {
        if try place() == file { return }
        try write(bytes())
    }

    /// Replaces it by other bytes, which are not packed.
    public func write(_ bytes: [UInt8]) throws(FileError) {
        let place = try place()
        try OutputFile.write(bytes, to: file)
        if place != file { try Self.remove(place) }
    }

    /// Removes it, in whichever forms it is there.
    public func remove() throws(FileError) {
        for form in [file, packedFile] where Self.isThere(form) { try Self.remove(form) }
    }

    private static func remove(_ file: URL) throws(FileError) {
        if unlink(file.path) != 0 && errno != ENOENT {
            throw .unwritable(path: file.path, reason: systemReason())
        }
    }
}
