import Corpora
import DeterministicWork
import Labels

/// Splitting problems made from random numbers.
enum SplitProblems {
    /// N rows of K classes, the first classes the most frequent.
    static func classes(rows: Int, classes: Int, seed: UInt64) -> [Int] {
        var random = RandomStream(seed: seed)
        return (0..<rows).map { _ in
            min(random.next(below: classes), random.next(below: classes))
        }
    }

    /// N rows of K labels, label k on about one row in k + 2; some rows without labels.
    static func sets(rows: Int, labels: Int, seed: UInt64) -> IndicatorMatrix {
        var random = RandomStream(seed: seed)
        var matrix = IndicatorMatrix(rowCount: rows, labelCount: labels)
        for row in 0..<rows {
            for label in 0..<labels { matrix[row, label] = random.next(below: label + 2) == 0 }
        }
        return matrix
    }

    /// N rows of K labels with frequencies that fall as 0.3 / (k + 1): a long tail, as in emotion corpora.
    static func longTail(rows: Int, labels: Int, seed: UInt64) -> IndicatorMatrix {
        var random = RandomStream(seed: seed)
        var matrix = IndicatorMatrix(rowCount: rows, labelCount: labels)
        for row in 0..<rows {
            for label in 0..<labels { matrix[row, label] = random.nextUniform() * Double(label + 1) < 0.3 }
        }
        return matrix
    }

    /// Names for K labels: l0, l1, ...
    static func names(_ kind: LabelKind, _ count: Int) throws -> LabelSpace {
        try LabelSpace(kind: kind, names: (0..<count).map { "l\($0)" })
    }

    static func seventyFifteenFifteen(
        _ stratify: SplitPlan.Stratification = .labels, seed: UInt64 = 42
    ) throws -> SplitPlan {
        SplitPlan(
            shares: try SplitShares(train: 0.70, validation: 0.15, test: 0.15), stratify: stratify, seed: seed
        )
    }
}

/// Rows of each label in each bin. Shape: [K, bins].
func tally(_ bins: [Int], _ targets: Targets, labelCount: Int, binCount: Int) -> [[Int]] {
    var table = Array(repeating: Array(repeating: 0, count: binCount), count: labelCount)
    for (row, bin) in bins.enumerated() {
        for label in targets.labels(ofRow: row) { table[label][bin] += 1 }
    }
    return table
}

extension Split {
    /// 0, 1 or 2 for train, validation or test.
    var bins: [Int] {
        parts.map { Part.allCases.firstIndex(of: $0) ?? -1 }
    }
}
