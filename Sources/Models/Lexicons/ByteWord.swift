/// Eight bytes of text as one number, the first byte the lowest.
enum ByteWord {
    /// The bytes from `start` to `end`, eight at most, and zeros in the place of further ones.
    @inline(__always)
    static func load(_ bytes: UnsafeRawBufferPointer, from start: Int, to end: Int) -> UInt64 {
        let count = end - start
        if start + 8 <= bytes.count {
            let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self))
            return count >= 8 ? word : first(count, of: word)
        }
        var word: UInt64 = 0
        for i in 0..<count { word |= UInt64(bytes[start + i]) << UInt64(8 * i) }
        return word
    }

    /// The `index`-th byte. 0...7.
    @inline(__always)
    static func byte(_ index: Int, of word: UInt64) -> UInt8 {
        UInt8(truncatingIfNeeded: word &>> UInt64(8 * index))
    }

    /// The first `count` bytes, fewer than eight, and zeros in the place of the others.
    @inline(__always)
    static func first(_ count: Int, of word: UInt64) -> UInt64 {
        word & ((1 &<< UInt64(8 * count)) &- 1)
    }

    /// A to Z made small, other bytes as they are.
    @inline(__always)
    static func lowercased(_ word: UInt64) -> UInt64 {
        // The high bit of each byte tells whether it is ASCII and in a range; sums of seven bits do not carry over.
        let low = word & ~highBits
        let fromA = low &+ ones &* (0x80 - 0x41)
        let afterZ = low &+ ones &* (0x80 - 0x5B)
        return word | (fromA & ~afterZ & ~word & highBits) >> 2
    }

    /// How many bytes at the start are a to z: 0...8.
    @inline(__always)
    static func leadingSmallLetters(_ word: UInt64) -> Int {
        let low = word & ~highBits
        let fromA = low &+ ones &* (0x80 - 0x61)
        let afterZ = low &+ ones &* (0x80 - 0x7B)
        let others = ~(fromA & ~afterZ & ~word) & highBits
        return others.trailingZeroBitCount / 8
    }

    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highBits = ones << 7
}
