/// The k nearest rows so far: a heap with the farthest on top.
///
/// A row as far as the farthest is not taken, and which of equally far ones leaves is what the order of the heap makes of it.
/// Both are as in scikit-learn's `heap_push`, so that ties at the k-th place are decided alike if rows come in the same order.
struct NeighborHeap {
    /// Infinite where there is none yet. Shape: [k].
    private(set) var distances: [Double]
    /// Shape: [k].
    private(set) var rows: [Int]

    init(_ k: Int) {
        distances = Array(repeating: .infinity, count: k)
        rows = Array(repeating: 0, count: k)
    }

    /// The distance from which nothing is taken.
    var farthest: Double { distances[0] }

    mutating func push(_ row: Int, at distance: Double) {
        if distance >= distances[0] { return }
        var place = 0
        while true {
            let (left, right) = (2 * place + 1, 2 * place + 2)
            guard left < distances.count else { break }
            let child =
                right >= distances.count || distances[left] >= distances[right] ? left : right
            if distances[child] <= distance { break }
            (distances[place], rows[place]) = (distances[child], rows[child])
            place = child
        }
        (distances[place], rows[place]) = (distance, row)
    }

    /// The neighbours, nearest first.
    var sorted: [(row: Int, distance: Double)] {
        zip(rows, distances).map { (row: $0, distance: $1) }.sorted {
            ($0.distance, $0.row) < ($1.distance, $1.row)
        }
    }
}
