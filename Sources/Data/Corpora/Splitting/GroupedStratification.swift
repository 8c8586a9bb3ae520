import DeterministicWork

/// Deals groups of rows to bins, whole, so that every label has its share in every bin: iterative stratification
/// (Sechidis, Tsoumakas and Vlahavas 2011) with groups in place of rows.
///
/// As in `IterativeStratification`, the rarest label is taken first and each of its groups goes to the bin that desires
/// the label most; but the groups with most of the label are dealt first, so that small ones even out what they upset.
/// Depends on which rows share labels, not on how labels are numbered.
struct GroupedStratification {
    /// The bin of each row. Shape: [N].
    private(set) var bins: [Int]

    private let unit: Int
    /// The rows of each group.
    private var members: [[Int]] = []
    /// Each group's labels with how many of its rows carry them.
    private var labels: [[(label: Int, count: Int)]] = []
    /// Rows left of each label. Shape: [K].
    private var remaining: [Int]
    /// Units of each label, and of rows, that each bin still desires. Shapes: [K, bins], [bins].
    private var labelDesires: [[Int]]
    private var rowDesires: [Int]
    private var random: RandomStream

    /// - Parameters:
    ///   - labelsOfRow: What should be alike in all bins. Shape: [N].
    ///   - groups: The group of each row, by the number of its first row. Shape: [N].
    ///   - weights: The shares of the bins, in units of their sum; all positive.
    init(labelsOfRow: [[Int]], labelCount: Int, groups: [Int], weights: [Int], random: RandomStream) {
        self.random = random
        unit = weights.reduce(0, +)
        bins = Array(repeating: 0, count: labelsOfRow.count)
        var numbers: [Int: Int] = [:]
        for row in self.random.shuffled(labelsOfRow.indices) {
            let number = numbers[groups[row]] ?? members.count
            if number == members.count {
                numbers[groups[row]] = number
                members.append([])
            }
            members[number].append(row)
        }
        labels = members.map { rows in
            Dictionary(rows.flatMap { row in labelsOfRow[row].map { ($0, 1) } }, uniquingKeysWith: +)
                .map { (label: $0.key, count: $0.value) }
        }
        remaining = Array(repeating: 0, count: labelCount)
        var groupsOfLabel: [[(group: Int, count: Int)]] = Array(repeating: [], count: labelCount)
        for (group, labels) in labels.enumerated() {
            for (label, count) in labels {
                remaining[label] += count
                groupsOfLabel[label].append((group, count))
            }
        }
        labelDesires = remaining.map { count in weights.map { $0 * count } }
        rowDesires = weights.map { $0 * labelsOfRow.count }

        var isDealt = Array(repeating: false, count: members.count)
        // Groups are numbered in random order, so a label's first group tells equals apart.
        let order = groupsOfLabel.indices.sorted {
            (groupsOfLabel[$0].first?.group ?? .max, $0) < (groupsOfLabel[$1].first?.group ?? .max, $1)
        }
        while let label = order.filter({ remaining[$0] > 0 }).min(by: { remaining[$0] < remaining[$1] }) {
            let largestFirst = groupsOfLabel[label].sorted { ($1.count, $0.group) < ($0.count, $1.group) }
            for (group, _) in largestFirst where !isDealt[group] {
                isDealt[group] = true
                deal(group, to: mostDesirousBin(labelDesires[label]))
            }
        }
        for group in members.indices where !isDealt[group] { deal(group, to: mostDesirousBin(rowDesires)) }
    }

    /// The bin with the greatest desire; of equals the one that desires rows most; of equals a random one.
    private mutating func mostDesirousBin(_ desires: [Int]) -> Int {
        let keys = desires.indices.map { (desires[$0], rowDesires[$0]) }
        guard let greatest = keys.max(by: { $0 < $1 }) else { return 0 }
        let best = keys.indices.filter { keys[$0] == greatest }
        return best.count == 1 ? best[0] : best[random.next(below: best.count)]
    }

    private mutating func deal(_ group: Int, to bin: Int) {
        for row in members[group] { bins[row] = bin }
        rowDesires[bin] -= unit * members[group].count
        for (label, count) in labels[group] {
            remaining[label] -= count
            labelDesires[label][bin] -= unit * count
        }
    }
}
