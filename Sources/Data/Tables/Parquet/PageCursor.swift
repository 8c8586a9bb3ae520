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
        if start + 8 <= bytes.count {
            let word = bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: start, as: UInt64.self) }
            return UInt64(littleEndian: word) & (width == 8 ? .max : (1 << UInt64(8 * width)) - 1)
        }
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
    mutating func unpack<Number: FixedWidthInteger & UnsignedInteger>(
        _ count: Int, width: Int, into values: inout [Number]
    ) throws(ParquetProblem) {
        guard (0...64).contains(width) else { throw .damaged("numbers of \(width) bits") }
        let range = try take((count * width + 7) / 8)
        if width == 0 {
            values.append(contentsOf: repeatElement(0, count: count))
            return
        }
        let mask = UInt64.max >> UInt64(64 - width)
        bytes.withUnsafeBytes { raw in
            var bit = range.lowerBound * 8
            for _ in 0..<count {
                let first = bit / 8
                let skipped = bit % 8
                var value: UInt64
                if skipped + width <= 64, first + 8 <= raw.count {
                    let word = raw.loadUnaligned(fromByteOffset: first, as: UInt64.self)
                    value = UInt64(littleEndian: word) >> UInt64(skipped)
                } else {
                    // At the end of the page, or in nine bytes.
                    value = UInt64(raw[first]) >> UInt64(skipped)
                    var known = 8 - skipped
                    var next = first + 1
                    while known < width {
                        value |= UInt64(raw[next]) << UInt64(known)
                        known += 8
                        next += 1
                    }
                }
                values.append(Number(truncatingIfNeeded: value & mask))
                bit += width
            }
        }
    }
}
