/// What a row counts in a binary problem.
struct BinaryWeights: Sendable {
    var negative = 1.0
    var positive = 1.0

    init() {}

    /// - Parameter own: Factors that the user gave.
    init(
        _ classWeight: LogisticOptions.ClassWeight, positiveCount: Int, rowCount: Int,
        own: (positive: Double, negative: Double) = (1, 1)
    ) {
        if classWeight == .balanced {
            positive = Double(rowCount) / Double(2 * positiveCount)
            negative = Double(rowCount) / Double(2 * (rowCount - positiveCount))
        }
        positive *= own.positive
        negative *= own.negative
    }

    /// The sum of all rows' weights.
    func sum(positiveCount: Int, rowCount: Int) -> Double {
        positive * Double(positiveCount) + negative * Double(rowCount - positiveCount)
    }

    /// What a positive row loses more than if it were negative.
    func lossDifference(logit z: Double) -> Double {
        // log(1 + exp(-z)) - log(1 + exp(z)) = -z
        if positive == negative { return -positive * z }
        return positive * LogisticLoss.value(logit: z, isPositive: true)
            - negative * LogisticLoss.value(logit: z, isPositive: false)
    }
}

extension LogisticOptions.ClassWeight {
    /// What a row of each class counts. Shape: [K].
    /// - Parameter counts: Rows of each class, none 0. Shape: [K].
    func ofClasses(_ counts: [Int]) -> [Double] {
        let rowCount = counts.reduce(0, +)
        return counts.map { count in
            self == .balanced ? Double(rowCount) / Double(counts.count * count) : 1
        }
    }
}
