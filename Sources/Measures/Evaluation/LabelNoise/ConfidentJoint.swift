import Labels

/// How often each given label goes with each true one, estimated from probabilities of a model that was not fitted on the
/// rows that it judges (Northcutt, Jiang and Chuang, Confident learning, JAIR 70, 2021).
///
/// A row counts as truly of label j if its probability of j is at least the mean probability of j over the rows that are
/// given j; of several such labels the most probable one counts, and a row without one counts nowhere.
public struct ConfidentJoint: Codable, Equatable, Sendable {
    /// The mean probability of each label over the rows that are given it; nil for a label that no row is given, of which then
    /// no row counts. Shape: [K].
    public let thresholds: [Double?]
    /// Rows by given and by true label; on the diagonal 1 at least. Shape: [K][K].
    public let counts: [[Int]]
    /// The same scaled so that each row adds up to the number of rows with that given label. Shape: [K][K].
    public let calibrated: [[Int]]
    /// The rows that count with another true label than the given one, ascending.
    let offDiagonalRows: [Int]

    private enum CodingKeys: String, CodingKey {
        case thresholds, counts, calibrated
        case offDiagonalRows = "off_diagonal_rows"
    }

    /// A probability counts as that of a threshold if it is below it by no more.
    static let tolerance = 1e-6

    /// - Parameter given: The label of each row, which may be wrong. Shape: [N].
    public init(given: [Int], probabilities: Probabilities) {
        precondition(given.count == probabilities.rowCount)
        let K = probabilities.labelCount
        var sums = Array(repeating: 0.0, count: K)
        var support = Array(repeating: 0, count: K)
        for (row, label) in given.enumerated() {
            sums[label] += probabilities[row, label]
            support[label] += 1
        }
        // A threshold of 0 would make every row count.
        let thresholds = (0..<K).map {
            support[$0] == 0 ? nil : max(2 * Self.tolerance, sums[$0] / Double(support[$0]))
        }
        var counts = Array(repeating: Array(repeating: 0, count: K), count: K)
        var offDiagonal: [Int] = []
        for (row, label) in given.enumerated() {
            let confident = (0..<K).filter { k in
                thresholds[k].map { probabilities[row, k] >= $0 - Self.tolerance } ?? false
            }
            guard var truth = confident.first else { continue }
            if confident.count > 1 {
                truth = 0
                for k in 1..<K where probabilities[row, k] > probabilities[row, truth] { truth = k }
            }
            counts[label][truth] += 1
            if truth != label { offDiagonal.append(row) }
        }
        for k in 0..<K { counts[k][k] = max(1, counts[k][k]) }
        self.thresholds = thresholds
        self.counts = counts
        calibrated = Self.calibrated(counts, support: support)
        offDiagonalRows = offDiagonal
    }

    /// Scaled to whole numbers by label and then in all, as cleanlab does if its sort is stable.
    private static func calibrated(_ counts: [[Int]], support: [Int]) -> [[Int]] {
        var scaled = zip(counts, support).map { row, support in
            let sum = Double(row.reduce(0, +))
            return row.map { Double($0) / sum * Double(support) }
        }
        let total = sumInNumPysOrder(counts.indices.flatMap { column in scaled.map { $0[column] } })
        let N = Double(support.reduce(0, +))
        if total > 0 { scaled = scaled.map { $0.map { $0 / total * N } } }
        return scaled.map(roundedKeepingSum)
    }

    /// The share of rows whose label is estimated to be wrong: what of the calibrated joint lies off its diagonal.
    public var estimatedShare: Double {
        let all = calibrated.joined().reduce(0, +)
        let right = calibrated.indices.reduce(0) { $0 + calibrated[$1][$1] }
        return all == 0 ? 0 : Double(all - right) / Double(all)
    }
}

/// The sum in the order in which NumPy adds numbers up: of halves, such as 1.5 and 4.5 in a row, it depends on the last bits of
/// this sum which is rounded up.
private func sumInNumPysOrder(_ values: some RandomAccessCollection<Double>) -> Double {
    let (lanes, block) = (8, 128)
    let count = values.count
    if count > block {
        let half = count / 2 / lanes * lanes
        return sumInNumPysOrder(values.prefix(half)) + sumInNumPysOrder(values.dropFirst(half))
    }
    let whole = count / lanes * lanes
    var sums = Array(repeating: 0.0, count: lanes)
    for (place, value) in values.prefix(whole).enumerated() { sums[place % lanes] += value }
    let ofLanes = ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]))
    return values.dropFirst(whole).reduce(ofLanes, +)
}

/// Whole numbers near `values` with their sum, rounded; what is too few or too many goes to those that rounding changed most, of
/// equals to the last where numbers are raised and to the first where they are lowered.
private func roundedKeepingSum(_ values: [Double]) -> [Int] {
    var rounded = values.map { Int($0.rounded(.toNearestOrEven)) }
    let sum = Int(values.reduce(0, +).rounded(.toNearestOrEven))
    var missing = sum - rounded.reduce(0, +)
    while missing != 0 {
        let step = missing.signum()
        // Ascending by what rounding took away.
        let order = values.indices.sorted {
            (values[$0] - Double(rounded[$0]), $0) < (values[$1] - Double(rounded[$1]), $1)
        }
        for place in (step > 0 ? order.reversed() : order).prefix(abs(missing)) { rounded[place] += step }
        missing = sum - rounded.reduce(0, +)
    }
    return rounded
}
