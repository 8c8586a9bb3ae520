import SafeFiles

/// How the bytes of a file of text stand for characters.
///
/// - `latin-1` is ISO 8859-1 without its control characters from 0x80 to 0x9F: where one occurs, the file is
///   almost surely Windows-1252, and that is said.
/// - `windows-1252` has no character for five bytes, which are errors, as they are in Python.
/// - `utf-16` is told by its byte order mark, and is little-endian without one.
public enum TextEncoding: String, CaseIterable, Sendable {
    case utf8 = "utf-8"
    case latin1 = "latin-1"
    case windows1252 = "windows-1252"
    case utf16 = "utf-16"
    case utf16LittleEndian = "utf-16-le"
    case utf16BigEndian = "utf-16-be"

    /// Reads a name as pandas' users spell it, in any case.
    public init?(named name: String) {
        switch name.lowercased() {
        case "utf-8", "utf8", "utf-8-sig", "ascii": self = .utf8
        case "latin-1", "latin1", "iso-8859-1", "iso8859-1": self = .latin1
        case "windows-1252", "cp1252", "ansi": self = .windows1252
        case "utf-16", "utf16": self = .utf16
        case "utf-16-le", "utf-16le": self = .utf16LittleEndian
        case "utf-16-be", "utf-16be": self = .utf16BigEndian
        default: return nil
        }
    }

    /// The characters of the bytes 0x80 to 0x9F in Windows-1252; 0 for a byte that has none.
    fileprivate static let windowsCharacters: [UInt16] = [
        0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,
        0x017D, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
        0x0153, 0, 0x017E, 0x0178,
    ]
}

/// Makes UTF-8 of pieces of bytes in another encoding.
struct TextDecoder {
    private let encoding: TextEncoding
    private let file: String
    /// The line of the next byte, from 1.
    private var line = 1
    private var isBigEndian: Bool
    private var isStart = true
    /// The bytes of a character that the piece before cut.
    private var held: [UInt8] = []

    init(_ encoding: TextEncoding, file: String) {
        self.encoding = encoding
        self.file = file
        isBigEndian = encoding == .utf16BigEndian
    }

    /// The bytes as UTF-8; of a character that the piece cuts, with the next piece.
    mutating func decode(_ piece: [UInt8]) throws(FileError) -> [UInt8] {
        switch encoding {
        case .utf8: return piece
        case .latin1, .windows1252: return try decodeBytes(piece)
        case .utf16, .utf16LittleEndian, .utf16BigEndian: return try decodeUnits(piece)
        }
    }

    /// Called at the end of the bytes.
    func finish() throws(FileError) {
        if !held.isEmpty { throw problem("the file ends in the middle of a character of UTF-16") }
    }

    private func problem(_ what: String) -> FileError {
        .unreadable(path: "\(file):\(line)", reason: what)
    }

    private mutating func decodeBytes(_ piece: [UInt8]) throws(FileError) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(piece.count + piece.count / 8)
        for byte in piece {
            var scalar = UInt16(byte)
            if (0x80..<0xA0).contains(byte) {
                let hexadecimal = "0x" + String(byte, radix: 16, uppercase: true)
                if encoding == .latin1 {
                    throw problem(
                        "byte \(hexadecimal) is a control character in latin-1; "
                            + "the file is probably windows-1252: set 'encoding: windows-1252'")
                }
                scalar = TextEncoding.windowsCharacters[Int(byte) - 0x80]
                if scalar == 0 { throw problem("byte \(hexadecimal) is no character of windows-1252") }
            }
            if byte == ASCII.lineFeed { line += 1 }
            TextDecoder.append(UInt32(scalar), to: &output)
        }
        return output
    }

    private mutating func decodeUnits(_ piece: [UInt8]) throws(FileError) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(piece.count)
        let bytes = held + piece
        held = []
        var next = 0
        func unit(_ place: Int) -> UInt32 {
            isBigEndian
                ? UInt32(bytes[place]) << 8 | UInt32(bytes[place + 1])
                : UInt32(bytes[place + 1]) << 8 | UInt32(bytes[place])
        }
        if isStart, bytes.count >= 2 {
            isStart = false
            if encoding == .utf16, bytes[0] == 0xFE, bytes[1] == 0xFF { isBigEndian = true }
            if unit(0) == 0xFEFF { next = 2 }
        }
        while next + 2 <= bytes.count {
            var scalar = unit(next)
            var size = 2
            if (0xD800..<0xDC00).contains(scalar) {
                guard next + 4 <= bytes.count else { break }
                let low = unit(next + 2)
                guard (0xDC00..<0xE000).contains(low) else { throw problem("half of a surrogate pair") }
                scalar = 0x10000 + (scalar - 0xD800) << 10 + (low - 0xDC00)
                size = 4
            } else if (0xDC00..<0xE000).contains(scalar) {
                throw problem("half of a surrogate pair")
            }
            if scalar == UInt32(ASCII.lineFeed) { line += 1 }
            TextDecoder.append(scalar, to: &output)
            next += size
        }
        held = Array(bytes[next...])
        return output
    }

    /// - Precondition: No surrogate.
    private static func append(_ scalar: UInt32, to output: inout [UInt8]) {
        switch scalar {
        case ..<0x80:
            output.append(UInt8(scalar))
        case ..<0x800:
            output.append(UInt8(0xC0 | scalar >> 6))
            output.append(UInt8(0x80 | scalar & 0x3F))
        case ..<0x10000:
            output.append(UInt8(0xE0 | scalar >> 12))
            output.append(UInt8(0x80 | scalar >> 6 & 0x3F))
            output.append(UInt8(0x80 | scalar & 0x3F))
        default:
            output.append(UInt8(0xF0 | scalar >> 18))
            output.append(UInt8(0x80 | scalar >> 12 & 0x3F))
            output.append(UInt8(0x80 | scalar >> 6 & 0x3F))
            output.append(UInt8(0x80 | scalar & 0x3F))
        }
    }
}

extension ByteSource {
    /// The same text as UTF-8.
    package func decoded(from encoding: TextEncoding) -> ByteSource {
        if encoding == .utf8 { return self }
        var decoder = TextDecoder(encoding, file: name)
        return mapping { (piece) throws(FileError) in
            if piece.isEmpty { try decoder.finish() }
            return try decoder.decode(piece)
        }
    }
}
