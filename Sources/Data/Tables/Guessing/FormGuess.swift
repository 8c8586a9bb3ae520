import Foundation
import SafeFiles

/// How a data file seems to be written, judged by its ending and its first mebibyte.
public struct FormGuess: Equatable, Sendable {
    /// Nil where nothing that is read here fits.
    public var format: DataFormat?
    public var encoding: TextEncoding
    /// Delimiters that fit as well as that of `format`.
    public var otherDelimiters: [UInt8] = []

    /// How much of a file is looked at.
    package static let window = 1 << 20
    /// How many rows of it.
    private static let rowLimit = 1000

    package init(format: DataFormat?, encoding: TextEncoding) {
        (self.format, self.encoding) = (format, encoding)
    }

    /// - Parameter file: A plain file, packed or not; one that has no ending is judged by its bytes alone.
    /// - Throws: `TableError.file`, `.emptyFile`, or `.notAText` for what is neither table nor JSON nor Parquet.
    public init(_ file: DataFile) throws(TableError) {
        let source = try file.source().unpacked()
        let start = try FormGuess.start(of: source)
        try self.init(
            start, isWhole: start.count < FormGuess.window, ending: file.fileExtension, of: source.name)
    }

    /// The first bytes of a file: a window of them or more, fewer where it ends before.
    package static func start(of source: ByteSource) throws(TableError) -> [UInt8] {
        var start: [UInt8] = []
        do throws(FileError) {
            while start.count < FormGuess.window {
                let piece = try source.nextPiece()
                if piece.isEmpty { break }
                start += piece
            }
        } catch {
            throw .file(error)
        }
        return start
    }

    /// - Parameters:
    ///   - isWhole: Whether the file ends with these bytes.
    ///   - ending: The file's extension, which counts more than what its bytes look like.
    package init(_ start: [UInt8], isWhole: Bool, ending: String, of name: String) throws(TableError) {
        if start.isEmpty { throw .emptyFile(file: name) }
        encoding = .utf8
        if let kind = FileKind(startingWith: start) {
            switch kind {
            case .parquet:
                format = .parquet
                return
            case .utf16: encoding = .utf16
            default: throw .notAText(file: name, kind)
            }
        } else if let guess = FormGuess.encoding(of: start, isWhole: isWhole) {
            encoding = guess
        }
        let text = try FormGuess.wholeLines(start, isWhole: isWhole, encoding, name)
        if FormGuess.begins(text, "{", "\"") || FormGuess.begins(text, "[", "{") {
            format = .jsonLines
            return
        }
        let usual: [UInt8] =
            ending == "tsv" || ending == "tab" ? [ASCII.tab] : ending == "csv" ? [ASCII.comma] : []
        let fitting = FormGuess.delimiters.compactMap { FormGuess.dialect($0, text, isWhole: isWhole, name) }
        if let named = fitting.first(where: { usual.contains($0.delimiter) })
            ?? (usual.isEmpty ? nil : fitting.first)
        {
            format = .table(named)
            otherDelimiters = fitting.map(\.delimiter).filter {
                $0 != named.delimiter && !usual.contains(named.delimiter)
            }
        } else if let first = fitting.first {
            format = .table(first)
            otherDelimiters = fitting.dropFirst().map(\.delimiter)
        } else {
            // A single column has no delimiter.
            format = usual.isEmpty ? nil : DataFormat(endingOf: "a.\(ending)")
        }
    }

    private static let delimiters: [UInt8] = [ASCII.comma, ASCII.tab, UInt8(ascii: ";"), UInt8(ascii: "|")]

    /// What the file seems to be, for whoever has to say so; nil where nothing fits.
    var words: String? {
        switch format {
        case nil: return nil
        case .parquet: return "a Parquet file (format parquet)"
        case .jsonLines: return "JSON, it seems (format jsonl)"
        case .table(let dialect):
            let delimiter = Character(UnicodeScalar(dialect.delimiter))
            return switch dialect.delimiter {
            case ASCII.tab: "a table separated by tabs, it seems (format tsv)"
            case ASCII.comma: "a table separated by commas, it seems (format csv)"
            default: "a table separated by '\(delimiter)', it seems (delimiter \"\(delimiter)\")"
            }
        }
    }

