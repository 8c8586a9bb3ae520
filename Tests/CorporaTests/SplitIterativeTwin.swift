import DeterministicWork

/// Iterative stratification written down as in the paper, counting everything again at every step. The fast
/// implementation must agree with it in every row.
func iterativeStratificationTwin(
    _ labelsOfRow: [Set<Int>], labelCount: Int, weights: [Int], random: RandomStream
) -> [Int] {
    var random = random
    let unit = weights.reduce(0, +)
    let order = random.shuffled(labelsOfRow.indices)
    var subsets: [[Int]] = weights.map { _ in [] }
    var left = order

    func rows(_ rows: [Int], with label: Int) -> [Int] { rows.filter { labelsOfRow[$0].contains(label) } }
    func pick(_ choices: [Int]) -> Int {
        choices.count == 1 ? choices[0] : choices[random.next(below: choices.count)]
    }
    /// |D^label| r_j - |S_j^label|, times the unit.
    func labelDesire(_ label: Int, _ subset: Int) -> Int {
        rows(order, with: label).count * weights[subset] - rows(subsets[subset], with: label).count * unit
    }
    /// |D| r_j - |S_j|, times the unit.
    func rowDesire(_ subset: Int) -> Int { order.count * weights[subset] - subsets[subset].count * unit }

    // Ties are broken among labels in an order that their numbers have no part in.
    let labels = (0..<labelCount).sorted { a, b in
        let positions = [a, b].map { label in
            order.indices.filter { labelsOfRow[order[$0]].contains(label) }
        }
        if positions[0].count != positions[1].count { return positions[0].count < positions[1].count }
        return positions[0].lexicographicallyPrecedes(positions[1])
    }

    while left.contains(where: { !labelsOfRow[$0].isEmpty }) {
        let present = labels.filter { !rows(left, with: $0).isEmpty }
        let fewest = present.map { rows(left, with: $0).count }.min()
        let label = pick(present.filter { rows(left, with: $0).count == fewest })
        for row in rows(left, with: label) {
            let most = subsets.indices.map { labelDesire(label, $0) }.max()
            let candidates = subsets.indices.filter { labelDesire(label, $0) == most }
            let mostRows = candidates.map { rowDesire($0) }.max()
            subsets[pick(candidates.filter { rowDesire($0) == mostRows })].append(row)
            left.removeAll { $0 == row }
        }
    }
    for row in left {
        let most = subsets.indices.map { rowDesire($0) }.max()
        subsets[pick(subsets.indices.filter { rowDesire($0) == most })].append(row)
    }

    var bins = Array(repeating: -1, count: order.count)
    for (bin, rows) in subsets.enumerated() {
        for row in rows { bins[row] = bin }
    }
    return bins
}
