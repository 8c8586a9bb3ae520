/// The order in which NumPy's `argsort` puts equal numbers, which decides what scikit-learn's `max_features` keeps.
///
/// scikit-learn sorts terms by frequency with an unstable sort, so among the terms of the frequency at the cut
/// the choice is up to NumPy's implementation, and that differs between processors: AVX-512, AVX2 and others give
/// three vocabularies (on GoEmotions' 5,000 terms they differ in about 170). This is the order of NumPy 2 on AVX2,
/// the commonest: the quicksort of x86-simd-sort (`avx2_argsort` of 64-bit integers; Devulapalli and Sterrett) with
/// its vectors of four written out, on every machine. Only the part that holds the cut is sorted.
///
/// The original resorts to C++'s `std::sort` where partitioning makes no progress. Here the sort is stable then; on
/// counts of words, of which the rare are the many, that was never seen to happen.
package enum NumPyOrder {
    /// The indices of the first `count` numbers in ascending order, as a set: in no particular order.
    package static func first(_ count: Int, ascending keys: [Int]) -> [Int] {
        precondition(0 <= count && count <= keys.count)
        if count == keys.count { return Array(keys.indices) }
        var order = Ordering(keys: keys)
        order.settle(position: count)
        return Array(order.indices[..<count])
    }
}

/// The indices on their way into order.
private struct Ordering {
    /// Sorted by a network instead of partitioned, up to this many.
    private static let networkSize = 256
    /// Numbers in one vector.
    private static let lanes = 4
    /// Numbers moved together when partitioning: four vectors.
    private static let stride = 4 * lanes

    let keys: [Int]
    private(set) var indices: [Int]

    init(keys: [Int]) {
        self.keys = keys
        indices = Array(keys.indices)
    }

    /// Partitions until what belongs before `position` is there.
    mutating func settle(position: Int) {
        var range = 0..<keys.count
        for _ in 0..<2 * (Int.bitWidth - 1 - keys.count.leadingZeroBitCount) {
            if range.count <= Ordering.networkSize { return sortByNetwork(range) }
            let pivot = pivot(of: range)
            let within = indices[range].map { keys[$0] }
            let (smallest, biggest) = (within.min(), within.max())
            let middle = partition(range, pivot: pivot)
            if position < middle {
                if pivot == smallest { return }
                range = range.lowerBound..<middle
            } else {
                if pivot == biggest { return }
                range = middle..<range.upperBound
            }
        }
        indices[range].sort { (keys[$0], $0) < (keys[$1], $1) }
    }

    /// The third smallest of four, at the quarters.
    private func pivot(of range: Range<Int>) -> Int {
        let quarter = (range.count - 1) / 4
        return (1...4).map { keys[indices[range.lowerBound + $0 * quarter]] }.sorted()[2]
    }

    /// Moves what is smaller than the pivot to the front; returns where the rest begins.
    private mutating func partition(_ range: Range<Int>, pivot: Int) -> Int {
        var (left, right) = (range.lowerBound, range.upperBound)
        for _ in 0..<range.count % Ordering.stride {
            if keys[indices[left]] < pivot {
                left += 1
            } else {
                right -= 1
                indices.swapAt(left, right)
            }
        }
        if left == right { return left }
        // The outer blocks are set aside, which leaves room to write at both ends of what was read.
        let first = Array(indices[left..<left + Ordering.stride])
        let last = Array(indices[right - Ordering.stride..<right])
        var (storeLeft, storeRight) = (left, right)
        left += Ordering.stride
        right -= Ordering.stride
        while left != right {
            let block: Range<Int>
            if storeRight - right < left - storeLeft {
                right -= Ordering.stride
                block = right..<right + Ordering.stride
            } else {
                block = left..<left + Ordering.stride
                left += Ordering.stride
            }
            store(Array(indices[block]), pivot: pivot, left: &storeLeft, right: &storeRight)
        }
        store(first, pivot: pivot, left: &storeLeft, right: &storeRight)
        store(last, pivot: pivot, left: &storeLeft, right: &storeRight)
        return storeLeft
    }

    /// Writes a block: the smaller to the left end in their order, the others backwards from the right end.
    private mutating func store(_ block: [Int], pivot: Int, left: inout Int, right: inout Int) {
        for index in block {
            if keys[index] < pivot {
                indices[left] = index
                left += 1
            } else {
                right -= 1
                indices[right] = index
            }
        }
    }

    /// A bitonic network over the next power of two; missing numbers are larger than all.
    private mutating func sortByNetwork(_ range: Range<Int>) {
        var size = Ordering.lanes
        while size < range.count { size *= 2 }
        var sorted: [Int?] = Array(indices[range]) + Array(repeating: nil, count: size - range.count)
        func exchange(_ i: Int, _ j: Int) {
            guard let later = sorted[j] else { return }
            if let earlier = sorted[i], keys[earlier] <= keys[later] { return }
            sorted.swapAt(i, j)
        }
        var merged = 2
        while merged <= size {
            for start in Swift.stride(from: 0, to: size, by: merged) {
                for i in 0..<merged / 2 { exchange(start + i, start + merged - 1 - i) }
            }
            var distance = merged / 4
            while distance >= 1 {
                for i in 0..<size where i & distance == 0 { exchange(i, i + distance) }
                distance /= 2
            }
            merged *= 2
        }
        indices.replaceSubrange(range, with: sorted.compactMap { $0 })
    }
}