    // MARK: Encodings

    /// Windows-1252, or Latin-1 where that is the same, for bytes that are not UTF-8 and could be it; nil for UTF-8.
    private static func encoding(of bytes: [UInt8], isWhole: Bool) -> TextEncoding? {
        var validator = UTF8Validator()
        let isInvalid = validator.firstInvalid(in: bytes) != nil || (isWhole && validator.incomplete != nil)
        if !isInvalid { return nil }
        return bytes.contains { (0x80..<0xA0).contains($0) } ? .windows1252 : .latin1
    }

    /// Whether words are mostly of ASCII letters, as in the languages that Latin-1 was made for; in Cyrillic or Greek
    /// code pages, and in those of East Asia, most letters are not ASCII.
    public static func isMostlyASCII(_ bytes: some Sequence<UInt8>) -> Bool {
        var (ascii, other) = (0, 0)
        for byte in bytes {
            if byte >= 0x80 {
                other += 1
            } else if (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A {
                ascii += 1
            }
        }
        return other * 3 < ascii
    }

    /// The text as UTF-8, up to its last line ending where the file goes on.
    private static func wholeLines(
        _ bytes: [UInt8], isWhole: Bool, _ encoding: TextEncoding, _ name: String
    ) throws(TableError) -> [UInt8] {
        var decoder = TextDecoder(encoding, file: name)
        var text: [UInt8]
        do throws(FileError) { text = try decoder.decode(bytes) } catch { throw .file(error) }
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        if text.starts(with: mark) { text.removeFirst(mark.count) }
        if !isWhole, let end = text.lastIndex(of: ASCII.lineFeed) { text.removeLast(text.count - end - 1) }
        return text
    }

    // MARK: Forms

    /// Whether a text begins with two characters, spaces aside: an object and its first key, or an array of objects.
    private static func begins(_ text: [UInt8], _ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Bool {
        let start = text.drop(while: JSONLine.isSpace)
        guard start.first == UInt8(ascii: first) else { return false }
        return start.dropFirst().first { !JSONLine.isSpace($0) } == UInt8(ascii: second)
    }

    /// The dialect with a delimiter by which every row has as many fields, two or more; nil if there is none.
    /// - Parameter isWhole: Whether the file ends with the text; if not, a quoted field may be cut off.
    private static func dialect(
        _ delimiter: UInt8, _ text: [UInt8], isWhole: Bool, _ name: String
    ) -> TableDialect? {
        let quoted = TableDialect(delimiter: delimiter, splitting: .quoted, hasHeader: true)
        let plain = TableDialect(delimiter: delimiter, splitting: .everyDelimiter, hasHeader: true)
        let quotedFits = fits(quoted, text, isWhole: isWhole, name)
        let plainFits = fits(plain, text, isWhole: isWhole, name)
        if !quotedFits { return plainFits ? plain : nil }
        // Tabs hardly stand in texts, so that both may fit; then it is the quotes that tell.
        if plainFits, delimiter == ASCII.tab,
            QuoteEvidence(of: text, isWhole: isWhole, delimiter: delimiter).isUnquoted
        {
            return plain
        }
        return quoted
    }

    private static func fits(
        _ dialect: TableDialect, _ text: [UInt8], isWhole: Bool, _ name: String
    ) -> Bool {
        do throws(TableError) {
            var reader = try TableReader(ByteSource(text, name: name), dialect: dialect)
            guard reader.columns.count > 1 else { return false }
            var row = TableRow()
            for _ in 0..<rowLimit where try !reader.read(into: &row) { return true }
            return true
        } catch {
            if case .unbalancedQuote = error { return !isWhole }
            return false
        }
    }
}
