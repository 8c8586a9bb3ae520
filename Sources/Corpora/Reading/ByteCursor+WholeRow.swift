extension ByteCursor {
    /// Reads a row of RFC 4180 over `row` if it lies whole in the piece at hand and has nothing unusual; false, with
    /// nothing read, where `readQuotedRow` must look at it byte by byte.
    ///
    /// This is the usual case, and all that is done for a field is to look for its end, eight bytes at a time, and to
    /// copy it.
    mutating func readWholeRow(into row: inout TableRow, delimiter: UInt8) -> Bool {
        row.clear()
        row.line = line
        let read = withPiece { piece, start in
            WholeRow.read(piece, from: start, delimiter: delimiter, into: &row)
        }
        guard let (end, lines) = read else { return false }
        pass(to: end, lines: lines)
        return true
    }
}

private enum WholeRow {
    /// Where the row ends and how many line endings it holds, its own included; nil where it is unusual.
    static func read(
        _ piece: UnsafeBufferPointer<UInt8>, from start: Int, delimiter: UInt8, into row: inout TableRow
    ) -> (end: Int, lines: Int)? {
        let count = piece.count
        var next = start
        var lines = 1
        // A blank line is no row.
        guard next < count, !ASCII.isLineEnd(piece[next]) else { return nil }
        while true {
            guard next < count else { return nil }
            if piece[next] == ASCII.quote {
                next += 1
                guard let end = copyQuoted(piece, from: next, into: &row, lines: &lines) else { return nil }
                next = end
            } else {
                let end = firstStop(piece, from: next, delimiter)
                row.bytes.append(contentsOf: UnsafeBufferPointer(rebasing: piece[next..<end]))
                next = end
            }
            // A line ending needs the byte after it, to tell CR from CR LF.
            guard next + 1 < count else { return nil }
            row.endField()
            switch piece[next] {
            case delimiter: next += 1
            case ASCII.lineFeed: return (next + 1, lines)
            case ASCII.carriageReturn: return (next + (piece[next + 1] == ASCII.lineFeed ? 2 : 1), lines)
            default: return nil  // Something after a closing quote.
            }
        }
    }

    /// Copies a quoted field from after its opening quote; where the byte after its closing quote is.
    private static func copyQuoted(
        _ piece: UnsafeBufferPointer<UInt8>, from start: Int, into row: inout TableRow, lines: inout Int
    ) -> Int? {
        var next = start
        while true {
            let end = firstStop(piece, from: next, ASCII.quote)
            guard end + 1 < piece.count, piece[end] != ASCII.carriageReturn else { return nil }
            row.bytes.append(contentsOf: UnsafeBufferPointer(rebasing: piece[next..<end]))
            if piece[end] == ASCII.lineFeed {
                row.bytes.append(ASCII.lineFeed)
                lines += 1
                next = end + 1
            } else if piece[end + 1] == ASCII.quote {
                row.bytes.append(ASCII.quote)
                next = end + 2
            } else {
                return end + 1
            }
        }
    }

    /// The first `stop` or line ending, or the end of the piece.
    @inline(__always)
    private static func firstStop(_ piece: UnsafeBufferPointer<UInt8>, from start: Int, _ stop: UInt8) -> Int
    {
        let bytes = UnsafeRawBufferPointer(piece)
        let stops = ones &* UInt64(stop)
        var next = start
        while next + 8 <= bytes.count {
            let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: next, as: UInt64.self))
            let found = zeros(word ^ stops) | zeros(word ^ lineFeeds) | zeros(word ^ carriageReturns)
            if found != 0 { return next + found.trailingZeroBitCount / 8 }
            next += 8
        }
        while next < bytes.count, bytes[next] != stop, !ASCII.isLineEnd(bytes[next]) { next += 1 }
        return next
    }

    /// The high bit of the lowest byte that is 0; of higher bytes it may be set too (Mycroft's test).
    @inline(__always)
    private static func zeros(_ word: UInt64) -> UInt64 { (word &- ones) & ~word & (ones << 7) }

    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let lineFeeds = ones &* UInt64(ASCII.lineFeed)
    private static let carriageReturns = ones &* UInt64(ASCII.carriageReturn)
}
