import SafeFiles

/// ASCII characters that the readers look for.
package enum ASCII {
    package static let tab = UInt8(ascii: "\t")
    package static let lineFeed = UInt8(ascii: "\n")
    package static let carriageReturn = UInt8(ascii: "\r")
    package static let space = UInt8(ascii: " ")
    package static let quote = UInt8(ascii: "\"")
    package static let comma = UInt8(ascii: ",")

    @inline(__always)
    package static func isLineEnd(_ byte: UInt8) -> Bool { byte == lineFeed || byte == carriageReturn }
}

/// A place in a stream of UTF-8 bytes that holds one piece at a time and counts lines.
///
/// A byte order mark at the start is passed over. A piece is handed out up to its first invalid byte; going on from
/// there is the error, so that it has the line where the byte stands.
struct ByteCursor {
    let name: String
    /// The physical line of the next byte, from 1.
    private(set) var line = 1
    private let source: ByteSource
    private var piece: [UInt8] = []
    private var position = 0
    private var validator = UTF8Validator()
    private var invalidOffset: Int?
    private var ended = false

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    private static let crlf = [ASCII.carriageReturn, ASCII.lineFeed]
    private static let cr = [ASCII.carriageReturn]
    private static let lf = [ASCII.lineFeed]

    init(_ source: ByteSource) throws(TableError) {
        self.source = source
        name = source.name
        let mark = ByteCursor.byteOrderMark
        var start: [UInt8] = []
        while start.count < mark.count, mark.starts(with: start), try refill() { start += piece }
        piece = start
        position = start.starts(with: mark) ? mark.count : 0
    }

    var place: DataPlace { DataPlace(file: name, line: line) }

    /// Whether the rest of this line is not at hand, and whoever sends the bytes pauses.
    var wouldWait: Bool {
        guard !ended, let sourceWouldWait = source.wouldWait else { return false }
        let end = piece.withUnsafeBufferPointer {
            ByteSearch.firstStop($0, from: position, ASCII.lineFeed)
        }
        return end == piece.count && sourceWouldWait()
    }

    /// The next byte, which stays next; nil at the end.
    @inline(__always)
    mutating func peek() throws(TableError) -> UInt8? {
        if position == piece.count, try !refill() { return nil }
        return piece[position]
    }

    /// Passes over a byte that was peeked at and ends no line.
    @inline(__always)
    mutating func skip() { position += 1 }

    /// Appends to `bytes` what comes before the first `stop` or line ending, or before the end of the piece.
    @inline(__always)
    mutating func copyRun(into bytes: inout [UInt8], before stop: UInt8) {
        let end = piece.withUnsafeBufferPointer { ByteSearch.firstStop($0, from: position, stop) }
        bytes.append(contentsOf: piece[position..<end])
        position = end
    }

    /// The piece at hand and the place in it of the next byte.
    @inline(__always)
    func withPiece<T>(_ body: (UnsafeBufferPointer<UInt8>, Int) -> T) -> T {
        piece.withUnsafeBufferPointer { body($0, position) }
    }

    /// Goes on at another place of the piece at hand.
    mutating func pass(to position: Int, lines: Int) {
        self.position = position
        line += lines
    }

    /// Passes over the line ending that was peeked at (CR LF, CR or LF) and returns its bytes.
    @discardableResult
    mutating func takeLineEnd() throws(TableError) -> [UInt8] {
        let first = piece[position]
        position += 1
        line += 1
        if first == ASCII.lineFeed { return ByteCursor.lf }
        guard try peek() == ASCII.lineFeed else { return ByteCursor.cr }
        position += 1
        return ByteCursor.crlf
    }

    /// Appends to `bytes` the rest of the line without its ending; false where there is no line any more.
    mutating func takeLine(into bytes: inout [UInt8]) throws(TableError) -> Bool {
        if try peek() == nil { return false }
        while let byte = try peek() {
            if ASCII.isLineEnd(byte) {
                try takeLineEnd()
                break
            }
            copyRun(into: &bytes, before: ASCII.lineFeed)
        }
        return true
    }

    /// Takes the next piece; false at the end.
    private mutating func refill() throws(TableError) -> Bool {
        if let offset = invalidOffset { throw .invalidUTF8(place, byteOffset: offset) }
        if ended { return false }
        position = 0
        let start = validator.offset
        do throws(FileError) { piece = try source.nextPiece() } catch { throw .file(error) }
        if piece.isEmpty {
            ended = true
            invalidOffset = validator.incomplete
        } else {
            invalidOffset = validator.firstInvalid(in: piece)
            if let offset = invalidOffset { piece.removeLast(piece.count - max(0, offset - start)) }
        }
        // An invalid first byte leaves nothing to hand out before it.
        return try piece.isEmpty ? refill() : true
    }
}
