/// The tokens of short words that came by, so that a word that comes again is not cut again: words repeat, and most texts
/// are made of few. A table with one place for each hash; the word that came last stays.
struct WordCache: Sendable {
    /// A word, packed, and its place in the table.
    struct Key {
        fileprivate var low, high: UInt64
        fileprivate var length: UInt8
        fileprivate var place: Int
    }

    private struct Cell {
        var low: UInt64 = 0
        var high: UInt64 = 0
        var ids = SIMD4<Int32>()
        /// Bytes of the word; 0 where there is none.
        var length: UInt8 = 0
        var count: UInt8 = 0
    }

    private static let longestWord = 16
    private static let mostTokens = 4
    private static let mostPlaces = 1 << 14

    /// As many as a power of two, or none.
    private var cells: [Cell]
    private let shift: UInt64

    /// A cache for so many texts; for a single one, a cache that keeps nothing.
    init(texts: Int = 1) {
        var bits: UInt64 = 0
        while texts > 1 && 1 << bits < min(4 * texts, Self.mostPlaces) { bits += 1 }
        shift = 64 - bits
        cells = bits == 0 ? [] : Array(repeating: Cell(), count: 1 << Int(bits))
    }

    /// The key of a word; nil for one that is not kept.
    @inline(__always)
    func key(_ bytes: [UInt8], _ word: Range<Int>) -> Key? {
        guard !cells.isEmpty, !word.isEmpty, word.count <= Self.longestWord else { return nil }
        var (low, high): (UInt64, UInt64) = (0, 0)
        if word.lowerBound + Self.longestWord <= bytes.count {
            bytes.withUnsafeBytes {
                low = $0.loadUnaligned(fromByteOffset: word.lowerBound, as: UInt64.self)
                high = $0.loadUnaligned(fromByteOffset: word.lowerBound + 8, as: UInt64.self)
            }
            // A shift by 64 or more leaves 0.
            low &= ~(UInt64.max << UInt64(8 * word.count))
            high &= ~(UInt64.max << UInt64(8 * max(0, word.count - 8)))
        } else {
            for (i, place) in word.enumerated() {
                if i < 8 {
                    low |= UInt64(bytes[place]) << UInt64(8 * i)
                } else {
                    high |= UInt64(bytes[place]) << UInt64(8 * (i - 8))
                }
            }
        }
        var hash = low &* 0x9E37_79B9_7F4A_7C15 ^ high &* 0xC2B2_AE3D_27D4_EB4F
        hash = (hash ^ hash >> 32) &* 0x9E37_79B9_7F4A_7C15
        return Key(low: low, high: high, length: UInt8(word.count), place: Int(hash >> shift))
    }

    /// Appends the tokens of a word that is there.
    /// - Returns: Whether it is.
    @inline(__always)
    func append(_ key: Key, to ids: inout [Int32]) -> Bool {
        let cell = cells[key.place]
        guard cell.length == key.length, cell.low == key.low, cell.high == key.high else { return false }
        for i in 0..<Int(cell.count) { ids.append(cell.ids[i]) }
        return true
    }

    /// Keeps the tokens of a word, if they are few.
    @inline(__always)
    mutating func keep(_ key: Key, _ ids: ArraySlice<Int32>) {
        guard ids.count <= Self.mostTokens else { return }
        var cell = Cell(low: key.low, high: key.high, length: key.length, count: UInt8(ids.count))
        for (i, id) in ids.enumerated() { cell.ids[i] = id }
        cells[key.place] = cell
    }
}
