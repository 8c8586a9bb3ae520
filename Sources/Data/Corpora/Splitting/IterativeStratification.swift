import DeterministicWork
import Labels

/// Deals rows with sets of labels to bins so that every label has its share in every bin (Sechidis, Tsoumakas and
/// Vlahavas, "On the stratification of multi-label data", ECML PKDD 2011).
///
/// Until all rows with labels are dealt, the rarest label among those that are left is taken, and each of its rows goes to
/// the bin that desires the label most; of equals to the one that desires rows most; of equals to a random one. Rows
/// without labels then go where rows are desired most. A desire is the exact share less what has been dealt, counted in
/// units (the sum of the weights), so comparisons are of whole numbers.
///
/// Depends on which rows share labels, not on how labels are numbered. Takes O(N K + positives * bins).
package struct IterativeStratification {
    /// The bin of each row. Shape: [N].
    package private(set) var bins: [Int]

    private let unit: Int
    private let labelsOfRow: [[Int]]
    /// Rows left of each label. Shape: [K].
    private var remaining: [Int]
    /// Units of each label that each bin still desires. Shape: [K, bins].
    private var labelDesires: [[Int]]
    /// Units of rows that each bin still desires. Shape: [bins].
    private var rowDesires: [Int]
    private var random: RandomStream

    private static let undealt = -1

    /// - Parameter weights: The shares of the bins, in units of their sum; all positive.
    package init(_ matrix: IndicatorMatrix, weights: [Int], random: RandomStream) {
        self.random = random
        let order = self.random.shuffled(0..<matrix.rowCount)
        labelsOfRow = (0..<matrix.rowCount).map { matrix.labels(ofRow: $0) }
        let rowsOfLabel = rowsOfLabels(labelsOfRow, labelCount: matrix.labelCount, in: order)

        unit = weights.reduce(0, +)
        bins = Array(repeating: Self.undealt, count: matrix.rowCount)
        remaining = rowsOfLabel.map(\.count)
        labelDesires = rowsOfLabel.map { rows in weights.map { $0 * rows.count } }
        rowDesires = weights.map { $0 * matrix.rowCount }

        let labels = canonicalOrder(ofLabelsWith: rowsOfLabel, rows: order)
        while let label = rarestLabel(among: labels) {
            for row in rowsOfLabel[label] where bins[row] == Self.undealt {
                deal(row, to: mostDesirousBin(labelDesires[label]))
            }
        }
        for row in order where bins[row] == Self.undealt { deal(row, to: mostDesirousBin(rowDesires)) }
    }

    /// The label with the fewest rows left, but at least one; of equals a random one.
    private mutating func rarestLabel(among labels: [Int]) -> Int? {
        let left = labels.filter { remaining[$0] > 0 }
        guard let fewest = left.map({ remaining[$0] }).min() else { return nil }
        return oneOf(left.filter { remaining[$0] == fewest })
    }

    /// The bin with the greatest desire; of equals the one that desires rows most; of equals a random one.
    private mutating func mostDesirousBin(_ desires: [Int]) -> Int {
        var best: [Int] = []
        for bin in desires.indices {
            if let rival = best.first {
                let (new, old) = ((desires[bin], rowDesires[bin]), (desires[rival], rowDesires[rival]))
                if new < old { continue }
                if new > old { best.removeAll(keepingCapacity: true) }
            }
            best.append(bin)
        }
        return oneOf(best)
    }

    /// A random one of `choices`; the only one costs no random number.
    private mutating func oneOf(_ choices: [Int]) -> Int {
        choices.count == 1 ? choices[0] : choices[random.next(below: choices.count)]
    }

    private mutating func deal(_ row: Int, to bin: Int) {
        bins[row] = bin
        rowDesires[bin] -= unit
        for label in labelsOfRow[row] {
            remaining[label] -= 1
            labelDesires[label][bin] -= unit
        }
    }
}

/// The rows that carry each label, in the order of `order`.
private func rowsOfLabels(_ labelsOfRow: [[Int]], labelCount: Int, in order: [Int]) -> [[Int]] {
    var rows: [[Int]] = Array(repeating: [], count: labelCount)
    for row in order {
        for label in labelsOfRow[row] { rows[label].append(row) }
    }
    return rows
}

/// An order of labels that does not depend on their numbers: by the number of rows, then by which of two labels comes
/// first in the random order of rows. Labels of exactly the same rows are interchangeable.
private func canonicalOrder(ofLabelsWith rowsOfLabel: [[Int]], rows order: [Int]) -> [Int] {
    var position = Array(repeating: 0, count: order.count)
    for (index, row) in order.enumerated() { position[row] = index }
    return rowsOfLabel.indices.sorted { a, b in
        let (rowsA, rowsB) = (rowsOfLabel[a], rowsOfLabel[b])
        if rowsA.count != rowsB.count { return rowsA.count < rowsB.count }
        return rowsA.lexicographicallyPrecedes(rowsB) { position[$0] < position[$1] }
    }
}
