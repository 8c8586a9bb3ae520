/// The merges of a byte-pair encoding by the two ids that they join: a hash table with open addresses.
struct PairTable: Sendable {
    private struct Cell {
        /// Both ids, the left in the upper half; free where all bits are set.
        var key = UInt64.max
        var rank = UInt32.max
        var joined: Int32 = -1
    }

    private var cells: [Cell]
    private let shift: UInt64

    /// - Parameter capacity: The most pairs that there will be.
    init(capacity: Int) {
        var bits: UInt64 = 4
        while 1 << bits < 2 * capacity { bits += 1 }
        shift = 64 - bits
        cells = Array(repeating: Cell(), count: 1 << Int(bits))
    }

    /// The cell of a pair, or the free one where it would be.
    @inline(__always)
    private func place(_ left: Int32, _ right: Int32) -> Int {
        let key = UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
        // Fibonacci hashing: the upper bits of a product with 2^64 / golden ratio.
        var place = Int((key &* 0x9E37_79B9_7F4A_7C15) >> shift)
        while cells[place].key != key && cells[place].key != .max { place = (place + 1) & (cells.count - 1) }
        return place
    }

    mutating func set(_ left: Int32, _ right: Int32, rank: UInt32, joined: Int32) {
        let key = UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
        cells[place(left, right)] = Cell(key: key, rank: rank, joined: joined)
    }

    /// The rank of a pair; `.max` where it is not joined.
    @inline(__always)
    func rank(_ left: Int32, _ right: Int32) -> UInt32 { cells[place(left, right)].rank }

    /// What a pair is joined to.
    @inline(__always)
    func joined(_ left: Int32, _ right: Int32) -> Int32 { cells[place(left, right)].joined }
}
