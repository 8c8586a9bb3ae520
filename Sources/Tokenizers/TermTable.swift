/// Terms, as UTF-8 bytes, numbered in the order in which they were first seen.
///
/// A hash table with open addressing whose terms stand in one array of bytes: no allocation for each term.
public struct TermTable: Sendable {
    private var bytes: [UInt8] = []
    /// Where each term ends in `bytes`, after a 0.
    private var ends: [Int] = [0]
    private var hashes: [UInt64] = []
    /// Term numbers by hash; -1 is free. The count is a power of two.
    private var slots: [Int32]

    public init() {
        slots = Array(repeating: -1, count: 64)
    }

    /// - Precondition: No term occurs twice.
    public init(_ terms: some Sequence<String>) {
        self.init()
        for term in terms {
            let bytes = Array(term.utf8)
            let number = insert(bytes, 0..<bytes.count)
            precondition(number == count - 1)
        }
    }

    /// How many terms there are.
    public var count: Int { hashes.count }

    /// The bytes of a term.
    public func bytes(of number: Int) -> ArraySlice<UInt8> {
        bytes[ends[number]..<ends[number + 1]]
    }

    /// A term as text.
    public func term(_ number: Int) -> String {
        String(decoding: bytes(of: number), as: UTF8.self)
    }

    /// The number of the term that stands in `range` of `text`, if it is known.
    public func number(of text: [UInt8], _ range: Range<Int>) -> Int? {
        let slot = slot(of: text, range, hash: TermTable.hash(text, range))
        return slots[slot] < 0 ? nil : Int(slots[slot])
    }

    /// The same, adding the term if it is new.
    public mutating func insert(_ text: [UInt8], _ range: Range<Int>) -> Int {
        let hash = TermTable.hash(text, range)
        let slot = slot(of: text, range, hash: hash)
        if slots[slot] >= 0 { return Int(slots[slot]) }
        let number = count
        bytes += text[range]
        ends.append(bytes.count)
        hashes.append(hash)
        slots[slot] = Int32(number)
        if 2 * count > slots.count { grow() }
        return number
    }

    /// The slot that holds the term, or the free one where it belongs.
    private func slot(of text: [UInt8], _ range: Range<Int>, hash: UInt64) -> Int {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] >= 0 {
            let number = Int(slots[slot])
            if hashes[number] == hash && bytes(of: number).elementsEqual(text[range]) { break }
            slot = (slot + 1) & mask
        }
        return slot
    }

    private mutating func grow() {
        slots = Array(repeating: -1, count: 2 * slots.count)
        let mask = slots.count - 1
        for (number, hash) in hashes.enumerated() {
            var slot = Int(truncatingIfNeeded: hash) & mask
            while slots[slot] >= 0 { slot = (slot + 1) & mask }
            slots[slot] = Int32(number)
        }
    }

    /// FNV-1a (Fowler, Noll, Vo), folded so that the low bits depend on all.
    private static func hash(_ text: [UInt8], _ range: Range<Int>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text[range] { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return hash ^ hash >> 29
    }
}
