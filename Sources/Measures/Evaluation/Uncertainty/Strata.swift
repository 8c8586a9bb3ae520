import Labels

/// The rows of a test set in groups that resamples keep the size of, as the split kept the share of each label.
package struct Strata: Sendable {
    /// Row indices; each row is in one group.
    package let groups: [[Int]]

    /// Smaller groups are pooled, since resamples within a few rows vary too little.
    static let leastSize = 5

    /// Classes: by class. Sets: by the rarest gold label of the row; rows without labels are a group of their own.
    package init(gold: Targets, labelCount: Int) {
        let counts = gold.labelCounts(labelCount: labelCount)
        var groups = Array(repeating: [Int](), count: labelCount + 1)
        for row in 0..<gold.count {
            let rarest = gold.labels(ofRow: row).min { (counts[$0], $0) < (counts[$1], $1) }
            groups[rarest ?? labelCount].append(row)
        }
        let large = groups.filter { $0.count >= Strata.leastSize }
        let rest = groups.filter { $0.count < Strata.leastSize }.flatMap { $0 }.sorted()
        self.groups = rest.isEmpty ? large : large + [rest]
    }

    /// How often each row occurs in a resample with the same number of rows of each group. Shape: [N].
    ///
    /// A group's rows are drawn by their places in it, whose counts stay in a core's nearest cache.
    func draw(_ random: inout RandomHalves, into weights: UnsafeMutableBufferPointer<UInt16>) {
        let largest = groups.lazy.map(\.count).max() ?? 0
        withUnsafeTemporaryAllocation(of: UInt16.self, capacity: largest) { counts in
            for group in groups {
                group.withUnsafeBufferPointer { rows in
                    let size = UInt32(rows.count)
                    for place in rows.indices { counts.initializeElement(at: place, to: 0) }
                    for _ in rows.indices { counts[Int(random.next(below: size))] &+= 1 }
                    for place in rows.indices { weights[rows[place]] = counts[place] }
                }
            }
        }
    }
}
