/// A place in the bytes of a page; every step is checked against the end.
struct PageCursor {
    let bytes: [UInt8]
    private(set) var position: Int

    init(_ bytes: [UInt8], at position: Int = 0) {
        self.bytes = bytes
        self.position = position
    }

    /// How many bytes are left.
    var left: Int { bytes.count - position }

    /// Passes over `count` bytes and tells where they are.
    @inline(__always)
    mutating func take(_ count: Int) throws(ParquetProblem) -> Range<Int> {
        guard count >= 0, count <= bytes.count - position else { throw .truncated("a page") }
        defer { position += count }
        return position..<position + count
    }

    mutating func byte() throws(ParquetProblem) -> UInt8 {
        bytes[try take(1).lowerBound]
    }

    /// A little-endian number of 4 bytes.
    @inline(__always)
    mutating func length() throws(ParquetProblem) -> Int {
        let start = try take(4).lowerBound
        return Int(littleEndian(at: start, width: 4))
    }

    /// A little-endian number of at most 8 bytes, which must be there.
    @inline(__always)
    func littleEndian(at start: Int, width: Int) -> UInt64 {
        var value: UInt64 = 0
        for byte in 0..<width { value |= UInt64(bytes[start + byte]) << UInt64(8 * byte) }
        return value
    }

    /// An unsigned number in base 128, the least significant digits first.
    mutating func varint() throws(ParquetProblem) -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: 0, to: 70, by: 7) {
            let next = try byte()
            value |= UInt64(next & 0x7F) << UInt64(shift)
            if next < 0x80 { return value }
        }
        throw .damaged("a number without end")
    }

    /// Appends `count` numbers of `width` bits (0...64), packed from the least significant bit on.
    mutating func unpack(
        _ count: Int, width: Int, into values: inout [UInt64]
    ) throws(ParquetProblem) {
        guard (0...64).contains(width) else { throw .damaged("numbers of \(width) bits") }
        let range = try take((count * width + 7) / 8)
        if width == 0 {
            values.append(contentsOf: repeatElement(0, count: count))
            return
        }
        let mask = UInt64.max >> UInt64(64 - width)
        var next = range.lowerBound
        // Fewer than eight bits that were read and belong to the next value.
        var held: UInt64 = 0
        var heldCount = 0
        for _ in 0..<count {
            var value = held
            var bits = heldCount
            var byte: UInt64 = 0
            while bits < width {
                byte = UInt64(bytes[next])
                next += 1
                value |= byte << UInt64(bits)
                bits += 8
            }
            heldCount = bits - width
            // What a value of more than 56 bits leaves over may have been pushed out at the top.
            held = width <= 56 ? value >> UInt64(width) : byte >> UInt64(8 - heldCount)
            values.append(value & mask)
        }
    }
}
