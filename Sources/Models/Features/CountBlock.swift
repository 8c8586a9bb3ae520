/// How often each term occurs in each of some texts: a sparse matrix of counts, while it is built.
struct CountBlock: Sendable {
    /// The terms of each text, ascending.
    private(set) var terms: [Int32] = []
    private(set) var counts: [Int32] = []
    /// Where each text ends.
    private(set) var ends: [Int] = []

    /// That it takes in memory.
    var byteCount: Int {
        (terms.count + counts.count) * MemoryLayout<Int32>.stride + ends.count * MemoryLayout<Int>.stride
    }

    /// Where the terms of a text stand.
    func places(ofText text: Int) -> Range<Int> { (text == 0 ? 0 : ends[text - 1])..<ends[text] }

    /// Adds a text by the terms that occur in it, in any order.
    mutating func append(_ occurrences: inout [Int32]) {
        occurrences.sort()
        var last: Int32 = -1
        for term in occurrences {
            if term == last {
                counts[counts.count - 1] += 1
            } else {
                terms.append(term)
                counts.append(1)
                last = term
            }
        }
        ends.append(terms.count)
    }

    /// Adds the texts of another block of the same terms.
    mutating func append(_ other: CountBlock) {
        let start = terms.count
        terms += other.terms
        counts += other.counts
        ends += other.ends.map { start + $0 }
    }

    /// All texts with other numbers for the terms; those whose number is negative are dropped.
    func renumbered(_ newNumber: [Int32]) -> CountBlock { selecting(ends.indices, newNumber) }

    /// Some texts, likewise.
    func selecting(_ texts: some Sequence<Int>, _ newNumber: [Int32]) -> CountBlock {
        var block = CountBlock()
        var row: [(term: Int32, count: Int32)] = []
        for text in texts {
            row.removeAll(keepingCapacity: true)
            var isAscending = true
            var last: Int32 = -1
            for i in places(ofText: text) {
                let term = newNumber[Int(terms[i])]
                if term < 0 { continue }
                isAscending = isAscending && term > last
                last = term
                row.append((term, counts[i]))
            }
            if !isAscending { row.sort { $0.term < $1.term } }
            for (term, count) in row {
                block.terms.append(term)
                block.counts.append(count)
            }
            block.ends.append(block.terms.count)
        }
        return block
    }
}
