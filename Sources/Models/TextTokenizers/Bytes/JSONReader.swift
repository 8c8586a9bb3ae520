/// Reads JSON (RFC 8259) from bytes.
package struct JSONReader {
    /// What is wrong, and where.
    package struct Failure: Error, Equatable {
        package var line: Int
        package var reason: String
    }

    /// Deeper nesting is refused, so that no file can exhaust the stack.
    private static let maximumDepth = 64

    private let bytes: [UInt8]
    private let reading: DecimalReading
    private var position = 0

    /// The one value that `bytes` hold.
    /// - Parameter reading: How numbers that are no `Int` are read.
    package static func read(
        _ bytes: [UInt8], numbers reading: DecimalReading = .nearest
    ) throws(Failure) -> JSONValue {
        var reader = JSONReader(bytes: bytes, reading: reading)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { reader.position = 3 }  // a byte order mark
        let value = try reader.value(depth: 0)
        reader.skipBlanks()
        if reader.position < bytes.count { throw reader.failure("something follows the value") }
        return value
    }

    private init(bytes: [UInt8], reading: DecimalReading) {
        self.bytes = bytes
        self.reading = reading
    }

    private func failure(_ reason: String) -> Failure {
        Failure(line: 1 + bytes[..<position].count { $0 == UInt8(ascii: "\n") }, reason: reason)
    }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipBlanks() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            position += 1
        }
    }

    private mutating func take(_ byte: Unicode.Scalar) -> Bool {
        guard current == UInt8(ascii: byte) else { return false }
        position += 1
        return true
    }

    private mutating func value(depth: Int) throws(Failure) -> JSONValue {
        if depth > Self.maximumDepth { throw failure("nested more than \(Self.maximumDepth) deep") }
        skipBlanks()
        switch current {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case nil: throw failure("the text ends where a value should be")
        default: return try number()
        }
    }

    private mutating func word(_ word: String, _ value: JSONValue) throws(Failure) -> JSONValue {
        guard bytes[position...].starts(with: word.utf8) else { throw failure("no value begins so") }
        position += word.utf8.count
        return value
    }

    private mutating func object(depth: Int) throws(Failure) -> JSONValue {
        position += 1
        var members: [JSONValue.Member] = []
        skipBlanks()
        if take("}") { return .object([]) }
        while true {
            skipBlanks()
            guard current == UInt8(ascii: "\"") else { throw failure("expected a key in quotes") }
            let key = try string()
            skipBlanks()
            guard take(":") else { throw failure("expected a colon after the key") }
            members.append(JSONValue.Member(key: key, value: try value(depth: depth + 1)))
            skipBlanks()
            if take("}") { return .object(members) }
            guard take(",") else { throw failure("expected a comma or a closing brace") }
        }
    }

    private mutating func array(depth: Int) throws(Failure) -> JSONValue {
        position += 1
        var values: [JSONValue] = []
        skipBlanks()
        if take("]") { return .array([]) }
        while true {
            values.append(try value(depth: depth + 1))
            skipBlanks()
            if take("]") { return .array(values) }
            guard take(",") else { throw failure("expected a comma or a closing bracket") }
        }
    }

    private mutating func number() throws(Failure) -> JSONValue {
        let start = position
        _ = take("-")
        let whole = try digits()
        if whole > 1 && bytes[position - whole] == UInt8(ascii: "0") {
            throw failure("a number begins with 0")
        }
        var isInteger = true
        if take(".") {
            isInteger = false
            _ = try digits()
        }
        if take("e") || take("E") {
            isInteger = false
            if !take("+") { _ = take("-") }
            _ = try digits()
        }
        if isInteger, whole <= Self.surelyAnInt {
            let magnitude = bytes[position - whole..<position].reduce(0) {
                10 * $0 + Int($1 - UInt8(ascii: "0"))
            }
            return .integer(bytes[start] == UInt8(ascii: "-") ? -magnitude : magnitude)
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if isInteger, let value = Int(text) { return .integer(value) }
        let value: Double? =
            switch reading {
            case .nearest: Double(text)
            case .wholeByPower: DecimalNumber(bytes[start..<position]).wholeByPower
            }
        guard let value, value.isFinite else { throw failure("a number out of range") }
        return .number(value)
    }

    /// Digits that every number of has room for in an `Int`.
    private static let surelyAnInt = 18

    /// How many digits there were; one at least.
    private mutating func digits() throws(Failure) -> Int {
        let start = position
        while let byte = current, byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") { position += 1 }
        if position == start { throw failure("no value begins so") }
        return position - start
    }

    private mutating func string() throws(Failure) -> String {
        position += 1
        let start = position
        var bits: UInt8 = 0
        while let byte = current, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 {
            bits |= byte
            position += 1
        }
        if take("\"") {
            // Nearly every string: without an escape, so that it is as it stands. ASCII needs no validation, which is slow.
            let plain = bytes[start..<position - 1]
            if bits < 0x80 { return String(decoding: plain, as: UTF8.self) }
            guard let string = String(validating: plain, as: UTF8.self) else {
                throw failure("a string is not UTF-8")
            }
            return string
        }
        var out = Array(bytes[start..<position])
        while let byte = current {
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let string = String(validating: out, as: UTF8.self) else {
                    throw failure("a string is not UTF-8")
                }
                return string
            case UInt8(ascii: "\\"): UTF8Bytes.append(try escaped(), to: &out)
            case 0..<0x20: throw failure("a control character in a string")
            default: out.append(byte)
            }
        }
        throw failure("a string does not end")
    }

    /// The code point of an escape, whose backslash is read.
    private mutating func escaped() throws(Failure) -> UInt32 {
        guard let byte = current else { throw failure("a string does not end") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return UInt32(byte)
        case UInt8(ascii: "b"): return 0x08
        case UInt8(ascii: "f"): return 0x0C
        case UInt8(ascii: "n"): return 0x0A
        case UInt8(ascii: "r"): return 0x0D
        case UInt8(ascii: "t"): return 0x09
        case UInt8(ascii: "u"):
            let unit = try hexadecimal()
            guard (0xD800...0xDFFF).contains(unit) else { return unit }
            guard unit < 0xDC00, take("\\"), take("u") else { throw failure("half a surrogate pair") }
            let low = try hexadecimal()
            guard (0xDC00...0xDFFF).contains(low) else { throw failure("half a surrogate pair") }
            return 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
        default: throw failure("an unknown escape")
        }
    }

    private mutating func hexadecimal() throws(Failure) -> UInt32 {
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = current, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw failure("expected four hexadecimal digits")
            }
            unit = unit << 4 | UInt32(digit)
            position += 1
        }
        return unit
    }
}
