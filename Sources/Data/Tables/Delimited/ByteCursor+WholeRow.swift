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
                let end = ByteSearch.firstStop(piece, from: next, delimiter)
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
            let end = ByteSearch.firstStop(piece, from: next, ASCII.quote)
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
}
