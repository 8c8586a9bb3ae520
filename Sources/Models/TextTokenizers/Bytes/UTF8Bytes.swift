/// UTF-8 as arrays of bytes, which is how texts pass through a tokenizer: without a `String` per word.
enum UTF8Bytes {
    /// The code point that begins at `bytes[start]`, and where the next begins.
    ///
    /// The bytes come from a `String` and so are well formed; a code point cut off by `end` is read as U+FFFD.
    @inline(__always)
    static func scalar(in bytes: [UInt8], at start: Int, end: Int) -> (scalar: UInt32, next: Int) {
        let lead = UInt32(bytes[start])
        let length = length(bytes[start])
        guard start + length <= end else { return (0xFFFD, end) }
        switch length {
        case 1: return (lead, start + 1)
        case 2: return ((lead & 0x1F) << 6 | trail(bytes[start + 1]), start + 2)
        case 3:
            return (
                (lead & 0x0F) << 12 | trail(bytes[start + 1]) << 6 | trail(bytes[start + 2]), start + 3
            )
        default:
            return (
                (lead & 0x07) << 18 | trail(bytes[start + 1]) << 12 | trail(bytes[start + 2]) << 6
                    | trail(bytes[start + 3]), start + 4
            )
        }
    }

    /// How many bytes the code point that begins with `lead` has.
    @inline(__always)
    static func length(_ lead: UInt8) -> Int { lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4 }

    /// The code point that ends before `bytes[end]`; nil at the start.
    static func scalar(in bytes: [UInt8], before end: Int, from start: Int) -> (scalar: UInt32, start: Int)? {
        guard end > start else { return nil }
        var first = end - 1
        while first > start && bytes[first] & 0xC0 == 0x80 { first -= 1 }
        return (scalar(in: bytes, at: first, end: end).scalar, first)
    }

    /// Appends a code point.
    @inline(__always)
    static func append(_ scalar: UInt32, to out: inout [UInt8]) {
        if scalar < 0x80 {
            out.append(UInt8(truncatingIfNeeded: scalar))
        } else if scalar < 0x800 {
            out.append(UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6))
            out.append(trail(scalar))
        } else if scalar < 0x10000 {
            out.append(UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12))
            out.append(trail(scalar >> 6))
            out.append(trail(scalar))
        } else {
            out.append(UInt8(truncatingIfNeeded: 0xF0 | scalar >> 18))
            out.append(trail(scalar >> 12))
            out.append(trail(scalar >> 6))
            out.append(trail(scalar))
        }
    }

    @inline(__always)
    private static func trail(_ byte: UInt8) -> UInt32 { UInt32(byte & 0x3F) }

    @inline(__always)
    private static func trail(_ scalar: UInt32) -> UInt8 { UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F) }
}
