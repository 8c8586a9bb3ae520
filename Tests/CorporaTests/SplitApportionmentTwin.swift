/// Controlled rounding as `Apportionment` does it, looking at every stratum for every hop: the twin that it must agree with.
struct NaiveApportionment {
    /// Rows of each stratum in each bin. Shape: [strata, bins].
    private(set) var table: [[Int]]

    /// What is left of a cell's exact value, in units, when it is rounded down. Shape: [strata, bins].
    private let remainders: [[Int]]
    private var raised: [[Bool]]
    /// A bin's rows above its exact total, in units. Shape: [bins].
    private var excess: [Int]
    private let unit: Int

    /// - Parameters:
    ///   - counts: The rows of each stratum.
    ///   - weights: The shares of the bins, in units of their sum; all positive.
    init(counts: [Int], weights: [Int]) {
        let unit = weights.reduce(0, +)
        self.unit = unit
        table = counts.map { count in weights.map { count * $0 / unit } }
        remainders = counts.map { count in weights.map { count * $0 % unit } }
        raised = counts.map { _ in weights.map { _ in false } }
        excess = Array(repeating: 0, count: weights.count)
        for stratum in counts.indices { roundUpLargestRemainders(of: stratum) }
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

    private mutating func move(_ hop: Hop) {
        raised[hop.stratum][hop.from] = false
        raised[hop.stratum][hop.to] = true
        table[hop.stratum][hop.from] -= 1
        table[hop.stratum][hop.to] += 1
        excess[hop.from] -= unit
        excess[hop.to] += unit
    }

    /// Hops from a bin with too many rows to one with too few, where one of the two is off by a row or more.
    private func chainThatEvensBins() -> [Hop]? {
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
    private func hopsReachable(from start: Int) -> [Hop?] {
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

    /// The hop that distorts proportions least, and that empties no cell if that can be helped.
    private func cheapestHop(from: Int, to: Int) -> Hop? {
        let possible = table.indices.filter {
            raised[$0][from] && !raised[$0][to] && remainders[$0][to] > 0
        }
        let cheapest = possible.min { a, b in
            let (empties, emptiesB) = (table[a][from] == 1, table[b][from] == 1)
            if empties != emptiesB { return emptiesB }
            return remainders[a][from] - remainders[a][to] < remainders[b][from] - remainders[b][to]
        }
        return cheapest.map { Hop(stratum: $0, from: from, to: to) }
    }
}
