import Files
import Foundation

/// Bytes that come in pieces, from a file, standard input or memory, with a name for messages.
public struct ByteSource {
    /// The name that errors give: the path of a file, or `<stdin>`.
    public let name: String
    /// The next piece; empty at the end.
    let nextPiece: () throws(FileError) -> [UInt8]

    /// How many bytes a piece of a file has at most: large enough that system calls cost nothing,
    /// small enough to stay in a core's cache.
    public static let pieceSize = 1 << 16

    /// The bytes of a file. It stays open until the source is released.
    public init(_ file: URL, pieceSize: Int = ByteSource.pieceSize) throws(FileError) {
        let input = try InputFile(file)
        self.init(name: file.path) { () throws(FileError) in try input.read(upTo: pieceSize) }
    }

    /// The bytes of standard input.
    public init(standardInput: Void) {
        let input = InputFile(standardInput: ())
        self.init(name: "<stdin>") { () throws(FileError) in try input.read(upTo: ByteSource.pieceSize) }
    }

    /// Bytes in memory, handed out in pieces of `pieceSize`.
    public init(_ bytes: [UInt8], name: String, pieceSize: Int = ByteSource.pieceSize) {
        var position = 0
        self.init(name: name) {
            let end = min(bytes.count, position + pieceSize)
            defer { position = end }
            return Array(bytes[position..<end])
        }
    }

    private init(name: String, nextPiece: @escaping () throws(FileError) -> [UInt8]) {
        self.name = name
        self.nextPiece = nextPiece
    }

    /// The same bytes, each piece shown to `observe` as it is read.
    func observed(by observe: @escaping ([UInt8]) -> Void) -> ByteSource {
        ByteSource(name: name) { () throws(FileError) in
            let piece = try nextPiece()
            observe(piece)
            return piece
        }
    }
}
