import SafeFiles

/// What can be wrong with a file of rows and columns, with the place.
public enum TableError: Error, Equatable, Sendable {
    case file(FileError)
    case parquet(ParquetError)
    /// Not one row, nor a header.
    case emptyFile(file: String)
    /// No table, no JSON and no lines of text, but something else.
    case notAText(file: String, FileKind)
    /// `byteOffset` counts from 0 at the start of the file.
    case invalidUTF8(DataPlace, byteOffset: Int)
    /// A quote that is never closed; the place is where it stands.
    case unbalancedQuote(DataPlace)
    case raggedRow(DataPlace, found: Int, expected: Int)
    /// A row that is too short or too long and goes on over several lines, as after a quote that was not meant to open.
    case runawayRow(DataPlace, lines: Int, found: Int, expected: Int)
    /// A delimiter at the end of the header that the rows do not have, or of the rows that the header does not have.
    case trailingDelimiter(DataPlace, inHeader: Bool)
    /// `column` is the byte of the line, from 1.
    case badJSON(DataPlace, column: Int, JSONProblem)
    /// A name that several columns have, with their numbers.
    case duplicateHeader(DataPlace, name: String, numbers: [Int])
    case missingColumn(file: String, column: String, found: [String])
    /// A JSON array where one value must stand.
    case unexpectedList(DataPlace, column: String)
}
