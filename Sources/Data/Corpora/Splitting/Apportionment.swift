/// How many rows of each stratum go to each bin: whole numbers nearest to the exact proportions.
///
/// Controlled rounding (Bacharach, "Matrix rounding problems", 1966; Cox, "A constructive procedure for unbiased
/// controlled rounding", 1987): with count[s] rows in stratum s and the share weight[b] / unit of bin b,
/// - every cell is within one row of count[s] * weight[b] / unit,
/// - every stratum keeps its rows,
/// - and every bin's total is within one row of N * weight[b] / unit.
///
/// Such a table always exists: each stratum is first rounded by largest remainders, then bins that are off by a row
/// or more pass rows to each other along chains of cells that may be rounded the other way.
package struct Apportionment {
    /// Rows of each stratum in each bin. Shape: [strata, bins].
    package private(set) var table: [[Int]]

    /// What is left of a cell's exact value, in units, when it is rounded down. Shape: [strata, bins].
    private let remainders: [[Int]]
    private var raised: [[Bool]]
    /// The strata that are alike in all that a hop depends on: many thousands of classes have a few sizes.
    private var alike: [Likeness: IndexHeap] = [:]
    private let counts: [Int]
    /// A bin's rows above its exact total, in units. Shape: [bins].
    private var excess: [Int]
    private let unit: Int

    /// - Parameters:
    ///   - counts: The rows of each stratum.
    ///   - weights: The shares of the bins, in units of their sum; all positive.
    package init(counts: [Int], weights: [Int]) {
        let unit = weights.reduce(0, +)
        self.unit = unit
        self.counts = counts
        table = counts.map { count in weights.map { count * $0 / unit } }
        remainders = counts.map { count in weights.map { count * $0 % unit } }
        raised = counts.map { _ in weights.map { _ in false } }
        excess = Array(repeating: 0, count: weights.count)
        for stratum in counts.indices { roundUpLargestRemainders(of: stratum) }
        for stratum in counts.indices { alike[likeness(of: stratum), default: IndexHeap()].insert(stratum) }
        while let chain = chainThatEvensBins() {
            for hop in chain { move(hop) }
        }
    }

    /// Gives the rows that rounding down leaves over to the bins that would have none, then to the largest
    /// remainders, then to the bins that have had least so far.
    private mutating func roundUpLargestRemainders(of stratum: Int) {
        let remainder = remainders[stratum]
        let leftOver = remainder.reduce(0, +) / unit
        let order = remainder.indices.filter { remainder[$0] > 0 }.sorted { a, b in
            let (emptyA, emptyB) = (table[stratum][a] == 0, table[stratum][b] == 0)
            if emptyA != emptyB { return emptyA }
            if remainder[a] != remainder[b] { return remainder[a] > remainder[b] }
            if excess[a] != excess[b] { return excess[a] < excess[b] }
            return a < b
        }
        for bin in remainder.indices { excess[bin] -= remainder[bin] }
        for bin in order.prefix(leftOver) {
            raised[stratum][bin] = true
            table[stratum][bin] += 1
            excess[bin] += unit
        }
    }

    /// A row of `stratum` that goes to bin `to` instead of bin `from`.
    private struct Hop {
        let stratum, from, to: Int
    }

    /// What a hop of a stratum depends on.
    private struct Likeness: Hashable {
        let count: Int
        let raised: [Bool]
    }

    private func likeness(of stratum: Int) -> Likeness {
        Likeness(count: counts[stratum], raised: raised[stratum])
    }

    private mutating func move(_ hop: Hop) {
        raised[hop.stratum][hop.from] = false
        raised[hop.stratum][hop.to] = true
        table[hop.stratum][hop.from] -= 1
        table[hop.stratum][hop.to] += 1
        excess[hop.from] -= unit
        excess[hop.to] += unit
        alike[likeness(of: hop.stratum), default: IndexHeap()].insert(hop.stratum)
    }

    /// Hops from a bin with too many rows to one with too few, where one of the two is off by a row or more.
    private mutating func chainThatEvensBins() -> [Hop]? {
        let bins = excess.indices
        guard excess.contains(where: { abs($0) >= unit }) else { return nil }
        for start in bins.filter({ excess[$0] > 0 }).sorted(by: { excess[$0] > excess[$1] }) {
            let arrivals = hopsReachable(from: start)
            let reached = bins.filter { arrivals[$0] != nil && excess[$0] < 0 }
            guard let end = reached.min(by: { excess[$0] < excess[$1] }) else { continue }
            guard excess[start] >= unit || excess[end] <= -unit else { continue }
            var chain: [Hop] = []
            var bin = end
            while bin != start, let hop = arrivals[bin] {
                chain.append(hop)
                bin = hop.from
            }
            return chain
        }
        return nil
    }

    /// The last hop of a shortest chain from `start` to each other bin, nil where there is no chain.
    private mutating func hopsReachable(from start: Int) -> [Hop?] {
        var arrivals: [Hop?] = excess.map { _ in nil }
        var queue = [start]
        var next = 0
        while next < queue.count {
            let from = queue[next]
            next += 1
            for to in excess.indices where to != start && arrivals[to] == nil {
                guard let hop = cheapestHop(from: from, to: to) else { continue }
                arrivals[to] = hop
                queue.append(to)
            }
        }
        return arrivals
    }

    /// The hop that distorts proportions least, and that empties no cell if that can be helped; of equals the first
    /// stratum's.
    private mutating func cheapestHop(from: Int, to: Int) -> Hop? {
        var possible: [Int] = []
        for likeness in Array(alike.keys) where likeness.raised[from] && !likeness.raised[to] {
            if let first = firstStratum(likeness), remainders[first][to] > 0 { possible.append(first) }
        }
        let cheapest = possible.min { a, b in
            let (empties, emptiesB) = (table[a][from] == 1, table[b][from] == 1)
            if empties != emptiesB { return emptiesB }
            let (cost, costB) = (
                remainders[a][from] - remainders[a][to], remainders[b][from] - remainders[b][to]
            )
            return (cost, a) < (costB, b)
        }
        return cheapest.map { Hop(stratum: $0, from: from, to: to) }
    }

    /// The first of the strata that are alike; those that have moved since are forgotten on the way.
    private mutating func firstStratum(_ likeness: Likeness) -> Int? {
        while let first = alike[likeness]?.min {
            if raised[first] == likeness.raised { return first }
            alike[likeness]?.removeMin()
        }
        alike[likeness] = nil
        return nil
    }
}

/// Whole numbers, the least of which is found at once. One may be in it several times.
private struct IndexHeap {
    /// Each at least its parent, at (i - 1) / 2.
    private var values: [Int] = []

    var min: Int? { values.first }

    mutating func insert(_ value: Int) {
        values.append(value)
        var place = values.count - 1
        while place > 0, values[(place - 1) / 2] > values[place] {
            values.swapAt(place, (place - 1) / 2)
            place = (place - 1) / 2
        }
    }

    mutating func removeMin() {
        guard let last = values.popLast(), !values.isEmpty else { return }
        values[0] = last
        var place = 0
        while true {
            let children = (2 * place + 1..<2 * place + 3).filter { $0 < values.count }
            guard let least = children.min(by: { values[$0] < values[$1] }), values[least] < values[place]
            else {
                return
            }
            values.swapAt(place, least)
            place = least
        }
    }
}
