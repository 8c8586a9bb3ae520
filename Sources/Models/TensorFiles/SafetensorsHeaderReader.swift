/// Reads the JSON of a safetensors header, and nothing that is not one: unlike a general JSON reader it reports a name
/// given twice, takes only whole numbers that fit, and cannot be nested deeper than the format is.
struct SafetensorsHeaderReader {
    /// What the header states of a tensor, not yet checked; `offsets` are two.
    struct Tensor: Equatable {
        let type: SafetensorsType
        let shape: [Int]
        let offsets: [Int]
    }

    private let bytes: UnsafeRawBufferPointer
    private var position = 0

    private static let metadataKey = "__metadata__"

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    mutating func read() throws(SafetensorsError) -> (tensors: [String: Tensor], metadata: [String: String]) {
        var tensors: [String: Tensor] = [:]
        var metadata: [String: String]?
        // The reference has no white space before the header, only after it.
        guard bytes.first == UInt8(ascii: "{") else { throw failure("'{'") }
        try readObject { reader, name throws(SafetensorsError) in
            if name == Self.metadataKey {
                guard metadata == nil else { throw .duplicateName(name) }
                metadata = try reader.readTexts()
            } else {
                guard tensors[name] == nil else { throw .duplicateName(name) }
                tensors[name] = try reader.readTensor(named: name)
            }
        }
        skipSpace()
        guard position == bytes.count else { throw failure("the end of the header") }
        return (tensors, metadata ?? [:])
    }

    private mutating func readTexts() throws(SafetensorsError) -> [String: String] {
        var texts: [String: String] = [:]
        try readObject { reader, name throws(SafetensorsError) in
            guard texts[name] == nil else { throw .duplicateName(name) }
            texts[name] = try reader.readString()
        }
        return texts
    }

    private mutating func readTensor(named tensor: String) throws(SafetensorsError) -> Tensor {
        var type: String?
        var shape: [Int]?
        var offsets: [Int]?
        try readObject { reader, key throws(SafetensorsError) in
            switch key {
            case "dtype" where type == nil: type = try reader.readString()
            case "shape" where shape == nil: shape = try reader.readIntegers()
            case "data_offsets" where offsets == nil: offsets = try reader.readIntegers()
            case "dtype", "shape", "data_offsets": throw .duplicateName("\(tensor).\(key)")
            default: throw reader.failure("dtype, shape or data_offsets, not '\(key)'")
            }
        }
        guard let type, let shape, let offsets, offsets.count == 2 else {
            throw failure("dtype, shape and two data_offsets of '\(tensor)'")
        }
        guard let known = SafetensorsType(rawValue: type) else {
            throw .unsupportedType(tensor: tensor, found: type)
        }
        return Tensor(type: known, shape: shape, offsets: offsets)
    }

    /// An object; `body` reads the value of each key.
    private mutating func readObject(
        _ body: (inout SafetensorsHeaderReader, String) throws(SafetensorsError) -> Void
    ) throws(SafetensorsError) {
        try expect("{")
        if skip("}") { return }
        repeat {
            let key = try readString()
            try expect(":")
            try body(&self, key)
        } while skip(",")
        try expect("}")
    }

    /// An array of whole numbers from 0 to the largest Int.
    private mutating func readIntegers() throws(SafetensorsError) -> [Int] {
        var integers: [Int] = []
        try expect("[")
        if skip("]") { return [] }
        repeat {
            skipSpace()
            let start = position
            var value = 0
            while position < bytes.count, case let digit = bytes[position] &- UInt8(ascii: "0"), digit <= 9 {
                let (ten, high) = value.multipliedReportingOverflow(by: 10)
                let (sum, higher) = ten.addingReportingOverflow(Int(digit))
                guard !high, !higher else { throw failure("a number below 2^63") }
                value = sum
                position += 1
            }
            guard position > start else { throw failure("a whole number") }
            integers.append(value)
        } while skip(",")
        try expect("]")
        return integers
    }

    private mutating func readString() throws(SafetensorsError) -> String {
        try expect("\"")
        var text: [UInt8] = []
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let string = String(validating: text, as: UTF8.self) else { throw failure("UTF-8") }
                return string
            case UInt8(ascii: "\\"): text += try readEscape()
            case 0x20...: text.append(byte)
            default: throw failure("no control character in a string")
            }
        }
        throw failure("the end of a string")
    }

    /// What stands after a backslash, as UTF-8.
    private mutating func readEscape() throws(SafetensorsError) -> [UInt8] {
        guard position < bytes.count else { throw failure("an escape") }
        position += 1
        switch bytes[position - 1] {
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "u"):
            var units = [try readHexadecimal()]
            if UTF16.isLeadSurrogate(units[0]) {
                try expectByte("\\")
                try expectByte("u")
                units.append(try readHexadecimal())
            }
            guard let text = String(validating: units, as: UTF16.self) else { throw failure("a code point") }
            return Array(text.utf8)
        case let byte
        where byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "/"):
            return [byte]
        default: throw failure("an escape")
        }
    }

    private mutating func readHexadecimal() throws(SafetensorsError) -> UInt16 {
        var value: UInt16 = 0
        for _ in 0..<4 {
            guard position < bytes.count, let digit = Character(UnicodeScalar(bytes[position])).hexDigitValue
            else {
                throw failure("four hexadecimal digits")
            }
            value = value << 4 | UInt16(digit)
            position += 1
        }
        return value
    }

    // MARK: Bytes

    private mutating func skipSpace() {
        while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) { position += 1 }
    }

    private mutating func skip(_ mark: Unicode.Scalar) -> Bool {
        skipSpace()
        guard position < bytes.count, bytes[position] == UInt8(ascii: mark) else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ mark: Unicode.Scalar) throws(SafetensorsError) {
        guard skip(mark) else { throw failure("'\(mark)'") }
    }

    private mutating func expectByte(_ mark: Unicode.Scalar) throws(SafetensorsError) {
        guard position < bytes.count, bytes[position] == UInt8(ascii: mark) else {
            throw failure("'\(mark)'")
        }
        position += 1
    }

    private func failure(_ expected: String) -> SafetensorsError {
        .badHeader(offset: position, expected: expected)
    }
}
