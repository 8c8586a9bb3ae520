/// Terms, as UTF-8 bytes, numbered in the order in which they were first seen.
///
/// A hash table with open addressing whose terms stand in one array of bytes: no allocation for each term.
public struct TermTable: Sendable {
    private struct Slot {
        /// So that most other terms are told apart without looking at their bytes.
        var hash: UInt32 = 0
        /// Negative where the slot is free.
        var number: Int32 = -1
    }

    private var bytes: [UInt8] = []
    /// Where each term ends in `bytes`, after a 0.
    private var ends: [Int] = [0]
    /// A power of two, at least half of them free.
    private var slots: [Slot]

    public init() {
        slots = Array(repeating: Slot(), count: 64)
    }

    /// - Precondition: No term occurs twice.
    public init(_ terms: some Sequence<String>) {
        self.init()
        for term in terms {
            let number = insert(term)
            precondition(number == count - 1)
        }
    }

    /// How many terms there are.
    public var count: Int { ends.count - 1 }
    /// That the terms take.
    package var byteCount: Int { bytes.count }

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
        text.withUnsafeBufferPointer { text in
            let term = UnsafeBufferPointer(rebasing: text[range])
            let number = slots[slot(of: term, hash: TermTable.hash(term))].number
            return number < 0 ? nil : Int(number)
        }
    }

    /// The number of a term, if it is known.
    package func number(of term: String) -> Int? {
        var term = term
        return term.withUTF8 { term in
            let number = slots[slot(of: term, hash: TermTable.hash(term))].number
            return number < 0 ? nil : Int(number)
        }
    }

    /// The number of the term, which is added if it is new.
    package mutating func insert(_ term: String) -> Int {
        var term = term
        return term.withUTF8 { insert($0, hash: TermTable.hash($0)) }
    }

    func contains(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
        let term = UnsafeBufferPointer(rebasing: text[range])
        return slots[slot(of: term, hash: TermTable.hash(term))].number >= 0
    }

    /// The number of the term, which is added if it is new.
    public mutating func insert(_ text: [UInt8], _ range: Range<Int>) -> Int {
        text.withUnsafeBufferPointer { text in
            let term = UnsafeBufferPointer(rebasing: text[range])
            return insert(term, hash: TermTable.hash(term))
        }
    }

    /// Adds the terms of another table; gives the number here of each. Shape: [other.count].
    public mutating func insert(all other: TermTable) -> [Int32] {
        other.mapTerms { Int32(insert($0, hash: $1)) }
    }

    /// The number here of each term of another table, negative for one that is not here. Shape: [other.count].
    package func numbers(of other: TermTable) -> [Int32] {
        other.mapTerms { slots[slot(of: $0, hash: $1)].number }
    }

    /// `transform` of each term and its hash.
    private func mapTerms(_ transform: (UnsafeBufferPointer<UInt8>, UInt32) -> Int32) -> [Int32] {
        var hashes = [UInt32](repeating: 0, count: count)
        for slot in slots where slot.number >= 0 { hashes[Int(slot.number)] = slot.hash }
        return bytes.withUnsafeBufferPointer { bytes in
            hashes.indices.map { number in
                transform(
                    UnsafeBufferPointer(rebasing: bytes[ends[number]..<ends[number + 1]]), hashes[number])
            }
        }
    }

    private mutating func insert(_ term: UnsafeBufferPointer<UInt8>, hash: UInt32) -> Int {
        let slot = slot(of: term, hash: hash)
        if slots[slot].number >= 0 { return Int(slots[slot].number) }
        let number = count
        bytes.append(contentsOf: term)
        ends.append(bytes.count)
        slots[slot] = Slot(hash: hash, number: Int32(number))
        if 2 * count > slots.count { grow() }
        return number
    }

    /// The slot that holds the term, or the free one where it belongs.
    @inline(__always)
    private func slot(of term: UnsafeBufferPointer<UInt8>, hash: UInt32) -> Int {
        let mask = slots.count - 1
        return slots.withUnsafeBufferPointer { slots in
            var slot = Int(hash) & mask
            while slots[slot].number >= 0 && !(slots[slot].hash == hash && holds(slots[slot].number, term)) {
                slot = (slot + 1) & mask
            }
            return slot
        }
    }

    @inline(__always)
    private func holds(_ number: Int32, _ term: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = ends[Int(number)]
        if ends[Int(number) + 1] - start != term.count { return false }
        return bytes.withUnsafeBufferPointer { bytes in
            for i in 0..<term.count where bytes[start + i] != term[i] { return false }
            return true
        }
    }

    private mutating func grow() {
        let old = slots
        slots = Array(repeating: Slot(), count: 2 * old.count)
        let mask = slots.count - 1
        for entry in old where entry.number >= 0 {
            var slot = Int(entry.hash) & mask
            while slots[slot].number >= 0 { slot = (slot + 1) & mask }
            slots[slot] = entry
        }
    }

    /// FNV-1a (Fowler, Noll, Vo) of 64 bits, folded so that all of them count.
    @inline(__always)
    private static func hash(_ term: UnsafeBufferPointer<UInt8>) -> UInt32 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in term { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return UInt32(truncatingIfNeeded: hash ^ hash >> 29)
    }
}

extension TermTable {
    /// The numbers of all terms in the order of their code points, which is that of their bytes and of Python's `sorted`.
    public var sortedNumbers: [Int] {
        // The first eight bytes as a number decide nearly always.
        let heads = (0..<count).map { number in
            let term = bytes(of: number)
            let head = term.prefix(8).reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
            return (head: head << UInt64(8 * (8 - min(8, term.count))), number: number)
        }
        return heads.sorted { a, b in
            if a.head != b.head { return a.head < b.head }
            return bytes(of: a.number).lexicographicallyPrecedes(bytes(of: b.number))
        }.map(\.number)
    }

    /// The same terms, numbered in another order.
    /// - Parameter order: The number here of each.
    package func inOrder(_ order: [Int]) -> TermTable {
        var table = TermTable()
        for number in order {
            bytes(of: number).withUnsafeBufferPointer { _ = table.insert($0, hash: TermTable.hash($0)) }
        }
        return table
    }
}
