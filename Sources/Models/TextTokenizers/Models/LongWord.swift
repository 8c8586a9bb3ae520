/// Joins the pairs of a long word in the order of their ranks through a queue, so that the time grows with the length
/// times its logarithm.
struct LongWord: Sendable {
    /// A pair that waits: its rank in the upper half, the place of its left symbol in the lower.
    private var heap: [UInt64] = []
    /// The places of the symbols beside each; -1 for none. Shape: [symbols].
    private var previous: [Int32] = []
    private var next: [Int32] = []

    mutating func join(_ symbols: inout [Int32], _ merges: PairTable) {
        let count = symbols.count
        heap.removeAll(keepingCapacity: true)
        previous = (0..<Int32(count)).map { $0 - 1 }
        next = (1...Int32(count)).map { $0 < count ? $0 : -1 }
        for i in 0..<count - 1 { push(i, symbols, merges) }
        while let top = pop() {
            let place = Int(UInt32(truncatingIfNeeded: top))
            // A symbol that is gone has itself as the next one.
            guard next[place] >= 0, Int(next[place]) != place else { continue }
            let right = Int(next[place])
            // The pair may be another than the one that was put in the queue.
            guard merges.rank(symbols[place], symbols[right]) == UInt32(top >> 32) else { continue }
            symbols[place] = merges.joined(symbols[place], symbols[right])
            next[place] = next[right]
            if next[right] >= 0 { previous[Int(next[right])] = Int32(place) }
            next[right] = Int32(right)
            if previous[place] >= 0 { push(Int(previous[place]), symbols, merges) }
            push(place, symbols, merges)
        }
        var kept = 0
        for i in 0..<count where Int(next[i]) != i {
            symbols[kept] = symbols[i]
            kept += 1
        }
        symbols.removeLast(count - kept)
    }

    /// Puts the pair that begins at `place` in the queue, if it is one that is joined.
    private mutating func push(_ place: Int, _ symbols: [Int32], _ merges: PairTable) {
        guard next[place] >= 0 else { return }
        let rank = merges.rank(symbols[place], symbols[Int(next[place])])
        if rank == .max { return }
        heap.append(UInt64(rank) << 32 | UInt64(place))
        var child = heap.count - 1
        while child > 0, heap[child] < heap[(child - 1) / 2] {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    private mutating func pop() -> UInt64? {
        guard let last = heap.popLast() else { return nil }
        guard let top = heap.first else { return last }
        heap[0] = last
        var parent = 0
        while true {
            var child = 2 * parent + 1
            if child >= heap.count { return top }
            if child + 1 < heap.count && heap[child + 1] < heap[child] { child += 1 }
            if heap[parent] <= heap[child] { return top }
            heap.swapAt(parent, child)
            parent = child
        }
    }
}
