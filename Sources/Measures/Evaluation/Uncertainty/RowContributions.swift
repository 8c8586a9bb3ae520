import Labels

/// What each row adds to the counts of a contestant, kept by count: for every label the rows that predict it and those
/// that predict it rightly, and the rows that are right as a whole. The counts of a resample are then sums of the
/// rows' weights over these short lists.
struct RowContributions: Sendable {
    /// 2 K + 1 lists one after another: of label k the true positives at 2 k and the predicted rows at 2 k + 1; last
    /// the exact rows.
    private let rows: [UInt32]
    /// Where each list starts, and where the last one ends. Shape: [2 K + 2].
    private let starts: [Int]
    /// Of each row the F1 and the Jaccard index of its labels (multilabel; undefined is 0). Shape: [N] or empty.
    private let rowF1, rowJaccard: [Double]
    /// Of each row the distance of its labels in their order and its square (ordinal labels), and the cost of its
    /// prediction (where there are costs). Shape: [N] or empty.
    private let rankDistance, squaredRankDistance, cost: [Double]
    /// Of each row the log loss and the squared distance of probabilities and gold labels; nil without probabilities.
    /// Shape: [N].
    private let rowLosses: (log: [Double], squared: [Double])?
    /// What `TopMeasure` gives of each row; empty without probabilities, and where a row has one label. Shape: [][N].
    private let top: [[Double]]

    init(gold: Targets, _ rows: PredictedRows, labelSpace: LabelSpace) {
        let (K, predicted) = (labelSpace.count, rows.predicted)
        var distances: [Double] = []
        var costs: [Double] = []
        if case .classes(let gold) = gold, case .classes(let predicted) = predicted {
            if labelSpace.isOrdinal { distances = zip(gold, predicted).map { Double(abs($0 - $1)) } }
            if let table = labelSpace.costs { costs = zip(gold, predicted).map { table[$0][$1] } }
        }
        rankDistance = distances
        squaredRankDistance = distances.map { $0 * $0 }
        cost = costs
        var lists = [[UInt32]](repeating: [], count: 2 * K + 1)
        var rowF1: [Double] = []
        var rowJaccard: [Double] = []
        for row in 0..<gold.count {
            let goldLabels = gold.labels(ofRow: row)
            let given = predicted.labels(ofRow: row)
            for label in given {
                lists[2 * label + 1].append(UInt32(row))
                if goldLabels.contains(label) { lists[2 * label].append(UInt32(row)) }
            }
            if given == goldLabels { lists[2 * K].append(UInt32(row)) }
            if case .sets = gold {
                var counts = Counts()
                counts.gold = goldLabels.count
                counts.predicted = given.count
                counts.truePositives = given.count { goldLabels.contains($0) }
                rowF1.append(counts.f1 ?? 0)
                rowJaccard.append(counts.jaccard ?? 0)
            }
        }
        self.rows = lists.flatMap { $0 }
        starts = lists.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
        self.rowF1 = rowF1
        self.rowJaccard = rowJaccard
        if case .sets(let gold) = gold, let probabilities = rows.probabilities {
            top = TopMeasure.rows(gold: gold, probabilities: probabilities)
        } else {
            top = []
        }
        rowLosses = rows.probabilities.map { probabilities in
            let rows = (0..<gold.count).map { row in (0..<K).map { probabilities[row, $0] } }
            return (
                log: rows.indices.map { ProbabilityScores.loss(of: rows[$0], gold: gold, row: $0) },
                squared: rows.indices.map {
                    ProbabilityScores.squaredDistance(of: rows[$0], gold: gold, row: $0)
                }
            )
        }
    }

