/// Ranks of values from the smallest, from 1; equal values share the mean of their ranks.
package struct MidRanks: Sendable {
    /// Twice each rank, which is whole. Shape: that of the values.
    package let doubled: [Int]
    /// How many values are equal, for each value that several have.
    package let tieSizes: [Int]

    /// - Precondition: No value is NaN.
    package init(_ values: [Double]) {
        precondition(!values.contains(where: \.isNaN))
        let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
        var doubled = Array(repeating: 0, count: values.count)
        var sizes: [Int] = []
        var start = 0
        while start < order.count {
            var end = start + 1
            while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
            // The ranks start + 1 to end have the mean (start + 1 + end) / 2.
            for place in start..<end { doubled[order[place]] = start + 1 + end }
            if end - start > 1 { sizes.append(end - start) }
            start = end
        }
        self.doubled = doubled
        tieSizes = sizes
    }

    package var ranks: [Double] { doubled.map { Double($0) / 2 } }

    /// The sum of t^3 - t over groups of t equal values.
    package var tieCorrection: Int { tieSizes.reduce(0) { $0 + $1 * $1 * $1 - $1 } }
}

/// The mean rank of each of k contestants over n datasets, 1 for the best on each; equals share the mean of their ranks.
///
/// - Parameter scores: The higher the better. Shape: [n][k].
/// - Returns: Shape: [k].
public func averageRanks(_ scores: [[Double]]) -> [Double] {
    let ranks = scores.map { MidRanks($0.map { -$0 }).doubled }
    return (0..<(scores.first?.count ?? 0)).map { j in
        Double(ranks.reduce(0) { $0 + $1[j] }) / Double(2 * scores.count)
    }
}
