import Foundation
import SafeFiles
import SettingKeys

/// Bytes that come in pieces, from a file, standard input or memory, with a name for messages.
public struct ByteSource {
    /// The name that errors give: the path of a file, or `<stdin>`.
    public let name: String
    /// The next piece; empty at the end.
    let nextPiece: () throws(FileError) -> [UInt8]
    /// Where the bytes can be read from any place.
    private var file: URL?
    private var isObserved = false
    /// Whether the next piece is not there yet though one may come; nil where pieces never have to be waited for, and
    /// where what waits is packed.
    private(set) var wouldWait: (() -> Bool)?

    /// How many bytes a piece of a file has at most: large enough that system calls cost nothing,
    /// small enough to stay in a core's cache.
    public static let pieceSize = 1 << 16

    /// The bytes of a file. It stays open until the source is released.
    public init(_ file: URL, pieceSize: Int = ByteSource.pieceSize) throws(FileError) {
        let input = try InputFile(file)
        self.init(name: file.path) { () throws(FileError) in try input.read(upTo: pieceSize) }
        self.file = file
    }

    /// The bytes of standard input.
    public init(standardInput: Void) {
        let input = InputFile(standardInput: ())
        self.init(name: "<stdin>") { () throws(FileError) in try input.read(upTo: ByteSource.pieceSize) }
        wouldWait = { input.wouldWait }
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
    package func observed(by observe: @escaping ([UInt8]) -> Void) -> ByteSource {
        var observed = ByteSource(name: name) { () throws(FileError) in
            let piece = try nextPiece()
            observe(piece)
            return piece
        }
        (observed.file, observed.isObserved, observed.wouldWait) = (file, true, wouldWait)
        return observed
    }

    /// Pieces made of the pieces of this source; the empty one at its end is handed over too.
    func mapping(_ change: @escaping ([UInt8]) throws(FileError) -> [UInt8]) -> ByteSource {
        var mapped = ByteSource(name: name) { () throws(FileError) in
            while true {
                let piece = try nextPiece()
                let changed = try change(piece)
                if piece.isEmpty || !changed.isEmpty { return changed }
            }
        }
        mapped.wouldWait = wouldWait
        return mapped
    }

    /// The same bytes, or what they unpack to if they begin as packed ones do, whatever the file's name says.
    /// - Throws: `TableError.notAText` for a workbook, which is a zip archive too, and `.file` for an archive of several
    ///   files.
    package func unpacked() throws(TableError) -> ByteSource {
        let (start, all) = try peeking(Packing.window)
        guard let packing = Packing(startingWith: start) else { return all }
        if packing == .gzip {
            let stream = GzipStream(name: name, nextPacked: all.nextPiece)
            return ByteSource(name: name) { () throws(FileError) in
                try stream.read(upTo: ByteSource.pieceSize)
            }
        }
        if packing == .zip, let file { try requireOneFile(in: Archive(file)) }
        let stream = PackedStream(name: name, packing: packing, nextPacked: all.nextPiece)
        return ByteSource(name: name) { () throws(FileError) in try stream.read(upTo: ByteSource.pieceSize) }
    }

    private func requireOneFile(in archive: Archive) throws(TableError) {
        // What cannot be listed is no archive of data.
        guard let members = try? archive.members().filter(Packing.isFile) else {
            throw .notAText(file: name, .workbookOrZip)
        }
        let isWorkbook = members.contains { $0 == "[Content_Types].xml" || $0 == "mimetype" }
        if isWorkbook { throw .notAText(file: name, .workbookOrZip) }
        if members.count != 1 {
            throw .file(
                .badArchive(
                    path: name,
                    reason: "it holds \(members.count) files (\(listed(members))); unpack it and name one"))
        }
    }

    /// The first bytes, `count` or more unless there are fewer, and a source of all bytes, these included.
    ///
    /// Whoever sends line after line and waits for answers need not send more than the first line.
    private func peeking(_ count: Int) throws(TableError) -> (start: [UInt8], all: ByteSource) {
        var start: [UInt8] = []
        do throws(FileError) {
            while start.count < count {
                let piece = try nextPiece()
                if piece.isEmpty { break }
                start += piece
                if start.last == ASCII.lineFeed, wouldWait?() == true { break }
            }
        } catch {
            throw .file(error)
        }
        var held: [UInt8]? = start
        var all = ByteSource(name: name) { () throws(FileError) in
            defer { held = nil }
            if let held, !held.isEmpty { return held }
            return try nextPiece()
        }
        (all.file, all.isObserved, all.wouldWait) = (file, isObserved, wouldWait)
        return (start, all)
    }

    /// The same bytes, which must not begin as a file that is no text.
    /// - Throws: `TableError.notAText`.
    package func requiringText() throws(TableError) -> ByteSource {
        let (start, all) = try peeking(FileKind.window)
        if let kind = FileKind(startingWith: start) { throw .notAText(file: name, kind) }
        return all
    }

    /// The bytes to be read from any place. Those of standard input are held in memory.
    ///
    /// Who observes the pieces is shown all of them first.
    func randomAccess() throws(TableError) -> RandomAccessFile {
        var bytes: [UInt8] = []
        do throws(FileError) {
            if let file, !isObserved { return try RandomAccessFile(file) }
            while true {
                let piece = try nextPiece()
                if piece.isEmpty { break }
                if file == nil { bytes += piece }
            }
            if let file { return try RandomAccessFile(file) }
        } catch {
            throw .file(error)
        }
        return RandomAccessFile(bytes, name: name)
    }
}
