extension ByteCursor {
    /// Reads the next row that is not blank, or the next line where a line is a field, over `row`; false at the end.
    mutating func readPlainRow(into row: inout TableRow, _ dialect: TableDialect) throws(TableError) -> Bool {
        repeat {
            row.clear()
            row.line = line
            if try !takeLine(into: &row.bytes) { return false }
        } while row.bytes.isEmpty && dialect.splitting != .wholeLine

        switch dialect.splitting {
        case .everyDelimiter:
            row.splitAtEvery(dialect.delimiter)
        case .lastDelimiter:
            if let last = row.bytes.lastIndex(of: dialect.delimiter) {
                row.bytes.remove(at: last)
                row.ends.append(last)
            }
            row.endField()
        case .wholeLine, .quoted:
            row.endField()
        }
        return true
    }
}

extension TableRow {
    /// Makes fields of `bytes`, a whole line, moving them over the delimiters between them.
    fileprivate mutating func splitAtEvery(_ delimiter: UInt8) {
        var kept = 0
        for i in bytes.indices {
            let byte = bytes[i]
            if byte == delimiter {
                ends.append(kept)
            } else {
                bytes[kept] = byte
                kept += 1
            }
        }
        bytes.removeLast(bytes.count - kept)
        ends.append(kept)
    }
}
