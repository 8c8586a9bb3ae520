import DeterministicWork

/// Deals rows to bins at random so that every stratum has its share in every bin, to within one row.
///
/// Depends on which rows share a stratum, not on how strata are numbered.
///
/// - Parameters:
///   - strata: The stratum of each row. Shape: [N].
///   - weights: The shares of the bins, in units of their sum; all positive.
/// - Returns: The bin of each row. Shape: [N].
package func stratifiedDeal(_ strata: [Int], weights: [Int], random: inout RandomStream) -> [Int] {
    // Rows of each stratum in random order; strata in order of appearance there, then the larger first.
    var members: [[Int]] = []
    var slots = [Int?](repeating: nil, count: (strata.max() ?? -1) + 1)
    for row in random.shuffled(strata.indices) {
        let slot = slots[strata[row]] ?? members.count
        if slot == members.count {
            slots[strata[row]] = slot
            members.append([])
        }
        members[slot].append(row)
    }
    let order = members.indices.sorted {
        (members[$1].count, $0) < (members[$0].count, $1)
    }
    let table = Apportionment(counts: order.map { members[$0].count }, weights: weights).table

    var bins = Array(repeating: 0, count: strata.count)
    for (slot, counts) in zip(order, table) {
        var dealt = 0
        for (bin, count) in counts.enumerated() {
            for row in members[slot][dealt..<dealt + count] { bins[row] = bin }
            dealt += count
        }
    }
    return bins
}
