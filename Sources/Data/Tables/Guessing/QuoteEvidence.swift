import SafeFiles

/// What the quotes of a table tell about how it was written, by the letter of RFC 4180: whether every quote of the file
/// opens a field, closes one, or is doubled inside one, and every row has as many fields as the first.
///
/// A table whose quotes stand for themselves hardly ever passes: one quote amid a field is enough.
package struct QuoteEvidence {
    private enum State { case start, unquoted, quoted, afterQuote }

    private let delimiter: UInt8
    private var state = State.start
    /// Fields of the row so far, and of the first row.
    private var fields = 0
    private var expected: Int?
    private var isEmptyRow = true
    /// Of the field at hand: whether it holds what only quotes let it hold, and whether it may be a number.
    private var needsQuotes = false
    private var isNumber = true
    /// False once a quote or a row is as no writer of quoted fields leaves it.
    private(set) var isWellFormed = true
    /// Fields in quotes that need them: for quotes, delimiters or line endings inside.
    private(set) var needing = 0
    /// Fields in quotes that do not.
    private(set) var needless = 0
    /// Fields without quotes that are no numbers.
    private(set) var bare = 0

    init(delimiter: UInt8) { self.delimiter = delimiter }

    /// - Parameters:
    ///   - text: Whole lines of UTF-8.
    ///   - isWhole: Whether the table ends with them.
    init(of text: [UInt8], isWhole: Bool, delimiter: UInt8) {
        self.init(delimiter: delimiter)
        add(text)
        if isWhole { finish() }
    }

    /// - Throws: `TableError` where the bytes cannot be read.
    package init(of source: ByteSource, delimiter: UInt8) throws(TableError) {
        self.init(delimiter: delimiter)
        do throws(FileError) {
            while isWellFormed {
                let piece = try source.nextPiece()
                if piece.isEmpty { break }
                add(piece)
            }
        } catch {
            throw .file(error)
        }
        finish()
    }

    /// Whether quotes stand for themselves: some cannot be a writer's, or the few fields in quotes could as well be
    /// quotations.
    var isUnquoted: Bool { !isWellFormed || needing == 0 && (needless == 0 || bare > 0) }

    /// Whether the fields may have been quoted when the table was written.
    package var mayBeQuoted: Bool { isWellFormed && needing + needless > 0 }

    mutating func add(_ bytes: [UInt8]) {
        for byte in bytes {
            switch state {
            case .quoted:
                if byte == ASCII.quote {
                    state = .afterQuote
                } else if byte == delimiter || ASCII.isLineEnd(byte) {
                    needsQuotes = true
                }
            case .afterQuote where byte == ASCII.quote:
                needsQuotes = true
                state = .quoted
            case .afterQuote, .start, .unquoted:
                outside(byte)
            }
        }
    }

    /// Takes a byte that is not inside quotes.
    private mutating func outside(_ byte: UInt8) {
        if byte == delimiter {
            endField()
            isEmptyRow = false
        } else if ASCII.isLineEnd(byte) {
            endRow()
        } else if byte == ASCII.quote, state == .start {
            state = .quoted
            isEmptyRow = false
        } else if byte == ASCII.quote || state == .afterQuote {
            isWellFormed = false
        } else {
            state = .unquoted
            isEmptyRow = false
            isNumber = isNumber && (byte <= 0x39 && byte >= 0x2B || byte | 0x20 == 0x65)
        }
    }

    private mutating func endField() {
        switch state {
        case .afterQuote: if needsQuotes { needing += 1 } else { needless += 1 }
        case .unquoted: if !isNumber { bare += 1 }
        case .start, .quoted: break
        }
        fields += 1
        (state, needsQuotes, isNumber) = (.start, false, true)
    }

    private mutating func endRow() {
        if isEmptyRow, state == .start { return }
        endField()
        if expected == nil { expected = fields } else if fields != expected { isWellFormed = false }
        (fields, isEmptyRow) = (0, true)
    }

    private mutating func finish() {
        if state == .quoted { isWellFormed = false } else { endRow() }
    }
}
