/// Finds the first byte that is not UTF-8 in a stream of pieces, strictly: no overlong forms, no surrogates, nothing
/// above U+10FFFF (Unicode 16, Table 3-7).
struct UTF8Validator {
    /// How many continuation bytes the sequence in progress still needs.
    private var needed = 0
    /// What the next continuation byte may be.
    private var allowed: ClosedRange<UInt8> = 0x80...0xBF
    /// The offset in the stream of the sequence in progress.
    private var sequenceStart = 0
    /// How many bytes came before this piece.
    private(set) var offset = 0

    /// The offset in the stream of the first sequence that is ill-formed, if `piece` shows one.
    mutating func firstInvalid(in piece: [UInt8]) -> Int? {
        piece.withUnsafeBytes { firstInvalid(in: $0) }
    }

    /// The same of bytes that are not in an array.
    mutating func firstInvalid(in bytes: UnsafeRawBufferPointer) -> Int? {
        defer { offset += bytes.count }
        var i = 0
        while i < bytes.count {
            if needed == 0 {
                // Eight ASCII bytes at a time.
                while i + 8 <= bytes.count,
                    bytes.loadUnaligned(fromByteOffset: i, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
                {
                    i += 8
                }
                if i == bytes.count { break }
            }
            if !accepts(bytes[i], at: offset + i) { return sequenceStart }
            i += 1
        }
        return nil
    }

    /// The offset of a sequence that the end of the stream cut short, if one did.
    var incomplete: Int? { needed > 0 ? sequenceStart : nil }

    private mutating func accepts(_ byte: UInt8, at position: Int) -> Bool {
        if needed > 0 {
            guard allowed.contains(byte) else { return false }
            needed -= 1
            allowed = 0x80...0xBF
            return true
        }
        sequenceStart = position
        switch byte {
        case 0x00...0x7F: return true
        case 0xC2...0xDF: needed = 1
        case 0xE0...0xEF: needed = 2
        case 0xF0...0xF4: needed = 3
        default: return false
        }
        switch byte {
        case 0xE0: allowed = 0xA0...0xBF
        case 0xED: allowed = 0x80...0x9F
        case 0xF0: allowed = 0x90...0xBF
        case 0xF4: allowed = 0x80...0x8F
        default: allowed = 0x80...0xBF
        }
        return true
    }
}