    /// The weighted sums of all lists, and of what the rows give.
    func sum(_ weights: UnsafeBufferPointer<UInt16>, into sums: inout CountSums) {
        rows.withUnsafeBufferPointer { rows in
            for list in 0..<starts.count - 1 {
                var sum = 0
                for index in starts[list]..<starts[list + 1] { sum &+= Int(weights[Int(rows[index])]) }
                sums.lists[list] = sum
            }
        }
        sums.f1 = RowContributions.dot(rowF1, weights)
        sums.jaccard = RowContributions.dot(rowJaccard, weights)
        sums.rankDistance = RowContributions.dot(rankDistance, weights)
        sums.squaredRankDistance = RowContributions.dot(squaredRankDistance, weights)
        sums.cost = RowContributions.dot(cost, weights)
        sums.logLoss = rowLosses.map { RowContributions.dot($0.log, weights) } ?? .nan
        sums.squaredDistance = rowLosses.map { RowContributions.dot($0.squared, weights) } ?? .nan
        sums.top = top.map { RowContributions.dot($0, weights) }
    }

    /// In four interleaved sums, always the same, so that the compiler may use vectors and the bits do not vary.
    private static func dot(_ values: [Double], _ weights: UnsafeBufferPointer<UInt16>) -> Double {
        values.withUnsafeBufferPointer { values in
            var sums = SIMD4<Double>.zero
            var row = 0
            while row + 4 <= values.count {
                let four = SIMD4(values[row], values[row + 1], values[row + 2], values[row + 3])
                let times = SIMD4(weights[row], weights[row + 1], weights[row + 2], weights[row + 3])
                sums += four * SIMD4<Double>(times)
                row += 4
            }
            var sum = sums.sum()
            while row < values.count {
                sum += values[row] * Double(weights[row])
                row += 1
            }
            return sum
        }
    }
}

/// The gold rows of each label.
struct GoldRows: Sendable {
    /// Label after label.
    private let rows: [UInt32]
    /// Where each label's rows start, and where the last ones end. Shape: [K + 1].
    private let starts: [Int]

    init(_ gold: Targets, labelCount K: Int) {
        var lists = [[UInt32]](repeating: [], count: K)
        for row in 0..<gold.count {
            for label in gold.labels(ofRow: row) { lists[label].append(UInt32(row)) }
        }
        rows = lists.flatMap { $0 }
        starts = lists.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
    }

    /// How often each label is gold when row i occurs `weights[i]` times. Shape: [K].
    func counts(_ weights: UnsafeBufferPointer<UInt16>) -> [Int] {
        rows.withUnsafeBufferPointer { rows in
            (0..<starts.count - 1).map { label in
                var sum = 0
                for index in starts[label]..<starts[label + 1] { sum &+= Int(weights[Int(rows[index])]) }
                return sum
            }
        }
    }
}

/// The counts of one contestant on a resample.
struct CountSums: Sendable {
    /// As the lists of `RowContributions`. Shape: [2 K + 1].
    var lists: [Int]
    var f1 = 0.0
    var jaccard = 0.0
    var rankDistance = 0.0
    var squaredRankDistance = 0.0
    var cost = 0.0
    /// NaN without probabilities, as is the next.
    var logLoss = 0.0
    var squaredDistance = 0.0
    /// In the order of `TopMeasure.place`; empty where there are none.
    var top: [Double] = []

    init(labelCount: Int) {
        lists = Array(repeating: 0, count: 2 * labelCount + 1)
    }

    /// This with the part of `own` replaced by that of `other`.
    mutating func swap(_ own: CountSums, for other: CountSums, from all: CountSums) {
        for index in lists.indices { lists[index] = all.lists[index] - own.lists[index] + other.lists[index] }
        f1 = all.f1 - own.f1 + other.f1
        jaccard = all.jaccard - own.jaccard + other.jaccard
        rankDistance = all.rankDistance - own.rankDistance + other.rankDistance
        squaredRankDistance = all.squaredRankDistance - own.squaredRankDistance + other.squaredRankDistance
        cost = all.cost - own.cost + other.cost
        logLoss = all.logLoss - own.logLoss + other.logLoss
        squaredDistance = all.squaredDistance - own.squaredDistance + other.squaredDistance
        // Empty where one of the two has no probabilities.
        top = zip(all.top, zip(own.top, other.top)).map { $0 - $1.0 + $1.1 }
    }

    /// NaN where it is not known.
    func top(_ measure: TopMeasure, _ k: Int) -> Double {
        guard let place = measure.place(k), top.indices.contains(place) else { return .nan }
        return top[place]
    }
}
