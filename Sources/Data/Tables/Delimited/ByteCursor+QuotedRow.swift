extension ByteCursor {
    /// Where in a row of RFC 4180 the next byte stands.
    private enum State {
        /// Before the first field.
        case row
        /// Before the first byte of a field.
        case field
        case unquoted
        case quoted
        /// After a quote in a quoted field: the first of two, or the closing one.
        case afterQuote
    }

    /// Reads the next row that is not blank over `row`; false at the end.
    mutating func readQuotedRow(into row: inout TableRow, delimiter: UInt8) throws(TableError) -> Bool {
        if readWholeRow(into: &row, delimiter: delimiter) { return true }
        row.clear()
        var state = State.row
        var quotePlace = place
        while let byte = try peek() {
            switch state {
            case .row:
                if ASCII.isLineEnd(byte) {
                    try takeLineEnd()
                } else {
                    row.line = line
                    state = .field
                }
            case .field:
                if byte == ASCII.quote {
                    quotePlace = place
                    skip()
                    state = .quoted
                } else {
                    state = .unquoted
                }
            case .unquoted:
                if byte == delimiter {
                    row.endField()
                    skip()
                    state = .field
                } else if ASCII.isLineEnd(byte) {
                    row.endField()
                    try takeLineEnd()
                    return true
                } else {
                    copyRun(into: &row.bytes, before: delimiter)
                }
            case .quoted:
                if byte == ASCII.quote {
                    skip()
                    state = .afterQuote
                } else if ASCII.isLineEnd(byte) {
                    row.bytes += try takeLineEnd()
                } else {
                    copyRun(into: &row.bytes, before: ASCII.quote)
                }
            case .afterQuote:
                if byte == ASCII.quote {
                    row.bytes.append(byte)
                    skip()
                    state = .quoted
                } else {
                    state = .unquoted
                }
            }
        }
        switch state {
        case .row: return false
        case .quoted: throw .unbalancedQuote(quotePlace)
        case .field, .unquoted, .afterQuote:
            row.endField()
            return true
        }
    }
}
