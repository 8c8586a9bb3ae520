/// How the lines of a file become fields.
public struct TableDialect: Equatable, Sendable {
    /// What separates fields: one ASCII character.
    public var delimiter: UInt8
    public var splitting: Splitting
    /// Whether the first row names the columns.
    public var hasHeader: Bool

    public enum Splitting: Equatable, Sendable {
        /// RFC 4180: a field in quotes may hold delimiters, line endings and doubled quotes.
        ///
        /// As in Python's `csv` module, a quote inside an unquoted field stands for itself, and what follows a closing
        /// quote belongs to the field. A quote that is never closed is an error.
        case quoted
        /// At every delimiter; quotes stand for themselves.
        case everyDelimiter
        /// At the last delimiter of the line alone; quotes stand for themselves.
        case lastDelimiter
        /// Not at all: a line is a field.
        case wholeLine
    }

    public init(delimiter: UInt8, splitting: Splitting, hasHeader: Bool) {
        self.delimiter = delimiter
        self.splitting = splitting
        self.hasHeader = hasHeader
    }

    public static let csv = TableDialect(delimiter: ASCII.comma, splitting: .quoted, hasHeader: true)
    public static let tsv = TableDialect(delimiter: ASCII.tab, splitting: .everyDelimiter, hasHeader: true)
    /// One text a line.
    public static let lines = TableDialect(delimiter: 0, splitting: .wholeLine, hasHeader: false)
}
