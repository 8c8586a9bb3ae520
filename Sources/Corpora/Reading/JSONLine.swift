/// Parses one JSON object (RFC 8259) whose values are texts, numbers, truth values, null, or arrays of these.
struct JSONLine {
    private let bytes: [UInt8]
    /// The next byte; where a parse failed, the byte that is wrong.
    private(set) var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The entries of the object, which must be all that stands there.
    mutating func parse() throws(JSONProblem) -> [(key: String, value: Cell)] {
        var entries: [(key: String, value: Cell)] = []
        try expect("{", as: "an object")
        if !take("}") {
            repeat {
                skipSpaces()
                let start = position
                let key = try string(as: "a key in quotes")
                if entries.contains(where: { $0.key == key }) {
                    position = start
                    throw .repeatedKey(key)
                }
                try expect(":", as: "':'")
                entries.append((key, try value()))
            } while take(",")
            try expect("}", as: "',' or '}'")
        }
        skipSpaces()
        if position < bytes.count { throw unexpected("the end of the line") }
        return entries
    }

    static func isSpace(_ byte: UInt8) -> Bool {
        byte == ASCII.space || byte == ASCII.tab || ASCII.isLineEnd(byte)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    // MARK: Values

    private mutating func value() throws(JSONProblem) -> Cell {
        if !take("[") {
            return try scalar().map(Cell.text) ?? .missing
        }
        var items: [String] = []
        if take("]") { return .list(items) }
        repeat {
            guard let item = try scalar() else { throw .nullInList }
            items.append(item)
        } while take(",")
        try expect("]", as: "',' or ']'")
        return .list(items)
    }

    /// A text, number or truth value; nil for null.
    private mutating func scalar() throws(JSONProblem) -> String? {
        skipSpaces()
        switch next {
        case UInt8(ascii: "\""): return try string(as: "a text")
        case let byte? where byte == UInt8(ascii: "-") || JSONLine.isDigit(byte): return try number()
        case UInt8(ascii: "{"), UInt8(ascii: "["): throw .nested
        default:
            if takeWord("true") { return "true" }
            if takeWord("false") { return "false" }
            if takeWord("null") { return nil }
            throw unexpected("a value")
        }
    }

    /// A number as it is spelled: `-`?, digits without leading zeros, fraction?, exponent?.
    private mutating func number() throws(JSONProblem) -> String {
        let start = position
        _ = takeByte("-")
        if !takeByte("0") { try digits() }
        if takeByte(".") { try digits() }
        if takeByte("e") || takeByte("E") {
            if !takeByte("+") { _ = takeByte("-") }
            try digits()
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func digits() throws(JSONProblem) {
        let start = position
        while let byte = next, JSONLine.isDigit(byte) { position += 1 }
        if position == start { throw .badNumber }
    }

    // MARK: Strings

    private mutating func string(as expected: String) throws(JSONProblem) -> String {
        guard takeByte("\"") else { throw unexpected(expected) }
        var text: [UInt8] = []
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                position += 1
                try appendEscape(to: &text)
            case 0..<0x20:
                throw .controlCharacter
            default:
                let start = position
                while let byte = next, byte != ASCII.quote, byte != UInt8(ascii: "\\"), byte >= 0x20 {
                    position += 1
                }
                text += bytes[start..<position]
            }
        }
        throw unexpected("a closing quote")
    }

    private mutating func appendEscape(to text: inout [UInt8]) throws(JSONProblem) {
        if takeByte("u") {
            text.append(contentsOf: Array(String(try escapedScalar()).utf8))
            return
        }
        guard let byte = next, let escaped = JSONLine.escapes[byte] else { throw .badEscape }
        position += 1
        text.append(escaped)
    }

    private static let escapes: [UInt8: UInt8] = [
        UInt8(ascii: "\""): UInt8(ascii: "\""), UInt8(ascii: "\\"): UInt8(ascii: "\\"),
        UInt8(ascii: "/"): UInt8(ascii: "/"), UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): 0x0C,
        UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09,
    ]

    /// The character of one `\uXXXX`, or of two that are a surrogate pair.
    private mutating func escapedScalar() throws(JSONProblem) -> Unicode.Scalar {
        let first = try fourHexDigits()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00, takeByte("\\"), takeByte("u") else { throw .loneSurrogate }
        let second = try fourHexDigits()
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw .loneSurrogate }
        return scalar
    }

    private mutating func fourHexDigits() throws(JSONProblem) -> UInt32 {
        guard position + 4 <= bytes.count else { throw .badEscape }
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue else {
                throw .badEscape
            }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }

    // MARK: Bytes

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipSpaces() {
        while let byte = next, JSONLine.isSpace(byte) { position += 1 }
    }

    /// Passes over `character` if it comes next.
    private mutating func takeByte(_ character: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    /// Passes over spaces, and `character` if it comes then.
    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipSpaces()
        return takeByte(character)
    }

    private mutating func takeWord(_ word: String) -> Bool {
        guard bytes[position...].starts(with: word.utf8) else { return false }
        position += word.utf8.count
        return true
    }

    private mutating func expect(_ character: Unicode.Scalar, as expected: String) throws(JSONProblem) {
        if !take(character) { throw unexpected(expected) }
    }

    private func unexpected(_ expected: String) -> JSONProblem {
        let rest = bytes[position...].prefix(12)
        let found = rest.isEmpty ? "the end of the line" : "'\(String(decoding: rest, as: UTF8.self))'"
        return .unexpected(found: found, expected: expected)
    }
}
