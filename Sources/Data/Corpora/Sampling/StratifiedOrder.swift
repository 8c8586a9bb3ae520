import DeterministicWork
import Labels

/// A random order of rows of which every beginning has each label in about the share that all rows have.
///
/// First come rows of labels that no row had so far, the more frequent labels first. From then on the next row has the label
/// that falls short of its share most; of the next few such rows it is the one by which all of its labels come nearest to
/// their shares. Rows without labels count as a label. So a beginning of K rows or more has all K classes.
///
/// Depends on which rows share labels, not on how labels are numbered. Takes O(count K) and O(N log N).
///
/// - Parameters:
///   - targets: What each of N rows is labelled.
///   - count: How many rows of the order are wanted, at most N.
package func stratifiedOrder(
    _ targets: Targets, labelCount: Int, count: Int, random: inout RandomStream
) -> [Int] {
    precondition((0...targets.count).contains(count))
    var queues = LabelQueues(targets, labelCount: labelCount, random: &random)
    let (N, totals, labelsOfRow) = (targets.count, queues.totals, queues.labelsOfRow)
    var taken = Array(repeating: 0, count: queues.totals.count)
    var order: [Int] = []
    while order.count < count {
        let n = order.count + 1
        // In units of 1 / N, so that comparisons are of whole numbers.
        func shortfall(_ label: Int) -> Int { totals[label] * n - taken[label] * N }
        let open = queues.frequentFirst.filter { queues.left[$0] > 0 }
        guard let first = open.first else { preconditionFailure("fewer rows than counted") }
        let label =
            open.first { taken[$0] == 0 }
            ?? open.dropFirst().reduce(first) { shortfall($1) > shortfall($0) ? $1 : $0 }
        let row = queues.next(of: label) { row in
            // By how much the sum of squared distances from the shares grows.
            labelsOfRow[row].reduce(0) { $0 + N - 2 * shortfall($1) }
        }
        queues.take(row)
        for label in labelsOfRow[row] { taken[label] += 1 }
        order.append(row)
    }
    return order
}

/// Rows such that each label has `sizes` rows at least, or all that there are.
///
/// - Parameter sizes: Ascending.
/// - Returns: For each size; each list is the beginning of the next.
package func rowsOfEachLabel(
    _ targets: Targets, labelCount: Int, sizes: [Int], random: inout RandomStream
) -> [[Int]] {
    var queues = LabelQueues(targets, labelCount: labelCount, random: &random)
    var taken = Array(repeating: 0, count: queues.totals.count)
    var order: [Int] = []
    return sizes.map { size in
        for label in queues.frequentFirst.reversed() where label < labelCount {
            while taken[label] < size, queues.left[label] > 0 {
                let row = queues.next(of: label) { _ in 0 }
                queues.take(row)
                for label in queues.labelsOfRow[row] { taken[label] += 1 }
                order.append(row)
            }
        }
        return order
    }
}

/// The rows of each label that are not taken yet, in random order. Rows without labels have the label K.
private struct LabelQueues {
    /// Shape: [N].
    let labelsOfRow: [[Int]]
    /// Rows of each label. Shape: [K + 1].
    let totals: [Int]
    /// Rows of each label that are not taken. Shape: [K + 1].
    private(set) var left: [Int]
    /// The labels that rows have, the more frequent first; of equals the one whose rows come first in the random order.
    let frequentFirst: [Int]
    private let rows: [[Int]]
    /// Where the first row of each label that is not taken may stand.
    private var starts: [Int]
    private var isTaken: [Bool]

    /// Rows that are looked at for the best one. Of classes all are equally good.
    private static let lookAhead = 32

    init(_ targets: Targets, labelCount: Int, random: inout RandomStream) {
        labelsOfRow = (0..<targets.count).map { row in
            let labels = targets.labels(ofRow: row)
            return labels.isEmpty ? [labelCount] : labels
        }
        var rows: [[Int]] = Array(repeating: [], count: labelCount + 1)
        var places = Array(repeating: 0, count: targets.count)
        for (place, row) in random.shuffled(0..<targets.count).enumerated() {
            places[row] = place
            for label in labelsOfRow[row] { rows[label].append(row) }
        }
        self.rows = rows
        totals = rows.map(\.count)
        left = totals
        starts = Array(repeating: 0, count: rows.count)
        isTaken = Array(repeating: false, count: targets.count)
        frequentFirst = rows.indices.filter { !rows[$0].isEmpty }.sorted { a, b in
            if rows[a].count != rows[b].count { return rows[a].count > rows[b].count }
            return rows[a].lexicographicallyPrecedes(rows[b]) { places[$0] < places[$1] }
        }
    }

    /// The row of a label, of the next few, that costs least; of equals the first.
    /// - Precondition: `left` is above 0.
    mutating func next(of label: Int, cost: (Int) -> Int) -> Int {
        while isTaken[rows[label][starts[label]]] { starts[label] += 1 }
        var best = (row: rows[label][starts[label]], cost: Int.max)
        var seen = 0
        for row in rows[label][starts[label]...] where !isTaken[row] {
            let own = cost(row)
            if own < best.cost { best = (row, own) }
            seen += 1
            if seen == Self.lookAhead { break }
        }
        return best.row
    }

    mutating func take(_ row: Int) {
        isTaken[row] = true
        for label in labelsOfRow[row] { left[label] -= 1 }
    }
}
