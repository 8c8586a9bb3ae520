/// Looks for bytes eight at a time.
enum ByteSearch {
    /// The first `stop` or line ending, or the end of the piece.
    @inline(__always)
    static func firstStop(_ piece: UnsafeBufferPointer<UInt8>, from start: Int, _ stop: UInt8) -> Int {
        let bytes = UnsafeRawBufferPointer(piece)
        let stops = ones &* UInt64(stop)
        var next = start
        while next + 8 <= bytes.count {
            let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: next, as: UInt64.self))
            let found = zeros(word ^ stops) | zeros(word ^ lineFeeds) | zeros(word ^ carriageReturns)
            if found != 0 { return next + found.trailingZeroBitCount / 8 }
            next += 8
        }
        while next < bytes.count, bytes[next] != stop, !ASCII.isLineEnd(bytes[next]) { next += 1 }
        return next
    }

    /// The high bit of the lowest byte that is 0; of higher bytes it may be set too (Mycroft's test).
    @inline(__always)
    private static func zeros(_ word: UInt64) -> UInt64 { (word &- ones) & ~word & (ones << 7) }

    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let lineFeeds = ones &* UInt64(ASCII.lineFeed)
    private static let carriageReturns = ones &* UInt64(ASCII.carriageReturn)
}
