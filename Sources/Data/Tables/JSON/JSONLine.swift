import SettingKeys

/// Parses one JSON object (RFC 8259, and `NaN` and `Infinity` as Python writes them).
///
/// What stands in an object inside the object has the names of both joined by `.`, as in pandas' `json_normalize` and in
/// the columns of Parquet. Values that nobody asked for are passed over, whatever they are.
struct JSONLine {
    private let bytes: [UInt8]
    /// The next byte; where a parse failed, the byte that is wrong.
    private(set) var position = 0
    private var found: Found

    /// What is gathered on the way.
    private enum Found {
        /// Every entry of the object, none of which may be an object.
        case all([(key: String, value: Cell)], seen: Set<String>)
        /// The keys, of objects inside too.
        case keys([String], seen: Set<String>)
        /// The cells of some keys.
        case cells(JSONKeys, [Cell?])
    }

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        found = .keys([], seen: [])
    }

    /// The entries of the object, which must be all that stands there: texts, numbers, truth values, null, or arrays of
    /// these.
    mutating func parse() throws(JSONProblem) -> [(key: String, value: Cell)] {
        found = .all([], seen: [])
        try parseWhole()
        if case .all(let entries, _) = found { return entries }
        return []
    }

    /// The cells of some keys; missing where the object lacks one, or it is null.
    mutating func cells(of keys: JSONKeys) throws(JSONProblem) -> [Cell?] {
        found = .cells(keys, Array(repeating: nil, count: keys.count))
        try parseWhole()
        if case .cells(_, let cells) = found { return cells }
        return []
    }

    /// The keys of the object, in their order.
    mutating func keys() throws(JSONProblem) -> [String] {
        found = .keys([], seen: [])
        try parseWhole()
        if case .keys(let keys, _) = found { return keys }
        return []
    }

    // MARK: Objects

    private mutating func parseWhole() throws(JSONProblem) {
        position = 0
        try object(inside: "", depth: 0)
        skipSpaces()
        if position < bytes.count { throw unexpected("the end of the line") }
    }

    /// Objects further inside have no columns.
    private static let greatestDepth = 16

    private mutating func object(inside parent: String, depth: Int) throws(JSONProblem) {
        try expect("{", as: "an object")
        if take("}") { return }
        repeat {
            skipSpaces()
            let start = position
            let key = try string(as: "a key in quotes")
            try expect(":", as: "':'")
            let path = parent.isEmpty ? key : "\(parent).\(key)"
            skipSpaces()
            if next == UInt8(ascii: "{"), depth < JSONLine.greatestDepth, goesInside(path) {
                try object(inside: path, depth: depth + 1)
            } else {
                try take(path, from: start)
            }
        } while take(",")
        try expect("}", as: "',' or '}'")
    }

    private func goesInside(_ path: String) -> Bool {
        switch found {
        case .all: false
        case .keys: !isEmptyObject
        case .cells(let keys, _): keys.parents.contains(path)
        }
    }

    /// Whether what comes next are two braces: such an object is a value, of which there are no keys.
    private var isEmptyObject: Bool {
        var ahead = self
        return ahead.take("{") && ahead.take("}")
    }

    /// Takes the value of a key if it is wanted, and passes over it else.
    private mutating func take(_ path: String, from start: Int) throws(JSONProblem) {
        switch found {
        case .all(var entries, var seen):
            found = .keys([], seen: [])  // So that the arrays are not copied.
            if !seen.insert(path).inserted { throw repeated(path, at: start) }
            entries.append((path, try value()))
            found = .all(entries, seen: seen)
        case .keys(var keys, var seen):
            found = .keys([], seen: [])
            if seen.insert(path).inserted { keys.append(path) }
            found = .keys(keys, seen: seen)
            try skipValue()
        case .cells(let keys, var cells):
            guard let place = keys.places[path] else { return try skipValue() }
            if cells[place] != nil { throw repeated(path, at: start) }
            found = .keys([], seen: [])
            cells[place] = try keys.passesOverOddValues ? readableValue() : value()
            found = .cells(keys, cells)
        }
    }

    private mutating func repeated(_ path: String, at start: Int) -> JSONProblem {
        position = start
        return .repeatedKey(path)
    }

    /// Passes over a value of any form.
    private mutating func skipValue() throws(JSONProblem) {
        /// What closes the arrays and objects that are open.
        var open: [UInt8] = []
        while true {
            skipSpaces()
            switch next {
            case UInt8(ascii: "{"):
                position += 1
                if !take("}") {
                    open.append(UInt8(ascii: "}"))
                    try skipKey()
                    continue
                }
            case UInt8(ascii: "["):
                position += 1
                if !take("]") {
                    open.append(UInt8(ascii: "]"))
                    continue
                }
            case ASCII.quote: try skipString()
            default: _ = try scalar()
            }
            if try !goOn(&open) { return }
        }
    }

    /// Passes over what follows a value, up to the next one; false where the outermost has ended.
    private mutating func goOn(_ open: inout [UInt8]) throws(JSONProblem) -> Bool {
        while let closer = open.last {
            if take(",") {
                if closer == UInt8(ascii: "}") { try skipKey() }
                return true
            }
            guard next == closer else {
                throw unexpected(closer == UInt8(ascii: "}") ? "',' or '}'" : "',' or ']'")
            }
            position += 1
            open.removeLast()
        }
        return false
    }

    private mutating func skipKey() throws(JSONProblem) {
        skipSpaces()
        guard next == ASCII.quote else { throw unexpected("a key in quotes") }
        try skipString()
        try expect(":", as: "':'")
    }

    private mutating func skipString() throws(JSONProblem) {
        position += 1
        position = try closingQuote() + 1
    }

    /// Where the string ends that has begun before `position`.
    private mutating func closingQuote() throws(JSONProblem) -> Int {
        var end = position
        while end < bytes.count, bytes[end] != ASCII.quote {
            end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1
        }
        guard end < bytes.count else {
            position = bytes.count
            throw unexpected("a closing quote")
        }
        return end
    }

    static func isSpace(_ byte: UInt8) -> Bool {
        byte == ASCII.space || byte == ASCII.tab || ASCII.isLineEnd(byte)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    // MARK: Values

    /// A value; nil, passed over, for one that is no cell.
    private mutating func readableValue() throws(JSONProblem) -> Cell? {
        let start = position
        do throws(JSONProblem) {
            return try value()
        } catch {
            switch error {
            case .nested, .nullInList:
                position = start
                try skipValue()
                return nil
            default: throw error
            }
        }
    }

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

    /// A text, number or truth value; nil for null, and for what is not a number.
    private mutating func scalar() throws(JSONProblem) -> String? {
        skipSpaces()
        switch next {
        case UInt8(ascii: "\""): return try string(as: "a text")
        case let byte? where byte == UInt8(ascii: "-") || JSONLine.isDigit(byte): return try number()
        case UInt8(ascii: "{"), UInt8(ascii: "["): throw .nested
        default:
            if takeWord("true") { return "true" }
            if takeWord("false") { return "false" }
            if takeWord("null") || takeWord("NaN") { return nil }
            if takeWord("Infinity") { return "Infinity" }
            throw unexpected("a value")
        }
    }

    /// A number as it is spelled: `-`?, digits without leading zeros, fraction?, exponent?.
    private mutating func number() throws(JSONProblem) -> String {
        let start = position
        if takeByte("-"), takeWord("Infinity") { return "-Infinity" }
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
        let start = position
        passPlain()
        // Most strings have no escapes, and are copied but once.
        if next == ASCII.quote {
            defer { position += 1 }
            return String(decoding: bytes[start..<position], as: UTF8.self)
        }
        var text: [UInt8] = []
        let plain = position
        text.reserveCapacity(try closingQuote() - start)
        position = plain
        text += bytes[start..<plain]
        while let byte = next {
            switch byte {
            case ASCII.quote:
                position += 1
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                position += 1
                try appendEscape(to: &text)
            case 0..<0x20:
                throw .controlCharacter
            default:
                let start = position
                passPlain()
                text += bytes[start..<position]
            }
        }
        throw unexpected("a closing quote")
    }

    /// Passes over bytes that stand for themselves.
    private mutating func passPlain() {
        while let byte = next, byte != ASCII.quote, byte != UInt8(ascii: "\\"), byte >= 0x20 { position += 1 }
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
        let found = rest.isEmpty ? "the end of the line" : "'\(shown(String(decoding: rest, as: UTF8.self)))'"
        return .unexpected(found: found, expected: expected)
    }
}
