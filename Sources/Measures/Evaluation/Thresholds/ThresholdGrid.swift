import Labels

/// The counts of every label at each of 99 thresholds, 0.01 to 0.99, from one histogram a label.
struct ThresholdGrid: Sendable {
    /// Hundredths are fine enough: the spread over resamples of validation is many times that.
    static let thresholds = (1...99).map { Double($0) / 100 }

    let rowCount: Int
    let labelCount: Int
    /// How many thresholds are at or below each cell's probability. Shape: [K, N], label-major.
    private let levels: [UInt8]
    /// Shape: [K, N].
    private let isGold: [Bool]

    init(gold: IndicatorMatrix, probabilities: Probabilities) {
        let (N, K) = (gold.rowCount, gold.labelCount)
        rowCount = N
        labelCount = K
        var levels = [UInt8](repeating: 0, count: N * K)
        var isGold = [Bool](repeating: false, count: N * K)
        for row in 0..<N {
            for label in 0..<K {
                levels[label * N + row] = ThresholdGrid.level(of: probabilities[row, label])
                isGold[label * N + row] = gold[row, label]
            }
        }
        self.levels = levels
        self.isGold = isGold
    }

    private static func level(of probability: Double) -> UInt8 {
        var level = min(99, max(0, Int(probability * 100)))
        while level < 99, thresholds[level] <= probability { level += 1 }
        while level > 0, thresholds[level - 1] > probability { level -= 1 }
        return UInt8(level)
    }

    /// Counts at each threshold when row i occurs `weights[i]` times. Shape: [K][99].
    func counts(weights: [UInt16]) -> [[Counts]] {
        (0..<labelCount).map { label in
            var all = [Int](repeating: 0, count: 100)
            var gold = [Int](repeating: 0, count: 100)
            for row in 0..<rowCount {
                let weight = Int(weights[row])
                let cell = label * rowCount + row
                all[Int(levels[cell])] += weight
                if isGold[cell] { gold[Int(levels[cell])] += weight }
            }
            let support = gold.reduce(0, +)
            var counts = [Counts](repeating: Counts(), count: 99)
            var running = Counts()
            running.gold = support
            for index in stride(from: 98, through: 0, by: -1) {
                running.predicted += all[index + 1]
                running.truePositives += gold[index + 1]
                counts[index] = running
            }
            return counts
        }
    }
}
