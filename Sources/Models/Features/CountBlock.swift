/// How often each term occurs in some texts in a row: a sparse matrix of counts, while it is built.
struct CountBlock: Sendable {
    /// The terms of each text, ascending.
    private(set) var terms: [Int32] = []
    private(set) var counts: [Int32] = []
    /// Where each text ends.
    private(set) var ends: [Int] = []

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

    /// The same with other numbers for the terms; those whose number is negative are dropped.
    func renumbered(_ newNumber: [Int32]) -> CountBlock {
        var block = CountBlock()
        var row: [(term: Int32, count: Int32)] = []
        var start = 0
        for end in ends {
            row.removeAll(keepingCapacity: true)
            for i in start..<end where newNumber[Int(terms[i])] >= 0 {
                row.append((newNumber[Int(terms[i])], counts[i]))
            }
            row.sort { $0.term < $1.term }
            for (term, count) in row {
                block.terms.append(term)
                block.counts.append(count)
            }
            block.ends.append(block.terms.count)
            start = end
        }
        return block
    }
}
