/// What a row counts in a binary problem.
package struct BinaryWeights: Sendable {
    let negative: Double
    let positive: Double

    /// - Parameter own: Factors that the user gave.
    package init(
        _ classWeight: ClassWeight, positiveCount: Int, rowCount: Int,
        own: (positive: Double, negative: Double) = (1, 1)
    ) {
        let weights = classWeight.weights(ofCounts: [rowCount - positiveCount, positiveCount])
        negative = weights[0] * own.negative
        positive = weights[1] * own.positive
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
