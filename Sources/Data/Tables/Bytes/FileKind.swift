/// What a file that was taken for a table or for JSON is instead, by its first bytes.
public enum FileKind: Equatable, Sendable {
    /// A zip archive, which workbooks (.xlsx, .ods) are too.
    case workbookOrZip
    /// A workbook of the older kind (.xls).
    case oldWorkbook
    case utf16
    case webPage
    case pdf
    case parquet
    case tar
    case sqlite
    /// Bytes that no text has.
    case binary

    /// How many bytes are looked at.
    static let window = 1 << 10

    /// Nil for what may be a table or JSON.
    init?(startingWith bytes: some Collection<UInt8>) {
        let start = bytes.prefix(FileKind.window)
        if let known = FileKind.magic.first(where: { start.starts(with: $0.bytes) }) {
            self = known.kind
            return
        }
        if start.dropFirst(257).starts(with: "ustar".utf8) {
            self = .tar
            return
        }
        // Nothing but ASCII's control character NUL makes a zero byte, and no text has that; in UTF-16 every other
        // byte of Latin letters is zero.
        let zeros = start.enumerated().filter { $1 == 0 }.map(\.offset)
        if !zeros.isEmpty {
            let inOdd = zeros.count { $0 % 2 == 1 }
            let isUTF16 = (inOdd == 0 || inOdd == zeros.count) && zeros.count * 3 > start.count
            self = isUTF16 ? .utf16 : .binary
            return
        }
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let text = start.starts(with: mark) ? start.dropFirst(mark.count) : start
        let first = text.drop { $0 == ASCII.space || $0 == ASCII.tab || ASCII.isLineEnd($0) }
        let word = String(decoding: first.prefix(14), as: UTF8.self).lowercased()
        guard word.hasPrefix("<!doctype html") || word.hasPrefix("<html") || word.hasPrefix("<head") else {
            return nil
        }
        self = .webPage
    }

    /// The bytes that files of a kind begin with.
    private static let magic: [(bytes: [UInt8], kind: FileKind)] = [
        ([0x50, 0x4B, 0x03, 0x04], .workbookOrZip),
        ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], .oldWorkbook),
        ([0xFF, 0xFE], .utf16), ([0xFE, 0xFF], .utf16),
        (Array("%PDF".utf8), .pdf), (ParquetFile.magic, .parquet),
        (Array("SQLite format 3".utf8), .sqlite),
    ]
}

extension FileKind: CustomStringConvertible {
    /// What it is, and what to try.
    public var description: String {
        switch self {
        case .workbookOrZip:
            "an Excel or LibreOffice workbook, or a zip archive, whatever its name says; open it and save it as "
                + "'CSV UTF-8', or unpack it"
        case .oldWorkbook:
            "an Excel workbook of the older kind, whatever its name says; open it and save it as 'CSV UTF-8'"
        case .utf16:
            "UTF-16 text; set 'encoding: utf-16' (--encoding utf-16), or convert it: iconv -f UTF-16 -t UTF-8 OLD > NEW"
        case .webPage:
            "a web page, probably an error or a log-in page that was saved in place of the data; get the file again"
        case .pdf: "a PDF document; get the data as CSV"
        case .parquet: "a Parquet file; set 'format: parquet' (--input-format parquet)"
        case .tar: "a tar archive; unpack it (tar -xf FILE) and name one file"
        case .sqlite:
            "an SQLite database; export a table: sqlite3 -header -csv FILE 'SELECT * FROM TABLE' > NEW.csv"
        case .binary: "not text: it holds zero bytes"
        }
    }
}
